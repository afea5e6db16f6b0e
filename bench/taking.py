"""One file of everything, written to nowhere in a process of its own: its seconds and what memory grew."""
# ruff: noqa: E402  the database must be named before Django reads the settings

import json
import os
import resource
import sys
from time import perf_counter

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "coproduce.settings")

import django
from django.conf import settings

django.setup()
settings.DEBUG = False

from django.db import connection

from archive.search.query import Query
from archive.take.forms import form_called
from archive.take.rows import Taking
from people.guests import ANYBODY


def main(database: str, form: str) -> None:
    connection.settings_dict["NAME"] = database
    writer = form_called(form)
    # What the form needs is loaded by writing a first piece; only what comes after counts.
    next(iter(writer.write(Taking(Query(), ANYBODY, restricted=False))))
    before, began = _most(), perf_counter()
    size = sum(len(piece) for piece in writer.write(Taking(Query(), ANYBODY, restricted=False)))
    told = {"seconds": perf_counter() - began, "grown": _most() - before, "bytes": size}
    print(json.dumps(told), flush=True)


def _most() -> int:
    """The most memory this process has held, in bytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


if __name__ == "__main__":
    main(*sys.argv[1:])
