"""Writes a package of the demo, made on a database of its own: `python -m bench.faults.packing FILE`."""
# ruff: noqa: E402  Django must be set up before anything that names a model is imported

import os
import sys
from pathlib import Path

os.environ.setdefault("DEBUG", "1")
os.environ["DJANGO_SETTINGS_MODULE"] = "coproduce.settings"

import django

django.setup()

from django.core.management import call_command

from archive.search.query import Query
from archive.take.forms import form_called
from archive.take.rows import Taking
from bench.place import own_database
from people.guests import ANYBODY


def main(file: str) -> None:
    with own_database(), Path(file).open("wb") as written:
        call_command("seed", verbosity=0)
        written.writelines(form_called("package").write(Taking(Query(), ANYBODY)))


if __name__ == "__main__":
    main(sys.argv[1])
