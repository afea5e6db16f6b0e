"""`./dev bench [NAME …] [--json]`: every figure beside a floor of the same run; `--help` says what else."""
# ruff: noqa: E402  the apps must be ready before anything that names their models is imported

import argparse
import os
import sys
from functools import partial

os.environ.setdefault("DEBUG", "1")
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "coproduce.settings")

import django

django.setup()

from django.conf import settings

from bench.archive import NOTES, archive
from bench.backups import backups
from bench.beside import beside
from bench.figures import HEAD, ROUNDS
from bench.growing import growing
from bench.keeping import keeping
from bench.live import live
from bench.outcomes import outcomes
from bench.pages import pages
from bench.partitions import partitions
from bench.photos import photos
from bench.place import own_database
from bench.posts import posts
from bench.rendering import rendering
from bench.starting import starting

# In development Django keeps every query in a list, which would be measured too.
settings.DEBUG = False

BENCHES = {
    "backups": backups,
    "posts": posts,
    "pages": pages,
    "rendering": rendering,
    "beside": beside,
    "starting": starting,
    "keeping": keeping,
    "live": live,
    "photos": photos,
    "outcomes": outcomes,
    "archive": archive,
    "growing": growing,
    "partitions": partitions,
}


def main(words: list[str]) -> None:
    parser = argparse.ArgumentParser(prog="./dev bench", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"one of {', '.join(BENCHES)}; all without")
    parser.add_argument("--json", action="store_true", help="one line of JSON for each figure")
    parser.add_argument(
        "--photographs", type=int, default=200, metavar="NUMBER", help="for the bench photos (200)"
    )
    parser.add_argument("--notes", type=int, default=NOTES, help=f"for the bench archive ({NOTES:,})")
    parser.add_argument("--peers", action="store_true", help="install other systems and measure beside them")
    options = parser.parse_args(words)
    if unknown := set(options.names) - set(BENCHES):
        parser.error(f"no bench is called {', '.join(sorted(unknown))}; there are {', '.join(BENCHES)}")
    BENCHES["photos"] = partial(photos, number=options.photographs)
    BENCHES["archive"] = partial(archive, number=options.notes, peers=options.peers)
    BENCHES["beside"] = partial(beside, peers=options.peers)
    run(options.names or list(BENCHES), as_json=options.json)


def run(names: list[str], *, as_json: bool) -> None:
    if not as_json:
        print(f"Medians of {ROUNDS} rounds. Read the ratios: figures of two machines cannot be compared.")
        print(HEAD)
    for name in names:
        with own_database() as database:
            for figure in BENCHES[name](database):
                print(figure.as_json() if as_json else figure.as_row(), flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
