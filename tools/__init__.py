"""Tools for those who work on the project; the site itself imports none of them."""
