"""MDN's HTTP Observatory, without a network: what the headers of the front page say over HTTPS."""

import json
from urllib.parse import urlsplit

from drills.findings import Drill, Outcome
from drills.place import Range
from drills.tools import node_folder, said

REQUIREMENT = "@mdn/mdn-http-observatory@1.4.8"
STAYS = {
    "redirection: redirection-missing": "port 80 is the proxy's, which is not here",
    "strict-transport-security: hsts-invalid-cert": "the certificate of the drill is signed by nobody",
}


def version() -> str:
    node_folder(REQUIREMENT)
    return REQUIREMENT[1:].replace("@", " ")


def scanned(address: str) -> Outcome:
    """Each test that did not pass, with its result."""
    folder = node_folder(REQUIREMENT)
    package = folder / "node_modules" / "@mdn" / "mdn-http-observatory"
    # The list is fetched when the package is installed by its scripts, which were not run.
    (package / "conf" / "hsts-preload.json").write_text("[]")
    told = said(
        ["env", "NODE_TLS_REJECT_UNAUTHORIZED=0", "NODE_NO_WARNINGS=1",
         folder / "node_modules" / ".bin" / "mdn-http-observatory-scan", urlsplit(address).netloc],
        seconds=60,
    )  # fmt: skip
    tests = json.loads(told[told.index("{") :])["tests"] if "{" in told else {}
    flaws = tuple(f"{name}: {one['result']}" for name, one in tests.items() if not one["pass"])
    return Outcome(flaws, f"{len(tests) - len(flaws)} of {len(tests)} tests pass")


def attack(target: Range) -> Outcome:
    return scanned(target.site_by_https)


def power(target: Range) -> Outcome:
    return scanned(target.flawed_by_https)


DRILL = Drill(
    version, attack, power, ("csp-not-implemented", "x-content-type-options-not-implemented"), STAYS
)
