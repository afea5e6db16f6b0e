"""The report says what was measured, when and on what, and hides nothing that was not met."""

from pathlib import Path

import pytest

from tools import report

LINES = [
    {"name": "pages", "value": 812.3, "unit": "/s", "floor": 1000.0, "floor_is": "the same bytes",
     "ratio": 0.81, "target": 0.7, "aim": "ratio at least", "met": True},
    {"name": "memory", "value": 21_000, "unit": "B", "target": 12_000, "aim": "value at most", "met": False},
    {"name": "notes lost", "value": 0, "unit": "", "said": "none"},
]  # fmt: skip
SPEED = report.Part("speed", "2026-11-22T21:00+00:00", "2 processors", 0, 12.4, LINES)


def test_every_figure_stands_with_its_target_and_whether_it_is_met() -> None:
    text = report.page([SPEED])
    assert "| pages | 812 /s | 1,000 the same bytes | 0.81 | ≥ 0.7 | met |" in text
    assert "| memory | 21,000 B |  |  | ≤ 12,000 | **not met** |" in text
    assert "Of 2 targets 1 are met, 1 are not" in text


def test_a_part_that_failed_or_never_ran_is_named() -> None:
    text = report.page([report.Part("faults", "2026-11-22T21:00+00:00", "2 processors", 3, 1.0)])
    assert "It ended with 3" in text
    assert "Not run: speed, weight, phone, attacks." in text


def test_what_a_command_prints_besides_figures_is_no_figure() -> None:
    assert list(report.figures('starting\n{"name": "a", "value": 1}\n')) == [{"name": "a", "value": 1}]


def test_what_a_part_said_is_kept_until_it_runs_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(report, "KEPT", tmp_path)
    report.keep(SPEED)
    assert report.kept("speed") == SPEED
    assert report.kept("faults") is None
