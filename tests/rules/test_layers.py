"""Each app imports only what stands below it."""

import pytest
from importlinter.cli import lint_imports

from tests.rules.sources import ROOT


def test_no_app_imports_what_stands_above_it(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture
) -> None:
    monkeypatch.chdir(ROOT)
    outcome = lint_imports(config_filename="pyproject.toml", no_cache=True)
    assert outcome == 0, capsys.readouterr().out
