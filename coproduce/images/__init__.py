"""Pictures from people: read under limits, made anew without anything but the picture, and kept.

- `sizes` says which files a picture has, and needs nothing else.
- `worker` is a program of its own: it reads a file nobody trusts, and makes the files from it.
- `making` runs the worker, within its time, and says in a sentence what it refused.
- `keeping` keeps the files of one picture in one folder, and takes that folder away.

`coproduce.media` answers a request for a file. The worker starts quickly because nothing
imported here brings Django with it.
"""
