"""csp_evaluator: what Google's judge says of the policy of every kind of page."""

import json
from http.client import HTTPConnection
from urllib.parse import urlsplit

from drills.findings import Drill, Outcome
from drills.place import Range
from drills.tools import ROOT, node_folder, said, system_program

REQUIREMENT = "csp_evaluator@1.1.8"
SCRIPT = ROOT / "drills" / "scripts" / "policy.cjs"
PAGES = (
    "/",
    "/search/?q=a",
    "/account/login/",
    "/nothing-here/",
    "/receipt/",
    "/api/v1/notes",
    "/static/css/tokens.css",
)
WEAK = "script-src 'self' 'unsafe-inline' *"
# Pages for everybody are kept by caches, where a nonce would be used twice.
STAYS = {
    "script-src 'self'": "no answer of the site is made of a visitor's words as a script: pictures and files "
    "people send are answered by their own type, with nosniff and a policy of their own"
}
# The judge's numbers: 10 is high, 100 is information.
OF_NO_WEIGHT = 100


def version() -> str:
    node_folder(REQUIREMENT)
    return REQUIREMENT.replace("@", " ")


def evaluated(policies: dict[str, str]) -> Outcome:
    """What weighs something, with the pages whose policy it is said of."""
    said_of: dict[str, list[str]] = {}
    for page, policy in policies.items():
        for one in judgement(policy):
            what = f"{one['directive']} {one.get('value', '')}: {one['description']}"
            said_of.setdefault(what, []).append(page)
    flaws = tuple(f"{what} (on {', '.join(pages)})" for what, pages in said_of.items())
    return Outcome(flaws, f"{len(policies)} policies")


def judgement(policy: str) -> list[dict[str, str]]:
    node = system_program("node", "Node.js 20 or newer")
    told = said([node, SCRIPT, policy], seconds=30, cwd=node_folder(REQUIREMENT))
    return [one for one in json.loads(told) if one["severity"] < OF_NO_WEIGHT]


def policy_of(address: str) -> str:
    """The header of whatever is answered there, a page that is not found too."""
    parts = urlsplit(address)
    connection = HTTPConnection(parts.netloc, timeout=10)
    connection.request("GET", f"{parts.path}?{parts.query}")
    return connection.getresponse().getheader("Content-Security-Policy") or ""


def attack(target: Range) -> Outcome:
    return evaluated({page: policy_of(target.site + page) for page in PAGES})


def power(_: Range) -> Outcome:
    return evaluated({"planted": WEAK})


DRILL = Drill(version, attack, power, ("unsafe-inline",), STAYS)
