"""What no file of the project may hold."""

import re
from pathlib import Path

import pytest

from tests.rules.sources import ROOT, tracked

TEXT = {
    ".py",
    ".md",
    ".html",
    ".txt",
    ".toml",
    ".css",
    ".js",
    ".svg",
    ".json",
    ".yml",
    ".yaml",
    ".cfg",
    ".sh",
    "",
}
# Written so that this file does not match itself.
FORBIDDEN = {
    "the path of one machine": r"(?<!\w)[/](?:work|root|home|Users)/\w",
    "the host of a package registry": r"pypi[.]org|files[.]pythonhosted|registry[.]npmjs|index[-]url",
    "a task without an owner": r"\b(?:TO[D]O|FI[X]ME)\b(?!\()",
    "a leftover of looking for a fault": r"\bbreak[p]oint\(\)|\bpdb[.]set_trace",
    "a leftover of a merge": r"^(?:<{7}|>{7}) ",
}
VENDORED = ("static/vendor/", "static/fonts/")


def texts() -> list[Path]:
    every = (path for path in tracked() if path.suffix in TEXT)
    return [path for path in every if not path.relative_to(ROOT).as_posix().startswith(VENDORED)]


@pytest.mark.parametrize("what", FORBIDDEN)
def test_no_file_holds(what: str) -> None:
    pattern = re.compile(FORBIDDEN[what], re.MULTILINE)
    found = [
        f"{path.relative_to(ROOT)}: {match[0]}"
        for path in texts()
        for match in pattern.finditer(path.read_text(errors="replace"))
    ]
    assert found == []


def test_requirements_are_pinned_by_hash() -> None:
    for name in ("requirements.txt", "requirements-dev.txt"):
        lines = (ROOT / name).read_text().splitlines()
        pins = [line for line in lines if re.match(r"[a-z0-9]", line)]
        assert pins
        assert all("==" in line for line in pins)
        assert sum("--hash=sha256:" in line for line in lines) >= len(pins)


def test_the_patterns_see_what_they_forbid() -> None:
    samples = {
        "the path of one machine": "/ho" + "me/ada/site",
        "the host of a package registry": "https://pypi" + ".org/simple",
        "a task without an owner": "# TO" + "DO: later",
        "a leftover of looking for a fault": "break" + "point()",
        "a leftover of a merge": "<" * 7 + " HEAD",
    }
    for what, sample in samples.items():
        assert re.search(FORBIDDEN[what], sample, re.MULTILINE), what
