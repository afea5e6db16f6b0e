"""A figure on its page: which of its lines are drawn, its address, and the addresses of its files."""

from dataclasses import dataclass, replace

from django.conf import settings
from django.core.paginator import Page, Paginator
from django.utils.timezone import localdate

from archive.compare.figures import Figure
from archive.versions import data_version

A_PAGE = 40  # lines to a picture
LABELS = {"svg": "Picture, SVG", "png": "Picture, PNG", "csv": "Table, CSV", "json": "Table, JSON"}


@dataclass(frozen=True, slots=True)
class Shown:
    """`figure` has every line; `drawn` those of the page alone. `files` pairs labels with addresses."""

    figure: Figure
    drawn: Figure
    page: Page
    files: list[tuple[str, str]]


def stamped(figure: Figure, path: str, query: str = "", at: str = "") -> Figure:
    """The figure with its permanent address, the version of the data and today's date; one query."""
    address = f"{settings.SITE_URL}{path}{query and f'?{query}'}{at and f'#{at}'}"
    return replace(figure, address=address, version=data_version(), made=localdate())


def one_page(figure: Figure, number: str) -> tuple[Figure, Page]:
    """The figure with the lines of the page called `number` alone; the first where it is none."""
    page = Paginator(figure.lines, A_PAGE).get_page(number)
    return replace(figure, lines=tuple(page)), page


def shown(figure: Figure, path: str, query: str = "", number: str = "") -> Shown:
    """The figure as its page shows it; its pictures have the lines of this page, its tables all."""
    drawn, page = one_page(figure, number)
    paged = "&".join(filter(None, (query, f"page={page.number}" if page.number > 1 else "")))
    files = []
    for kind, label in LABELS.items():
        asked = paged if kind in ("svg", "png") else query
        files.append((label, f"{path}figure.{kind}{asked and f'?{asked}'}"))
    return Shown(figure, drawn, page, files)
