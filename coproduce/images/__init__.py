"""Pictures from people: read under limits, made anew without anything but the picture, and kept.

- `sizes` says which files a picture has, and needs nothing else; `tiles` the same for looking closely.
- `worker` is a program of its own: it reads a file nobody trusts (`reading`), and makes the files
  from it (`writing`).
- `making` runs the worker, within its time, and says in a sentence what it refused.
- `keeping` keeps the files of one picture in one folder, gives them out, and takes that folder away.
- `photographs` makes in the background what is too much for the request that brought a photograph.

`coproduce.media` answers a request for a file. The worker starts quickly because nothing it
imports brings Django with it.
"""
