"""The demo community: real events, places and principle sets; invented write-ups, notes and quotations."""
