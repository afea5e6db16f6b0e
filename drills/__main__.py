"""`./dev drill [NAME …] [--json]`: tools that attack, aimed at a site of their own on this machine.

Each is aimed at a planted flaw too: a tool that does not see that proves nothing. Everything goes to
127.0.0.1, is bounded in number and time, and is gone afterwards; the tools stay in .local/drills.
"""
# ruff: noqa: E402  the apps must be ready before anything that names their models is imported

import argparse
import os
import sys
from time import monotonic

os.environ["DEBUG"] = "0"
os.environ["DJANGO_SETTINGS_MODULE"] = "drills.settings"

import django

django.setup()

from drills import api, crawl, injection, observatory, paths, policy, slow, source, timing
from drills.findings import Drill, NotToBeHad, Told, judged, missed
from drills.place import Range, shooting_range

DRILLS = {
    "api": api.DRILL,
    "crawl": crawl.DRILL,
    "injection": injection.DRILL,
    "paths": paths.DRILL,
    "slow": slow.DRILL,
    "timing": timing.DRILL,
    "policy": policy.DRILL,
    "observatory": observatory.DRILL,
    **source.DRILLS,
}


def main(words: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="./dev drill", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"of {', '.join(DRILLS)}; all without")
    parser.add_argument("--json", action="store_true", help="one line of JSON for each drill")
    options = parser.parse_args(words)
    if unknown := set(options.names) - set(DRILLS):
        parser.error(f"no drill is called {', '.join(sorted(unknown))}; there are {', '.join(DRILLS)}")
    with shooting_range() as target:
        goods = [show(name, target, as_json=options.json) for name in options.names or DRILLS]
    return 0 if all(goods) else 1


def show(name: str, target: Range, *, as_json: bool) -> bool:
    """Whether the drill went well; one that cannot be had here says so and counts as well."""
    try:
        told = drilled(name, DRILLS[name], target)
    except NotToBeHad as missing:
        print(f"{name}: left out. {missing}", file=sys.stderr, flush=True)
        return True
    print(told.as_json() if as_json else "\n".join(told.as_lines()), flush=True)
    return told.is_good


def drilled(name: str, drill: Drill, target: Range) -> Told:
    tool, began = drill.version(), monotonic()
    found = drill.attack(target)
    broke = target.errors()
    unseen = missed(drill.plants, drill.power(target))
    findings = tuple(judged(flaw, drill.stays) for flaw in (*found.flaws, *broke))
    return Told(name, tool, monotonic() - began, found.covered, findings, drill.plants, unseen)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
