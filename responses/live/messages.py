"""What a stream says of an activity's changes: the same partials as its page, as they stand now.

A note that changed twice is sent once. Nothing here knows a viewer: the bytes are the same
for a whole audience.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from django.db.models import Max
from django.db.models.functions import Coalesce
from django.template.loader import render_to_string
from django.utils import timezone, translation

from responses.live import cards, drawings, polls
from responses.live.audiences import Audience, Place, notes_for
from responses.live.wire import message
from responses.models import Activity, Board, Change, Note, Station
from responses.tallies import tallies_by_station

KIND = Change.Kind
# More changes than this at once are not worth sending one by one: the page is fetched again.
MOST = 500

STATE = {
    KIND.OPENED, KIND.CLOSED, KIND.PHASE_CHANGED, KIND.SETTINGS_CHANGED, KIND.CODE_CHANGED, KIND.TIMER_SET,
    KIND.TIMER_STOPPED, KIND.STATION_LOCKED, KIND.STATION_UNLOCKED, KIND.STATION_SHOWN, KIND.NOTE_PINNED,
    KIND.NOTE_UNPINNED,
}  # fmt: skip
# What covers or uncovers everything, or puts up much at once.
COVERING = {KIND.OPENED, KIND.CLOSED, KIND.PHASE_CHANGED}
AFRESH = {KIND.SETTINGS_CHANGED, KIND.IMPORTED, KIND.STATION_ADDED, KIND.CARD_ADDED}
# What ends a code, and with it the addresses of screens.
CODED = {KIND.CLOSED, KIND.CODE_CHANGED}
# What can take a note off the wall.
LEAVING = {
    KIND.NOTE_WITHDRAWN, KIND.NOTE_HIDDEN, KIND.MARK_TAKEN_BACK, KIND.NOTES_MERGED, KIND.CONSENT_CHANGED,
    KIND.NOTE_CORRECTED, KIND.NOTE_RULED, KIND.HANDS_TAKEN_BACK,
}  # fmt: skip
# What a wall shows for a note: itself, or for hands counted at one go their count.
CARD = Coalesce("hand_count__identifier", "identifier")


@dataclass(frozen=True, slots=True)
class Batch:
    """Messages in the order of the changes, each with its number.

    `ticks` says whether it holds a clock, `supersedes` whether what was sent before must be sent
    to nobody any more: it may hold words that have left the wall since. `ends_screens` says
    whether the addresses of screens in the hall have ended.
    """

    first: int
    last: int
    messages: Sequence[tuple[int, bytes]]
    ticks: bool = False
    supersedes: bool = False
    ends_screens: bool = False

    @property
    def body(self) -> bytes:
        return b"".join(text for _, text in self.messages)

    def beyond(self, number: int) -> "Batch":
        """The same without what was sent before; itself where nothing of it was."""
        if self.first > number:
            return self
        kept = [(at, text) for at, text in self.messages if at > number]
        return replace(self, first=number + 1, messages=kept)

    def after(self, number: int) -> bytes:
        """What a reader who has seen `number` has not seen."""
        return b"".join(text for at, text in self.messages if at > number)


def batch_for(place: Place, after: int) -> Batch | None:
    """The changes after a number, in the language of a room."""
    with translation.override(place.language):
        return batch_since(place.pk, after, place.audience)


def batch_since(pk: int, after: int, audience: Audience) -> Batch | None:
    """The changes of the activity with this primary key after a number; None where there are none.

    In the language that is active, as on a page.
    """
    activity = Activity.objects.get(pk=pk)
    changes = list(activity.changes.filter(number__gt=after).order_by("number")[: MOST + 1])
    if not changes:
        return None
    last, kinds = changes[-1].number, {change.kind for change in changes}
    if len(changes) > MOST:
        last = activity.changes.aggregate(last=Max("number"))["last"]
        return start_over(after, last, ends_screens=True)
    ends = bool(kinds & CODED)
    if must_fetch_again(activity, kinds):
        return start_over(after, last, ends_screens=ends)
    is_board = activity.kind == Activity.Kind.BOARD
    said = (say_board if is_board else say_results)(activity, changes, audience)
    ticks, supersedes = tells_state(activity, changes), not is_board or bool(kinds & LEAVING)
    return Batch(after + 1, last, said, ticks=ticks, supersedes=supersedes, ends_screens=ends)


def start_over(after: int, last: int, *, ends_screens: bool) -> Batch:
    """Instead of all changes after a number up to the last."""
    again = [(last, fetch_again(last))]
    return Batch(after + 1, last, again, supersedes=True, ends_screens=ends_screens)


def fetch_again(number: int) -> bytes:
    """Tells a page to start over from the activity as it is at `number`."""
    return message("reload", "", number)


def must_fetch_again(activity: Activity, kinds: set[str]) -> bool:
    return bool(kinds & AFRESH) or (activity.hides_until_reveal and bool(kinds & COVERING))


def tells_state(activity: Activity, changes: Iterable[Change]) -> bool:
    """Whether the state, with the note on the pin, may be another one after `changes`."""
    pinned = activity.pinned_note_id
    return any(change.kind in STATE or (pinned and change.note_id == pinned) for change in changes)


def say_results(activity: Activity, changes: Sequence[Change], audience: Audience) -> list[tuple[int, bytes]]:
    """The results of a poll, of cards or of a drawing, once for all that changed."""
    last = changes[-1].number
    return [(last, message("results", RESULTS[activity.kind](activity, audience), last))]


def say_board(activity: Activity, changes: Sequence[Change], audience: Audience) -> list[tuple[int, bytes]]:
    """Notes, notes that went, tallies of the stations they are at, and the state of the board."""
    board = Board.objects.select_related("event", "pinned_note", "shown_station").get(pk=activity.pk)
    latest = {change.note_id: change for change in changes if change.note_id}
    left = {change.note_id for change in changes if change.kind in LEAVING}
    notes = {note.pk: note for note in notes_for(board, audience).filter(pk__in=latest).for_showing()}
    said = [
        (change.number, message(*_of_note(change, notes), change.number))
        for change in latest.values()
        if change.note_id in notes or change.note_id in left
    ]
    last = changes[-1].number
    numbered = {number for number, _ in said}
    said += [(last, text) for text in _tallies(board, latest)]
    if tells_state(board, changes):
        said.append((last, message("state", state_of(board, audience), last)))
    elif last not in numbered:
        # The last number goes out in any case: whoever comes back later starts from there.
        said.append((last, message("seen", "", last)))
    return sorted(said, key=lambda pair: pair[0])


def _of_note(change: Change, notes: dict[int, Note]) -> tuple[str, str]:
    note = notes.get(change.note_id)
    if note is None:
        return "gone", Note.objects.values_list(CARD, flat=True).get(pk=change.note_id)
    if note.hand_count_id:
        return "note", render_to_string("responses/live.html#hands", {"hands": note.hand_count})
    return "note", render_to_string("responses/live.html#note", {"note": note})


def _tallies(board: Board, notes: Iterable[int]) -> list[bytes]:
    stations = list(Station.objects.filter(notes__in=list(notes)).distinct())
    tallies = tallies_by_station(stations)
    return [
        message(
            "tally",
            render_to_string("responses/live.html#tally", {"station": station, "tally": tallies[station.pk]}),
        )
        for station in stations
    ]


def state_of(board: Board, audience: Audience) -> str:
    """The partial that says what the room is to do: phase, timer, what is pinned, shown and locked."""
    context = {
        "board": board,
        "seconds_left": seconds_left(board),
        "pinned": notes_for(board, audience).filter(pk=board.pinned_note_id).for_showing().first(),
        "shown": board.shown_station,
        "locked": list(board.stations.filter(is_locked=True)),
    }
    return render_to_string("responses/live.html#state", context)


def seconds_left(activity: Activity) -> int | None:
    """What the timer shows now, in whole seconds, nought when time is up; None without a timer.

    Seconds rather than a time of day: clocks of phones are wrong.
    """
    if activity.timer_ends_at is None:
        return None
    return max(0, round((activity.timer_ends_at - timezone.now()).total_seconds()))


RESULTS: dict[str, Callable[[Activity, Audience], str]] = {
    Activity.Kind.POLL: polls.live_results,
    Activity.Kind.CARDS: cards.live_results,
    Activity.Kind.DRAWING: drawings.live_results,
}
