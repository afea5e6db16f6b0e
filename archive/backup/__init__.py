"""Backups of the database and the pictures, and bringing them back.

- `programs` finds PostgreSQL's pg_dump and pg_restore, and refuses those older than the server.
- `tables` counts and digests every table in the snapshot that the dump is made of.
- `files` copies MEDIA_ROOT with a SHA-256 of each file; what an earlier backup holds is linked.
- `manifest` is the file by which a backup is known to be whole.
- `making` writes a backup, and deletes those whose time is up.
- `restoring` brings one back; `replaying` then does again what was taken from sight since.
- `doing_again` has the acts for that, one for each kind of thing.
- `listing` mends the list of what was taken (`coproduce.tombstones`) from the trace of acts.
- `drilling` restores the newest backup beside the site, compares, and removes it again.
"""
