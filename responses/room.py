"""What a facilitator does with an activity: open and close it, lead the room through it.

Each act is for those who facilitate the event, takes the activity's row lock and leaves a numbered
Change and a trace. What they do with single notes is in `responses.moderation`.
"""

from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from coproduce.languages import in_the_sites_language
from events.reach import must_facilitate
from people.consent import consent_unasked
from people.guests import Viewer
from people.refusals import Refused
from people.trace import leave_trace
from responses.changes import append_change, locked
from responses.codes import new_code
from responses.drawing import take_off_the_record
from responses.joining import boards_beside
from responses.models import Activity, Board, Change, Note, Option, Picture, Station

LONGEST = 180  # minutes
MOST_SEATS = 10_000
SWITCHES = {
    "is_premoderated": "words wait for an organiser",
    "hides_until_reveal": "covered until revealed",
    "may_include_under_18s": "may include under-18s",
}


def open_activity(activity: Activity, *, by: Viewer | None) -> None:
    """Let people answer, with a join code that was never used before; what was there stays."""
    with locked(activity) as activity:
        must_facilitate(activity.event, by)
        if activity.is_open:
            return
        activity.state, activity.code, activity.closed_at = Activity.State.OPEN, _free_code(), None
        activity.save(update_fields=["state", "code", "closed_at"])
        _tell(activity, Change.Kind.OPENED, by=by)
        for board in boards_beside(activity):
            open_activity(board, by=by)


def close_activity(activity: Activity, *, by: Viewer | None) -> None:
    """Take no more answers. The code and the timer end, and what was covered is uncovered."""
    with locked(activity) as activity:
        must_facilitate(activity.event, by)
        if not activity.is_open:
            return
        activity.state, activity.code, activity.closed_at = Activity.State.CLOSED, None, timezone.now()
        activity.timer_ends_at = activity.shown_station = None
        ended = ["state", "code", "closed_at", "timer_ends_at", "shown_station"]
        activity.save(update_fields=ended)
        _tell(activity, Change.Kind.CLOSED, by=by)
        for board in boards_beside(activity):
            close_activity(board, by=by)


def change_code(activity: Activity, *, by: Viewer | None) -> None:
    """Give another code, for when the old one leaked; whoever joined with that stays."""
    with locked(activity) as activity:
        must_be_led(activity, by)
        activity.code = _free_code()
        activity.save(update_fields=["code"])
        _tell(activity, Change.Kind.CODE_CHANGED, by=by)


def _free_code() -> str:
    while Activity.objects.filter(code=(code := new_code())).exists():
        pass
    return code


def change_phase(activity: Activity, phase: str, *, by: Viewer | None) -> None:
    """Go to a phase of its kind, forward or back."""
    with locked(activity) as activity:
        must_facilitate(activity.event, by)
        if phase not in activity.phases:
            raise Refused(_("There is no such step here. Choose one of those on the page."))
        if activity.phase == phase:
            return
        activity.phase = phase
        activity.save(update_fields=["phase"])
        with in_the_sites_language():
            _tell(activity, Change.Kind.PHASE_CHANGED, by=by, why=f"To “{activity.get_phase_display()}”.")


def change_settings(
    activity: Activity, *, by: Viewer | None, seats: int | None = None, **switches: bool
) -> None:
    """Change how many may join, and any of SWITCHES; what is not named stays as it is.

    Saying that under-18s may take part takes names off what is there and keeps it to the
    activity. That is not undone when the switch is turned off: the organisers cannot say yes
    for anybody.
    """
    if unknown := switches.keys() - SWITCHES:
        raise TypeError(f"There is no setting called {', '.join(sorted(unknown))}.")
    with locked(activity) as activity:
        must_facilitate(activity.event, by)
        wanted = switches | ({} if seats is None else {"seats": _seats_that_fit(seats)})
        changed = {name: value for name, value in wanted.items() if getattr(activity, name) != value}
        if not changed:
            return
        for name, value in changed.items():
            setattr(activity, name, value)
        activity.save(update_fields=list(changed))
        if changed.get("may_include_under_18s"):
            _keep_what_is_there(activity)
        _tell(activity, Change.Kind.SETTINGS_CHANGED, by=by, why=_in_words(changed))
        # What hides the counts of cards would hide why people moved for as long as they are open.
        beside = {name: value for name, value in changed.items() if name != "hides_until_reveal"}
        for board in boards_beside(activity) if beside else ():
            change_settings(board, by=by, **beside)


def _seats_that_fit(seats: int) -> int:
    if not 1 <= seats <= MOST_SEATS:
        raise Refused(_("Choose between 1 and %(most_seats)s seats.") % {"most_seats": MOST_SEATS})
    return seats


