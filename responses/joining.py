"""Joining: from a code on the wall to a place in the room."""

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from people.guests import Viewer
from people.refusals import Refused
from responses.changes import locked, participant_of
from responses.codes import ALPHABET, LENGTH, in_groups, is_code, tidy_code
from responses.live.audiences import Audience, audience_of
from responses.models import Activity, Board

SHOWN = 20  # characters of what somebody typed


class NothingOpen(Refused):
    """No activity that the viewer may see is open under the code."""


def join(code: str, *, by: Viewer) -> Activity:
    """Take a seat on the open activity with this code, typed in any case and spacing; returns it.

    Joining twice is joining once, and the first time stays. Cards are joined with the board
    of why people moved. Refuses a code under which nothing is open, a full activity, and
    nobody in particular. The participant with its time is the trace of it.
    """
    if by.is_anybody:
        raise Refused(_("Your browser keeps no cookies from this site, so it cannot keep a seat for you."))
    with locked(open_under(code, by)) as activity:
        if activity.code != tidy_code(code):
            raise NothingOpen(why_nothing_is_open(code))
        if not is_in_the_room(activity, by):
            refuse_when_full(activity)
            take_seat(activity, by)
            for board in boards_beside(activity):
                with locked(board) as board:
                    take_seat(board, by)
    return activity


def open_under(code: str, viewer: Viewer) -> Activity:
    """The open activity under a code, if `viewer` may see it; raises NothingOpen with what to do."""
    tidied = tidy_code(code)
    activities = Activity.objects.visible_to(viewer).open().select_related("event")
    found = activities.filter(code=tidied).first() if is_code(tidied) else None
    if found is None:
        raise NothingOpen(why_nothing_is_open(code))
    return found


def why_nothing_is_open(typed: str) -> str:
    """What may be wrong with a code, without a word about codes that are right."""
    tidied = tidy_code(typed)
    if is_code(tidied):
        return _(
            "Nothing is open under %(tidied)s now. It may have closed, or a letter was misread: look "
            "at the wall once more, or ask the facilitator."
        ) % {"tidied": in_groups(tidied)}
    shown = tidied if len(tidied) <= SHOWN else f"{tidied[:SHOWN]}…"
    absent = "0, O, 1, I or L"
    strange = set(tidied) - set(ALPHABET)
    wrong = (
        _("it never has %(absent)s") % {"absent": absent}
        if strange
        else _("this has %(number)s") % {"number": len(tidied)}
    )
    return _(
        "There is no board called %(shown)s. A code has %(length)s letters and digits, and %(wrong)s."
    ) % {"shown": shown, "length": LENGTH, "wrong": wrong}


def is_in_the_room(activity: Activity, viewer: Viewer) -> bool:
    """Whether `viewer` joined with the code before."""
    token = activity.token_of(viewer)
    return bool(token) and activity.participants.in_the_room().filter(token=token).exists()


def may_know_code(activity: Activity, viewer: Viewer) -> bool:
    """Whether it has a code that `viewer` is shown: those in its room are, those who read along are not.

    With the code anybody can join, and then reads what was kept to those at the event.
    """
    return bool(activity.code) and audience_of(activity, viewer) == Audience.ROOM


def refuse_when_full(activity: Activity) -> None:
    there = activity.participants.in_the_room().count()
    if there >= activity.seats:
        raise Refused(
            _(
                "This %(lower)s is full: %(there)s people are on it. Ask the facilitator to make room; "
                "they can also count you in the room."
            )
            % {"lower": activity.get_kind_display().lower(), "there": format(there, ",")}
        )


def boards_beside(activity: Activity) -> list[Board]:
    """The boards that are joined with an activity: for cards, that of why people moved."""
    if activity.kind != Activity.Kind.CARDS:
        return []
    return list(Board.objects.filter(stations__card__cards=activity.pk).order_by("pk").distinct())


def take_seat(activity: Activity, by: Viewer) -> None:
    """Put `by` in the room of a locked activity; whoever answered before had a part, but no seat."""
    participant = participant_of(activity, by)
    if participant.joined_at is None:
        participant.joined_at = timezone.now()
        participant.save(update_fields=["joined_at"])


def answering_page(activity: Activity) -> str:
    """The address where people answer it."""
    if activity.kind != Activity.Kind.BOARD:
        return activity.get_absolute_url()
    where = [activity.event.slug, activity.slug]
    if activity.shown_station_id:
        return reverse("answer_station", args=[*where, activity.shown_station.code])
    return reverse("answer", args=where)
