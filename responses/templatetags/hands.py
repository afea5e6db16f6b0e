"""What a facilitator counts and decides, for pages that have more to do."""

from django import template

from responses.hand_forms import HandsForm
from responses.merges import proposals_on
from responses.models import Board

register = template.Library()


@register.simple_tag
def hands_form(board: Board) -> HandsForm:
    """An empty form for hands at the stations of `board`."""
    return HandsForm(board, auto_id="hands_%s")


@register.simple_tag
def merges_proposed(board: Board) -> int:
    """How many pairs of notes on `board` say the same and wait for a decision; two queries."""
    return len(proposals_on(board))
