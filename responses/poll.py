"""Every act on a poll: suggestions, choices, hands and answers. Nothing else writes to them.

Each act refuses early with a sentence, takes the poll's row lock, saves and appends a numbered
Change, all in one transaction. What those who run the event do also leaves a trace with a reason.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from events.models import AgendaItem, Event
from events.reach import must_facilitate, must_moderate
from people.consent import consent_on_basis, consent_unasked
from people.guests import Viewer
from people.models import Consent
from people.refusals import Refused
from people.trace import leave_trace
from responses.board import must_run
from responses.changes import append_change, locked, participant_of
from responses.models import Change, Choice, Moderation, Option, Origin, Participant, Poll
from responses.slugs import free_slug
from responses.words import tidy_words

MOST = 300  # characters of a suggestion, a reason or an answer
MOST_HANDS = 5000
PLACES = 5  # of a ranked poll: more than a few in order is work, and says little
BASIS = "Put on the list by those who run the event."


@dataclass(frozen=True, slots=True)
class Proposed:
    """A suggestion on its poll. `is_new` is false when it was there already."""

    option: Option
    is_new: bool


@transaction.atomic
def make_poll(
    event: Event, *, by: Viewer | None, name: str, first: Sequence[str] = (), **settings: object
) -> Poll:
    """A new poll of `event`, closed until somebody opens it, with its `first` suggestions in order.

    `settings` are fields of the poll, as in `question` or `is_ranked`. Refuses whoever does not
    run the event, and a poll without a name.
    """
    event = Event.objects.select_for_update().get(pk=event.pk)
    name = _line(name, _("Give the poll a name, so that people know what it is about."))
    poll = Poll(event=event, kind=Poll.KIND, phase=Poll.Phase.PROPOSE, name=name[:200], **settings)
    must_run(poll, by)
    poll.slug, poll.position = free_slug(event, name, "poll"), event.activities.count() + 1
    poll.save()
    for text in dict.fromkeys(line for line in map(_tidy, first) if line):
        facts = {"text": _fitting(text), "consent": consent_on_basis(BASIS), "by": by.person if by else None}
        _put_on_the_list(poll, by, key=uuid4(), **facts)
    leave_trace("made", poll, by=by)
    return poll


def propose_option(poll: Poll, *, by: Viewer, key: UUID, text: str, wish: str, consent: Consent) -> Proposed:
    """A participant's suggestion; where words are moderated it waits for those who run the event.

    The same key gives the same suggestion, however often it is sent. Refuses where the poll is
    closed or choosing has begun, without words, and from nobody in particular.
    """
    text = _fitting(_line(text, _("Write what you suggest in a few words.")))
    if by.is_anybody:
        raise Refused(_("Your browser keeps no cookies from this site, so it could not be called yours."))
    with locked(poll) as poll:
        if same := poll.options.filter(key=key).select_related("participant").first():
            return Proposed(_surely_own(same, poll, by), is_new=False)
        _must_be_in(poll, Poll.Phase.PROPOSE)
        facts = {
            "wish": _wish(poll, wish),
            "participant": participant_of(poll, by),
            "consent": consent_unasked() if poll.may_include_under_18s else consent,
            "moderation": Moderation.WAITING if poll.moderates_words else Moderation.SHOWN,
        }
        option = _put_on_the_list(poll, by.as_participant, key=key, text=text, **facts)
        return Proposed(option, is_new=True)


def add_option(poll: Poll, *, by: Viewer, key: UUID, text: str, wish: str, consent: Consent) -> Proposed:
    """A suggestion that somebody without a phone made, put on the list by those who facilitate the event."""
    text = _fitting(_line(text, _("Write what was suggested in a few words.")))
    with locked(poll) as poll:
        must_facilitate(poll.event, by)
        if same := poll.options.filter(key=key).first():
            return Proposed(same, is_new=False)
        facts = {"wish": _wish(poll, wish), "text": text, "by": by.person, "origin": Origin.COUNTED_IN_ROOM}
        option = _put_on_the_list(poll, by, key=key, consent=consent, **facts)
        leave_trace(Change.Kind.OPTION_PROPOSED, option, by=by)
        return Proposed(option, is_new=True)


def _put_on_the_list(poll: Poll, actor: Viewer | None, **facts: object) -> Option:
    number = (poll.options.aggregate(last=Max("number"))["last"] or 0) + 1
    option = poll.options.create(number=number, **facts)
    append_change(poll, Change.Kind.OPTION_PROPOSED, by=actor)
    return option


def withdraw_option(option: Option, *, by: Viewer | None, why: str = "") -> None:
    """Take a suggestion away: its words go from everywhere, a count and a tombstone stay.

    One's own needs no reason. Those who run the event may take one down that names somebody or
    does harm, and say why; the reason is kept in the trace.
    """
    with _standing(option) as (poll, option):
        is_own = by is not None and _is_own(option, poll, by)
        if not is_own:
            must_run(poll, by)
            why = _line(why, _("Say in a sentence why it has to go."))[:MOST]
        option.text, option.withdrawn_at = "", timezone.now()
        option.save(update_fields=["text", "withdrawn_at"])
        who = by.as_participant if is_own else by
        append_change(poll, Change.Kind.OPTION_CHANGED, by=who)
        leave_trace("withdrew", option, by=who, why="" if is_own else why)


def show_option(option: Option, *, by: Viewer) -> None:
    """Put a suggestion on the list that waited or was hidden."""
    _moderate(option, Moderation.SHOWN, "", by=by)


def hide_option(option: Option, why: str, *, by: Viewer | None) -> None:
    """Take a suggestion off the list, for a reason its author can read; `show_option` undoes it."""
    why = _line(why, _("Say why in a sentence: whoever suggested it will read it."))
    _moderate(option, Moderation.HIDDEN, why[:MOST], by=by)


def let_option_wait(option: Option, *, by: Viewer) -> None:
    """Put a suggestion back into the queue of what somebody has to look at."""
    _moderate(option, Moderation.WAITING, "", by=by)


def _moderate(option: Option, moderation: Moderation, why: str, *, by: Viewer | None) -> None:
    with _standing(option) as (poll, option):
        must_moderate(poll.event, by)
        if (option.moderation, option.moderation_why) == (moderation, why):
            return
        option.moderation, option.moderation_why = moderation, why
        option.save(update_fields=["moderation", "moderation_why"])
        append_change(poll, Change.Kind.OPTION_CHANGED, by=by)
        leave_trace(moderation, option, by=by, why=why)


def set_choices(poll: Poll, *, by: Viewer, options: Sequence[Option]) -> None:
    """Make `options` all that `by` chooses, in place of what they chose before; none takes it back.

    In a ranked poll their order is the order of the choice. What was chosen and has since been
    hidden stays chosen, behind the rest, so that showing it again brings its choices back.
    """
    if by.is_anybody:
        raise Refused(_("Your browser keeps no cookies from this site, so the choice could not be yours."))
    with locked(poll) as poll:
        _must_be_in(poll, Poll.Phase.CHOOSE)
        participant = participant_of(poll, by)
        chosen = _all_chosen(poll, participant, options)
        if _as_it_is(poll, participant, chosen):
            return
        _replace(participant, chosen, is_ranked=poll.is_ranked)
        append_change(poll, Change.Kind.CHOSEN, by=by.as_participant)


def _replace(participant: Participant, chosen: Sequence[int], *, is_ranked: bool) -> None:
    participant.choices.all().delete()
    common = {"participant": participant, "ballot": uuid4()}
    Choice.objects.bulk_create(
        Choice(option_id=pk, rank=place if is_ranked else None, **common)
        for place, pk in enumerate(chosen, 1)
    )


def _all_chosen(poll: Poll, participant: Participant, options: Sequence[Option]) -> list[int]:
    """The primary keys of the choice as it will be; refuses what is not on the list."""
    listed = set(poll.options.on_the_list().values_list("pk", flat=True))
    chosen = list(dict.fromkeys(option.pk for option in options))
    if not listed.issuperset(chosen):
        raise Refused(_("The list has changed meanwhile. Look at what you chose, and send it again."))
    if poll.is_ranked and len(chosen) > PLACES:
        raise Refused(_("You can put %(places)s in order at most.") % {"places": PLACES})
    before = participant.choices.order_by("rank", "pk").values_list("option", flat=True)
    return chosen + [pk for pk in before if pk not in listed]


def _as_it_is(poll: Poll, participant: Participant, chosen: list[int]) -> bool:
    there = list(participant.choices.order_by("rank", "pk").values_list("option", flat=True))
    return there == chosen if poll.is_ranked else set(there) == set(chosen)


def count_hands(option: Option, number: int, *, by: Viewer) -> None:
    """Say how many hands went up for a suggestion; in a ranked poll, as what people want most.

    The number replaces the one before. It is kept apart from what people chose on their devices.
    """
    if not 0 <= number <= MOST_HANDS:
        raise Refused(_("Count between 0 and %(most_hands)s hands.") % {"most_hands": MOST_HANDS})
    with _standing(option) as (poll, option):
        must_facilitate(poll.event, by)
        if option.counted_in_room == number:
            return
        why = f"{option.counted_in_room} before, {number} now"
        option.counted_in_room = number
        option.save(update_fields=["counted_in_room"])
        append_change(poll, Change.Kind.HANDS_COUNTED, by=by)
        leave_trace(Change.Kind.HANDS_COUNTED, option, by=by, why=why)


def answer_option(option: Option, *, by: Viewer, item: AgendaItem | None = None, answer: str = "") -> None:
    """Say what became of a suggestion: an item of the day, or why not; also after the poll closed."""
    answer = _tidy(answer)[:MOST]
    if not (item or answer):
        raise Refused(_("Choose a part of the day that takes it up, or say why none does."))
    with _standing(option) as (poll, option):
        must_facilitate(poll.event, by)
        if item and item.event_id != poll.event_id:
            raise Refused(_("That part of the day belongs to another event."))
        option.agenda_item, option.answer, option.answered_at = item, answer, timezone.now()
        option.save(update_fields=["agenda_item", "answer", "answered_at"])
        append_change(poll, Change.Kind.OPTION_ANSWERED, by=by)
        leave_trace(Change.Kind.OPTION_ANSWERED, option, by=by)


@contextmanager
def _standing(option: Option) -> Iterator[tuple[Poll, Option]]:
    """The poll, locked, and the suggestion as it stands there now."""
    with locked(option.poll) as poll:
        option = Option.objects.select_related("participant").get(pk=option.pk)
        if option.withdrawn_at:
            raise Refused(_("It was withdrawn before. Nothing of it is left."))
        yield poll, option


def _is_own(option: Option, poll: Poll, by: Viewer) -> bool:
    token = poll.token_of(by)
    return bool(token and option.participant and option.participant.token == token)


def _surely_own(option: Option, poll: Poll, by: Viewer) -> Option:
    if not _is_own(option, poll, by):
        raise Refused(_("That was sent before, from another device."))
    return option


def _must_be_in(poll: Poll, phase: Poll.Phase) -> None:
    if not poll.is_open:
        raise Refused(_("This poll is closed, so nothing was changed."))
    if poll.phase != phase:
        now = _("Choosing has begun") if phase == Poll.Phase.PROPOSE else _("Choosing has not begun yet")
        raise Refused(_("%(now)s, so this was not kept. The page shows what is asked now.") % {"now": now})


def _wish(poll: Poll, wish: str) -> str:
    if not poll.asks_wishes:
        return Option.Wish.ANY
    if wish not in (Option.Wish.LEARN, Option.Wish.SHARE):
        raise Refused(_("Say whether you want to learn it or to share it."))
    return wish


def _line(typed: str, refusal: str) -> str:
    """What was typed, on one line; refuses nothing at all with `refusal`."""
    if not (line := _tidy(typed)):
        raise Refused(refusal)
    return line


def _tidy(typed: str) -> str:
    return " ".join(tidy_words(typed[: 10 * MOST]).split())


def _fitting(text: str) -> str:
    if len(text) > MOST:
        raise Refused(
            _("That is %(number)s characters. A suggestion holds %(most)s: make two of it.")
            % {"number": len(text), "most": MOST}
        )
    return text
