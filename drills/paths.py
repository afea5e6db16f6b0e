"""ffuf: thousands of names that other sites have; only those of ours may answer."""

import json
from pathlib import Path

from django.urls import Resolver404, resolve

from drills.findings import Drill, NotToBeHad, Outcome
from drills.place import Range
from drills.tools import said, system_program

WORDS = Path("/usr/share/dirb/wordlists/common.txt")
SECONDS = 240


def version() -> str:
    return said([program(), "-V"], seconds=10).strip().replace(" version:", "")


def program() -> Path:
    if not WORDS.exists():
        raise NotToBeHad(
            f"The words of dirb are not at {WORDS}. Get the package dirb, and run the drill again."
        )
    return system_program("ffuf", "the package ffuf")


def guessed(address: str, target: Range) -> Outcome:
    """Every word that answers otherwise than with 404 and is no address of ours."""
    report = target.is_here("ffuf.json")
    report.unlink(missing_ok=True)
    words = ["-w", WORDS, "-mc", "all", "-fc", "404", "-t", "8", "-s", "-of", "json", "-o", report]
    said([program(), "-u", f"{address}/FUZZ", *words], seconds=SECONDS)
    found = json.loads(report.read_text())["results"] if report.exists() else []
    strange = [one for one in found if not is_ours(one["input"]["FUZZ"])]
    flaws = tuple(f"/{one['input']['FUZZ']} answers {one['status']}" for one in strange)
    ours = len(found) - len(strange)
    return Outcome(flaws, f"{len(WORDS.read_text().splitlines()):,} words, {ours} of them addresses of ours")


def is_ours(word: str) -> bool:
    """Whether coproduce/urls.py, and so coproduce/access.toml, knows this address."""
    for path in (f"/{word}", f"/{word.rstrip('/')}/"):
        try:
            resolve(path)
        except Resolver404:
            continue
        return True
    return False


def attack(target: Range) -> Outcome:
    return guessed(target.site, target)


def power(target: Range) -> Outcome:
    return guessed(target.flawed, target)


DRILL = Drill(version, attack, power, ("/admin answers 200",), {})
