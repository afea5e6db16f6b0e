"""A figure as files: CSV, JSON, SVG and PNG. Each says what it counts, of what data, and from where."""

import json
from collections.abc import Callable, Iterator

from archive.compare.figures import KEPT_BACK, TERMS, Figure, Line
from archive.compare.layout import lay_out
from archive.compare.png import to_png
from archive.compare.svg import to_svg
from archive.exports import to_excel
from archive.rows import Row


def as_csv(figure: Figure) -> bytes:
    """Every line for a spreadsheet, which cannot take any cell for a formula; no picture's pages."""
    rows = list(rows_of(figure))
    return b"".join(to_excel(rows, list(rows[0]) if rows else names_of(figure)))


def rows_of(figure: Figure) -> Iterator[Row]:
    """One row for each line; what is kept back is empty, and named in `kept_back`."""
    for line in figure.lines:
        cells = (
            line.head.name, line.head.label, line.head.beneath, line.head.permalink,
            *(cell for both in line.shares for cell in both), line.total, line.withdrawn,
            kept_back(figure, line), figure.base, figure.version, figure.made.isoformat(),
            figure.address, TERMS,
        )  # fmt: skip
        yield dict(zip(names_of(figure), cells, strict=True))


def names_of(figure: Figure) -> list[str]:
    counts = [name for column in figure.columns for name in (column.name, f"{column.name}_percent")]
    head = [figure.what.lower(), "name", "about", "permalink"]
    tail = ["total", "withdrawn", "kept_back", "base", "data_version", "made_on", "figure", "terms"]
    return [*head, *counts, *tail]


def kept_back(figure: Figure, line: Line) -> list[str]:
    """The columns whose numbers of this line are kept back."""
    names = [column.name for column, value in zip(figure.columns, line.values, strict=True) if value is None]
    return [*names, "total"] if line.total is None else names


def as_json(figure: Figure) -> bytes:
    """The same with true numbers, and null for what is kept back."""
    whole = {
        "title": figure.title,
        "what_is_counted": figure.counted,
        "base": str(figure.base),
        "kept_back": str(KEPT_BACK) if figure.is_kept_back else None,
        "data_version": figure.version,
        "made_on": figure.made.isoformat(),
        "address": figure.address,
        "terms": str(TERMS),
        "columns": [{"name": column.name, "label": str(column.label)} for column in figure.columns],
        "rows": [_line(figure, line) for line in figure.lines],
        "all": _line(figure, figure.sums) if figure.sums else None,
    }
    return json.dumps(whole, ensure_ascii=False, indent=1).encode()


def _line(figure: Figure, line: Line) -> dict[str, object]:
    counts = {column.name: value for column, value in zip(figure.columns, line.values, strict=True)}
    return {
        "id": line.head.name,
        "name": str(line.head.label),
        "about": line.head.beneath,
        "permalink": line.head.permalink,
        "counts": counts,
        "total": line.total,
        "withdrawn": line.withdrawn,
        "kept_back": kept_back(figure, line),
    }


def as_svg(figure: Figure) -> bytes:
    """The picture by itself, with its title above and its source below."""
    drawing = lay_out(figure, framed=True)
    words = {"title": figure.title, "description": figure.in_words}
    return to_svg(drawing, name=f"figure-{figure.name}", alone=True, **words).encode()


def as_png(figure: Figure) -> bytes:
    return to_png(lay_out(figure, framed=True), title=figure.title, source=figure.source)


# By the ending of the address: how it is written, its media type, and whether it opens in the browser.
KINDS: dict[str, tuple[Callable[[Figure], bytes], str]] = {
    "csv": (as_csv, "text/csv; charset=utf-8; header=present"),
    "json": (as_json, "application/json"),
    "svg": (as_svg, "image/svg+xml"),
    "png": (as_png, "image/png"),
}
