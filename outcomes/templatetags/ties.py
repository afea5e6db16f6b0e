"""What belongs together, for the pages of principles, which know no outcomes."""

from django import template
from django.utils.translation import gettext as _

from outcomes.crosswalk import Cell
from outcomes.crosswalk import goes_with as cells_of
from outcomes.models import NoTie, Tie
from outcomes.ties import may_take_back as takes_back
from outcomes.ties import may_untie as unties
from people.guests import Viewer
from principles.models import Principle

register = template.Library()


@register.simple_tag
def goes_with(principle: Principle, viewer: Viewer) -> list[Cell]:
    """What belongs together with `principle`, as far as `viewer` may read what says so."""
    return cells_of(principle, viewer)


@register.filter
def what_ties(cell: Cell) -> str:
    """What says so, in a line: "Shared one sheet. 2 notes link them. One person ties them."."""
    said = (
        _said(len(cell.sheets), _("Shared one sheet."), _("Shared {} sheets.")),
        _said(len(cell.named), _("One note links them."), _("{} notes link them.")),
        _said(len(cell.ties), _("One person ties them."), _("{} people tie them.")),
    )
    return " ".join(filter(None, said))


@register.filter
def may_untie(viewer: Viewer, tied: Tie) -> bool:
    return unties(tied, viewer)


@register.filter
def may_take_back(viewer: Viewer, said: NoTie) -> bool:
    return takes_back(said, viewer)


def _said(number: int, one: str, several: str) -> str:
    return one if number == 1 else several.format(number) if number else ""
