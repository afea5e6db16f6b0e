"""sqlmap: tries to make the fields of the searches say something else to PostgreSQL."""

import re
from pathlib import Path

from drills.findings import Drill, Outcome
from drills.place import Range
from drills.tools import python_program, said

REQUIREMENT = "sqlmap==1.10.10"
# Each with the fields that reach a question to the database.
FIELDS = {
    "/search/?q=wall&order=newest&mark=tick&year=2019": "q,order,mark,year",
    "/api/v1/search?q=wall&limit=5": "q,limit",
    "/api/v1/notes?limit=5&since=1": "limit,since",
    "/journal/?page=1": "page",
    "/oai?verb=ListRecords&metadataPrefix=oai_dc&from=2019-01-01": "from,metadataPrefix",
}
SECONDS = 150  # for each address
PARAMETER = re.compile(r"^Parameter: (.+)$", re.MULTILINE)


def version() -> str:
    program()
    return REQUIREMENT.replace("==", " ")


def program() -> Path:
    return python_program(REQUIREMENT)


def injected(address: str, fields: dict[str, str], target: Range) -> Outcome:
    """The fields that carried anything into the question, by the five techniques.

    T and S belong to them: where errors are hidden and no row comes back, the others see nothing.
    """
    flaws = []
    for path, names in fields.items():
        words = ["--batch", "--dbms=postgresql", "--level", "1", "--technique=BEUST", "--flush-session"]
        kept = ["--output-dir", target.is_here("sqlmap"), "--disable-coloring"]
        told = said([program(), "-u", address + path, "-p", names, *words, *kept], seconds=SECONDS)
        flaws += [f"SQL injection by {name} at {path}" for name in PARAMETER.findall(told)]
    return Outcome(tuple(flaws), f"{sum(names.count(',') + 1 for names in fields.values())} fields")


def attack(target: Range) -> Outcome:
    return injected(target.site, FIELDS, target)


def power(target: Range) -> Outcome:
    return injected(target.flawed, {"/search?q=a": "q"}, target)


DRILL = Drill(version, attack, power, ("SQL injection",), {})
