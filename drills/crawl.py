"""wapiti: follows the links and forms of the pages and tries to break out of each of their fields."""

import json
from pathlib import Path

from drills.findings import Drill, Outcome
from drills.place import Range
from drills.tools import python_program, said

REQUIREMENT = "wapiti3==3.3.2"
# What has fields, and is some links away from the front page.
DEEP = (
    "/search/?q=a&order=newest", "/archive/", "/receipt/", "/join/", "/account/login/?next=/desk/", "/news/",
    "/theme/?theme=dark&next=/events/", "/journal/", "/people/", "/promises/", "/compare/", "/cite/?of=x",
)  # fmt: skip
DEEP_IN_FLAWED = ("/hello?name=Ada", "/search?q=a", "/away?to=/hello", "/file?path=notes.txt")
# One for the whole visit: forms of pages that were fetched at once would each have a token of their own.
COOKIE = "csrf=" + "drill" * 6 + "ab"
BY_HTTP = "the drill speaks plain HTTP; tests/rules/test_promises_headers.py looks at cookies under HTTPS"
TOKENS = "tests/rules/test_hostile_requests.py sends every form without its token, and none is taken"
TAKEN_BACK = "the answer that takes a choice back sends an empty cookie that has ended"
STAYS = {
    "Cross Site Request Forgery": TOKENS,
    "HttpOnly Flag cookie": TAKEN_BACK,
    "Cleartext Submission of Password": BY_HTTP,
    "Unencrypted Channels": BY_HTTP,
    "Secure Flag cookie": BY_HTTP,
}
SCAN, ATTACK = 90, 45  # seconds: of looking for pages, and of each kind of attack


def version() -> str:
    program()
    return REQUIREMENT.replace("==", " ")


def program() -> Path:
    return python_program(REQUIREMENT, "wapiti")


def crawled(address: str, deep: tuple[str, ...], target: Range, scan: int) -> Outcome:
    """Each vulnerability with the page and field where it was seen."""
    report = target.is_here(f"wapiti-{address.rpartition(':')[2]}.json")
    said([program(), *visit(address, deep, target, report, scan)], seconds=scan + 12 * ATTACK)
    found = json.loads(report.read_text()) if report.exists() else {}
    kinds = found.get("vulnerabilities", {}) | found.get("anomalies", {})
    flaws = {
        f"{kind}: {one['method']} {one['path']} {one['parameter'] or ''}".strip()
        for kind in kinds
        for one in kinds[kind]
    }
    return Outcome(tuple(sorted(flaws)), f"{found.get('infos', {}).get('crawled_pages_nbr', 'no')} pages")


def visit(address: str, deep: tuple[str, ...], target: Range, report: Path, scan: int) -> list[str | Path]:
    """What wapiti is told: where to start, how long to look, and where to keep what it found."""
    starts = [word for path in deep for word in ("-s", address + path)]
    return [
        *("-u", address + "/", "--scope", "folder", "-m", "common,csrf,crlf,ssl"),
        *starts,
        *("--max-scan-time", str(scan), "--max-attack-time", str(ATTACK), "--flush-session"),
        *("--store-session", target.is_here("wapiti"), "-v", "0", "--no-bugreport"),
        *("-f", "json", "-o", report),
    ]


def attack(target: Range) -> Outcome:
    return crawled(target.site, DEEP, target, SCAN)


def power(target: Range) -> Outcome:
    return crawled(target.flawed, DEEP_IN_FLAWED, target, 20)


PLANTS = ("Reflected Cross Site Scripting", "SQL Injection", "Open Redirect", "Path Traversal")
DRILL = Drill(version, attack, power, PLANTS, STAYS)
