"""Tells of files it never wrote."""

print('{"width": 300, "height": 200}')
