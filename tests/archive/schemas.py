"""The schemas that files are held against, where this machine has them."""

from pathlib import Path

import pytest

from tests.rules.sources import ROOT

FOLDER = ROOT.parent / "shared" / "schemas"


def schema(name: str) -> Path:
    """The schema called `name`; without it a skip that says where it is looked for."""
    path = FOLDER / name
    if not path.is_file():
        pytest.skip(f"{name} is not in ../shared/schemas beside the project: nothing to validate against.")
    return path