def _keep_what_is_there(activity: Activity) -> None:
    """No names, and nothing in the public record: as it is for whatever is left from now on."""
    Note.objects.filter(board=activity.pk).exclude(signed="").update(signed="")
    for left in (
        Note.objects.filter(board=activity.pk),
        Option.objects.filter(poll=activity.pk),
        Picture.objects.filter(drawing=activity.pk),
    ):
        left.filter(consent__basis="").update(consent=consent_unasked())
    for picture in Picture.objects.filter(drawing=activity.pk).exclude(quotation=None):
        take_off_the_record(picture, by=None)


def _in_words(changed: dict[str, bool | int]) -> str:
    """The settings as the log says them: "Words wait for an organiser: yes, seats: 40."."""
    said = [
        f"{SWITCHES[name]}: {'yes' if value else 'no'}" for name, value in changed.items() if name != "seats"
    ]
    said += [f"seats: {changed['seats']}"] if "seats" in changed else []
    return f"{', '.join(said).capitalize()}."


# The timer


def set_timer(activity: Activity, minutes: int, *, by: Viewer | None) -> None:
    """Start a timer that everybody sees; one that runs starts again."""
    with locked(activity) as activity:
        must_be_led(activity, by)
        _end_in(activity, timedelta(minutes=minutes), by=by, why=f"{_minutes(minutes)}.")


def extend_timer(activity: Activity, minutes: int, *, by: Viewer | None) -> None:
    """Give so many minutes more, from now on where the time is up already."""
    with locked(activity) as activity:
        must_be_led(activity, by)
        now = timezone.now()
        left = max((activity.timer_ends_at or now) - now, timedelta())
        _end_in(activity, left + timedelta(minutes=minutes), by=by, why=f"{_minutes(minutes)} more.")


def _end_in(activity: Activity, time: timedelta, *, by: Viewer | None, why: str) -> None:
    if not timedelta(minutes=1) <= time <= timedelta(minutes=LONGEST):
        raise Refused(
            _("A timer runs from 1 to %(longest)s minutes. Type another number of minutes.")
            % {"longest": LONGEST}
        )
    activity.timer_ends_at = timezone.now() + time
    activity.save(update_fields=["timer_ends_at"])
    _tell(activity, Change.Kind.TIMER_SET, by=by, why=why)


def stop_timer(activity: Activity, *, by: Viewer | None) -> None:
    """Take the timer away, also one whose time is up."""
    with locked(activity) as activity:
        must_facilitate(activity.event, by)
        if activity.timer_ends_at is None:
            return
        activity.timer_ends_at = None
        activity.save(update_fields=["timer_ends_at"])
        _tell(activity, Change.Kind.TIMER_STOPPED, by=by)


def _minutes(number: int) -> str:
    return f"{number} minute{'' if number == 1 else 's'}"


# Stations


def lock_station(station: Station, *, by: Viewer | None) -> None:
    """Take no more answers at this station for now."""
    _set_lock(station, True, Change.Kind.STATION_LOCKED, by=by)


def unlock_station(station: Station, *, by: Viewer | None) -> None:
    _set_lock(station, False, Change.Kind.STATION_UNLOCKED, by=by)


def _set_lock(station: Station, is_locked: bool, kind: Change.Kind, *, by: Viewer | None) -> None:
    with locked(station.board) as board:
        must_facilitate(board.event, by)
        station = board.stations.get(pk=station.pk)
        if station.is_locked == is_locked:
            return
        station.is_locked = is_locked
        station.save(update_fields=["is_locked"])
        append_change(board, kind, by=by)
        leave_trace(kind, station, by=by)


def show_station(board: Board, station: Station | None, *, by: Viewer | None) -> None:
    """Show one station alone on the wall and on phones, or with None all of them again."""
    with locked(board) as board:
        must_facilitate(board.event, by)
        if station and station.board_id != board.pk:
            raise Refused(_("That heading is on another board. Choose one of this board."))
        if board.shown_station_id == (station.pk if station else None):
            return
        board.shown_station = station
        board.save(update_fields=["shown_station"])
        _tell(
            board, Change.Kind.STATION_SHOWN, by=by, why=f"“{station.heading[:200]}”." if station else "All."
        )


def must_be_led(activity: Activity, by: Viewer | None) -> None:
    """Refuse what makes sense only while people can join, and to all who do not facilitate the event."""
    must_facilitate(activity.event, by)
    if not activity.is_open:
        raise Refused(_("This is closed, so nobody can join. Open it first."))


def _tell(activity: Activity, kind: Change.Kind, *, by: Viewer | None, why: str = "") -> None:
    append_change(activity, kind, by=by)
    leave_trace(kind, activity, by=by, why=why)
