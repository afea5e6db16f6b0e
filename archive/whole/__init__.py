"""The public site as files that need no server: `manage.py export_site DIR`.

- `visits` asks the site itself for a page, as anybody would;
- `pages` makes of an answer a page that needs nothing but files beside it;
- `copying` goes from page to page and writes them.
"""
