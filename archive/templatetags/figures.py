"""Figures drawn into a page."""

from django import template
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from archive.compare.figures import MARKS, Column, Figure, Line
from archive.compare.layout import lay_out
from archive.compare.svg import to_svg

register = template.Library()


@register.simple_tag
def drawn(figure: Figure, shape: str) -> SafeString:
    """The figure as an element of the page; `shape` is "broad" or "narrow". Its words are escaped."""
    drawing = lay_out(figure, narrow=shape == "narrow")
    name = f"{shape}-{figure.name}"
    return mark_safe(to_svg(drawing, name=name, title=figure.title, description=figure.in_words))


@register.filter
def cells(figure: Figure, line: Line) -> list[tuple[Column, int | None, int | None]]:
    """Each column with the number of `line`, and its share of the line in percent."""
    shares = zip(figure.columns, line.shares, strict=True)
    return [(column, value, percent) for column, (value, percent) in shares]


@register.filter
def marked(line: Line, mark: str) -> int | None:
    """How many of a line of marks carry this one; None where it is kept back."""
    return line.values[[column.name for column in MARKS].index(mark)]


@register.filter
def marks_in_words(line: Line) -> str:
    """The five counts of a line of marks as they are said, and of how many."""
    said = (
        f"{column.label} {_('kept back') if value is None else value}"
        for column, value in zip(MARKS, line.values, strict=True)
    )
    return _("%(counts)s; %(total)s in all.") % {"counts": ", ".join(said), "total": line.total}


@register.filter
def summed(figure: Figure, name: str) -> int | None:
    """The sum of the column called `name`; None where it is kept back."""
    names = [column.name for column in figure.columns]
    return figure.sums.values[names.index(name)] if figure.sums else 0
