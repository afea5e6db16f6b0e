"""`python -m bench.faults [NAME …] [--minutes M] [--json]`: bad days at full length, a line for each figure.

Everything happens on 127.0.0.1, on a PostgreSQL of its own, and ends by itself.
"""

import argparse
import json
import sys
from functools import partial

from bench.faults.connections import connections
from bench.faults.disk import disk
from bench.faults.imports import imports
from bench.faults.kills import kills
from bench.faults.soak import soak

SCENARIOS = {"kills": kills, "disk": disk, "connections": connections, "imports": imports, "soak": soak}


def main(words: list[str]) -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.faults", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"of {', '.join(SCENARIOS)}; all without")
    parser.add_argument("--minutes", type=float, default=30, help="how long the soak lasts (30)")
    parser.add_argument("--json", action="store_true", help="one line of JSON for each figure")
    options = parser.parse_args(words)
    if unknown := set(options.names) - set(SCENARIOS):
        parser.error(f"no bad day is called {', '.join(sorted(unknown))}; there are {', '.join(SCENARIOS)}")
    days = SCENARIOS | {"soak": partial(soak, minutes=options.minutes)}
    for name in options.names or SCENARIOS:
        for line in days[name]():
            print(json.dumps(line) if options.json else in_words(line), flush=True)


def in_words(line: dict[str, object]) -> str:
    value = "" if line["value"] is None else f"{line['value']:g} {line.get('unit', '')}"
    verdict = {True: "met", False: "NOT MET", None: ""}[line.get("met")]
    return f"{line['name']:72}{value:>16}  {verdict}{line.get('said', '')}"


if __name__ == "__main__":
    main(sys.argv[1:])
