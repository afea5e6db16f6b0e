"""What the pages about security point at is there."""

import re
import tomllib

import pytest

from tests.rules.sources import ROOT

PAGES = ("docs/security.md", "docs/asvs.md")
TEST = re.compile(r"`(tests/[\w/]+\.py)(?:::(\w+))?`")
DRILL = re.compile(r"`\./dev drill ([a-z ]+)`")


@pytest.mark.parametrize("page", PAGES)
def test_every_test_that_is_named_is_there(page: str) -> None:
    named = TEST.findall((ROOT / page).read_text())
    missing = [
        f"{path}::{name}"
        for path, name in named
        if not (ROOT / path).is_file() or f"def {name}" not in (ROOT / path).read_text()
    ]
    assert named
    assert missing == []


@pytest.mark.parametrize("page", PAGES)
def test_every_drill_that_is_named_is_there(page: str) -> None:
    known = set(re.findall(r'^    "(\w+)": ', (ROOT / "drills/__main__.py").read_text(), re.MULTILINE))
    known |= set(
        re.findall(
            r'^    "(\w+)": (?:drill|Drill|SQUAWK)', (ROOT / "drills/source.py").read_text(), re.MULTILINE
        )
    )
    named = {name for names in DRILL.findall((ROOT / page).read_text()) for name in names.split()}
    assert named <= known


def test_the_number_of_packages_is_the_one_that_is_told() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    assert len(project["dependencies"]) == 18, "docs/security.md says how many there are."
