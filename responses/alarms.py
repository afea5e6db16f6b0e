"""What those who run an activity should know about who tries to come in."""

from django.utils.translation import gettext as _

from people.limits import counted_lately, most_of_one
from responses.limits import WRONG_ANYWHERE, joins_of_network
from responses.models import Activity

TYPING_MISTAKES = 20  # wrong codes in ten minutes, over the whole site
TEN_MINUTES = 600  # seconds
NEARLY_FULL = 0.9


def alarms(activity: Activity) -> list[str]:
    """Sentences for those who run `activity`, each with what they can do; none where all is well.

    They come from counts without addresses and from the participants: three queries.
    """
    if not activity.is_open:
        return []
    return [said for said in (_guessing(activity), _crowding(activity), _filling(activity)) if said]


def _guessing(activity: Activity) -> str:
    tried = counted_lately(WRONG_ANYWHERE, TEN_MINUTES)
    if tried < TYPING_MISTAKES:
        return ""
    return _(
        "%(tried)s wrong codes were tried on this site in the last ten minutes. Codes cannot be "
        "guessed at that rate, and those who try are held back. %(you_can_give_a_new_code)s"
    ) % {"tried": format(tried, ","), "you_can_give_a_new_code": _you_can_give_a_new_code(activity)}


def _crowding(activity: Activity) -> str:
    limit = joins_of_network(activity)
    if most_of_one(limit, f"{activity.pk} ") <= limit.most:
        return ""
    return _(
        "One network tried to join more than %(most)s times within an hour, which is three times "
        "the seats there are, and is held back. %(you_can_give_a_new_code)s"
    ) % {"most": format(limit.most, ","), "you_can_give_a_new_code": _you_can_give_a_new_code(activity)}


def _filling(activity: Activity) -> str:
    there = activity.participants.in_the_room().count()
    if there < NEARLY_FULL * activity.seats:
        return ""
    return _(
        "%(there)s of %(seats)s seats are taken. Whoever comes when it is full is told so. You "
        "can give it more seats."
    ) % {"there": format(there, ","), "seats": format(activity.seats, ",")}


def _you_can_give_a_new_code(activity: Activity) -> str:
    kind = activity.get_kind_display().lower()
    return _(
        "You can give the %(kind)s a new code: whoever has joined stays, and the old code leads nowhere."
    ) % {"kind": kind}
