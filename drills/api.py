"""schemathesis: made-up questions to the API, sensible and not, by its own description."""

import re
from pathlib import Path

from drills.findings import Drill, Outcome
from drills.place import Range
from drills.tools import python_program, said

REQUIREMENT = "schemathesis==4.32.5"
SECONDS, EXAMPLES = 240, 25
STAYS = {
    "ST202": "a cursor that is not ours or an unknown fact is a text as described; the answer says so",
    "ST204": "a method that may change something is refused for want of a token before all else",
    "ST105": "an address with a NUL character or with more parts than any here is refused by a page",
}
FAILED = re.compile(r"^- (.+)$", re.MULTILINE)
CASES = re.compile(r"(\d+) generated")
OPERATION = re.compile(r"^_{2,} (.+?) _{2,}$", re.MULTILINE)


def version() -> str:
    program()
    return REQUIREMENT.replace("==", " ")


def program() -> Path:
    return python_program(REQUIREMENT, "st")


def asked(address: str, document: str, target: Range) -> Outcome:
    """The kinds of failure with the operation each was seen at, and how many cases there were."""
    phases = "examples,coverage,fuzzing,stateful"
    words = [
        "--checks",
        "all",
        "--max-examples",
        str(EXAMPLES),
        "--seed",
        "1",
        "--phases",
        phases,
        "--no-color",
    ]
    told = said(
        [program(), "run", address + document, "--url", address, *words], seconds=SECONDS, cwd=target.folder
    )
    target.is_here("schemathesis.txt").write_text(told)
    parts = OPERATION.split(told)[1:]
    flaws = {
        f"{failed} at {operation}"
        for operation, report in zip(parts[::2], parts[1::2], strict=False)
        for failed in FAILED.findall(report.partition("SUMMARY")[0])
    }
    made = CASES.search(told)
    return Outcome(tuple(sorted(flaws)), f"{made[1] if made else 'no'} cases")


def attack(target: Range) -> Outcome:
    return asked(target.site, "/api/openapi.json", target)


def power(target: Range) -> Outcome:
    return asked(target.flawed, "/openapi.json", target)


DRILL = Drill(version, attack, power, ("Server error",), STAYS)
