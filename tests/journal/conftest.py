"""What holds for every test of the journal."""

from types import SimpleNamespace

import pytest

THEN = 1_800_000_000.0  # seconds; a whole hour


@pytest.fixture(autouse=True)
def limits_stand_still(monkeypatch: pytest.MonkeyPatch) -> None:
    """No window of a rate limit ends in the middle of a test."""
    monkeypatch.setattr("people.limits.time", SimpleNamespace(time=lambda: THEN))
