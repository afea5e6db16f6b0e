"""One search over notes and everything else on record: what is asked, what is found, how it is shown."""
