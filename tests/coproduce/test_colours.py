"""Contrast of every ink on every ground of static/css/tokens.css, in light and in dark (WCAG ratios)."""

import re
from itertools import product
from pathlib import Path

import pytest

TOKENS = (Path(__file__).resolve().parents[2] / "static" / "css" / "tokens.css").read_text()
PAIRS = {
    name: (light, dark)
    for name, light, dark in re.findall(
        r"--([\w-]+):\s*light-dark\((#[0-9a-f]{6}),\s*(#[0-9a-f]{6})\)", TOKENS
    )
}
GROUNDS = ["page", "page-raised", "sugar", "stock-device", "stock-paper", "stock-room"]
PENS = ["pen-tick", "pen-heart", "pen-bubble", "pen-square", "pen-not-recorded"]
TEXTS = ["ink", "ink-soft", "link", *PENS]
THEMES = [0, 1]


def luminance(colour: str) -> float:
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return sum(weight * c for weight, c in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def contrast(one: str, other: str, theme: int) -> float:
    darker, lighter = sorted(luminance(PAIRS[name][theme]) for name in (one, other))
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("theme", THEMES, ids=["light", "dark"])
def test_every_text_is_readable_on_every_ground(theme: int) -> None:
    faint = {(t, g): contrast(t, g, theme) for t, g in product(TEXTS, GROUNDS)}
    assert {pair: ratio for pair, ratio in faint.items() if ratio < 4.5} == {}


@pytest.mark.parametrize("theme", THEMES, ids=["light", "dark"])
def test_edges_of_controls_are_seen(theme: int) -> None:
    assert min(contrast("edge", ground, theme) for ground in GROUNDS) >= 3


@pytest.mark.parametrize("theme", THEMES, ids=["light", "dark"])
def test_messages_are_readable_on_their_own_grounds(theme: int) -> None:
    assert contrast("pen-heart", "bad-ground", theme) >= 4.5
    assert contrast("pen-tick", "good-ground", theme) >= 4.5
    assert contrast("ink", "warn-ground", theme) >= 4.5
    assert contrast("ink", "highlighter", theme) >= 4.5
