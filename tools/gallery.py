"""The gallery: one page of all photographs, with what is wrong on each first."""

from collections.abc import Iterable, Mapping
from html import escape
from pathlib import Path

from tools.camera import SCHEMES, WIDTHS, Seen
from tools.pages import Page

STYLE = """
body { font: 16px/1.5 system-ui, sans-serif; margin: 2rem; color-scheme: light dark; }
figure { display: inline-block; vertical-align: top; margin: 0 1rem 1rem 0; }
img { height: 26rem; max-width: 40rem; object-fit: cover; object-position: top; border: 1px solid; }
.fault { color: light-dark(#a61735, #ff9fab); }
section { border-top: 2px solid; margin-top: 2rem; }
"""
HEAD = """<!doctype html>
<html lang="en-GB"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Every page of the demo</title><style>{style}</style></head>
<body><h1>Every page of the demo</h1>
"""

type Look = tuple[Page, str]


def write_gallery(folder: Path, seen: Mapping[Look, Seen], passed_by: Mapping[Look, str]) -> Path:
    """Write `folder`/index.html and remove the photographs of earlier galleries that it does not show."""
    shown = {name for one in seen.values() for name in one.photos.values()}
    for old in folder.glob("*.jpg"):
        if old.name not in shown:
            old.unlink()
    parts = [HEAD.format(style=STYLE), _summary(seen), *map(_section, seen.items()), _rest(passed_by)]
    index = folder / "index.html"
    index.write_text("\n".join([*parts, "</body></html>\n"]), encoding="utf-8")
    return index


def _summary(seen: Mapping[Look, Seen]) -> str:
    rows = [
        f'<tr><td><a href="#{_anchor(look)}">{_name(look)}</a></td><td>{one.status}</td>'
        f'<td class="{"fault" if one.faults else ""}">{len(one.faults)}</td>'
        f"<td>{len(one.small_targets)}</td></tr>"
        for look, one in seen.items()
    ]
    head = "<tr><th>Page</th><th>Status</th><th>Faults</th><th>Targets under 44 px</th></tr>"
    return f"<table>{head}{''.join(rows)}</table>"


def _section(item: tuple[Look, Seen]) -> str:
    look, one = item
    photos = "".join(
        f'<figure><a href="{escape(one.photos[width, scheme])}">'
        f'<img loading="lazy" src="{escape(one.photos[width, scheme])}" alt="{width} px, {scheme}"></a>'
        f"<figcaption>{width} px, {scheme}</figcaption></figure>"
        for scheme in SCHEMES
        for width in WIDTHS
    )
    faults = _list(one.faults, "fault") + _folded("Targets under 44 px", one.small_targets)
    return f'<section id="{_anchor(look)}"><h2>{_name(look)}</h2>{faults}{photos}</section>'


def _rest(passed_by: Mapping[Look, str]) -> str:
    rows = [f"{page.path} {who}: {reason}" for (page, who), reason in passed_by.items()]
    return f"<section><h2>Not photographed</h2>{_list(rows)}</section>"


def _list(lines: Iterable[str], kind: str = "") -> str:
    items = "".join(f"<li>{escape(line)}</li>" for line in lines)
    return f'<ul class="{kind}">{items}</ul>' if items else ""


def _folded(title: str, lines: list[str]) -> str:
    return f"<details><summary>{title}: {len(lines)}</summary>{_list(lines)}</details>" if lines else ""


def _name(look: Look) -> str:
    page, who = look
    return escape(f"{page.path} {who}")


def _anchor(look: Look) -> str:
    page, who = look
    return escape(f"{page.stem}-{who}".replace(" ", "-"))
