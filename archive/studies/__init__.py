"""Studies: what a researcher makes of the record for themselves and the colleagues they name.

Codes, codings and memos stand beside the record and never in it: no page, search, feed, count or file
of the archive asks this package, and stewards see no more of a study than anybody else.
"""
