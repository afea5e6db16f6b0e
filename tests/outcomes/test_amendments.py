"""What may be done with amendments, and that only a person's act changes a principle."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone

from events.models import Event
from outcomes.amendments import (
    accept_amendment,
    decline_amendment,
    edit_amendment,
    mark_amendment,
    open_amendment,
    propose_amendment,
    withdraw_amendment,
)
from outcomes.models import Amendment
from people.guests import ANYBODY, Viewer
from people.models import Act, Role
from people.refusals import Refused
from principles.models import Principle, Wording
from principles.wording import add_wording
from responses.board import withdraw_note
from responses.models import Mark, Note, Station
from tests.conftest import make_person
from tests.outcomes.amending import WHY, WORDS, asking, opened, proposed, words_of

State = Amendment.State


@pytest.fixture
def power(make_set: Callable, station: Station) -> Principle:
    return asking(make_set, station)


def texts(principle: Principle) -> list[str]:
    return list(principle.wordings.order_by("version").values_list("text", flat=True))


def test_acceptance_makes_the_next_wording_word_for_word(power: Principle, ada: Viewer) -> None:
    amendment = opened(power, ada)
    wording = accept_amendment(amendment, "Three of four challenges ask for it.", by=ada)
    amendment.refresh_from_db()
    assert (wording.text, wording.version, amendment.state) == (WORDS, 2, State.ACCEPTED)
    assert (amendment.result, amendment.decided_by) == (wording, ada.person)
    assert amendment.identifier in wording.source
    assert texts(power) == ["Power is shared.", WORDS]


def test_notes_left_before_stay_pinned_to_the_words_they_answered(
    power: Principle, ada: Viewer, station: Station, post_note: Callable[..., Note]
) -> None:
    before = post_note(station, "Who holds it?", mark=Mark.SQUARE)
    accept_amendment(opened(power, ada, notes=[before]), "It was asked for.", by=ada)
    after = post_note(station, "Better.", mark=Mark.TICK)
    assert words_of(before) == ["Power is shared."]
    assert words_of(after) == [WORDS]


@pytest.mark.parametrize("act", [accept_amendment, decline_amendment])
def test_nobody_in_particular_decides_nothing(power: Principle, ada: Viewer, act: Callable) -> None:
    amendment = opened(power, ada)
    with pytest.raises(Refused, match="each in their own name"):
        act(amendment, "Because.", by=None)
    assert texts(power) == ["Power is shared."]


@pytest.mark.parametrize("act", [accept_amendment, decline_amendment])
def test_who_takes_part_facilitates_or_is_a_stranger_decides_nothing(
    power: Principle, ada: Viewer, ben: Viewer, facilitator: Viewer, act: Callable
) -> None:
    amendment = opened(power, ada)
    for viewer in (ben, facilitator, ANYBODY, Viewer(person=make_person("Eve"))):
        with pytest.raises(Refused, match="each in their own name"):
            act(amendment, "Because.", by=viewer)
    amendment.refresh_from_db()
    assert amendment.state == State.OPEN
    assert texts(power) == ["Power is shared."]


def test_the_end_of_the_period_alone_changes_nothing(power: Principle, ada: Viewer, ben: Viewer) -> None:
    amendment = opened(power, ada, days=-1)
    with pytest.raises(Refused, match="No marks are taken"):
        mark_amendment(amendment, "tick", by=ben)
    amendment.refresh_from_db()
    assert amendment.waits_for_a_decision
    assert texts(power) == ["Power is shared."]


def test_a_stale_acceptance_is_refused_and_says_what_stands(power: Principle, ada: Viewer) -> None:
    first, second = opened(power, ada), opened(power, ada, "Power is lent.")
    accept_amendment(first, "It was asked for.", by=ada)
    with pytest.raises(Refused, match=r"wording 2 stands now.*proposed for wording 1"):
        accept_amendment(second, "This too.", by=ada)
    assert texts(power) == ["Power is shared.", WORDS]
    decline_amendment(second, "The other one was taken.", by=ada)


def test_a_stale_draft_is_not_opened_until_it_is_saved_against_the_words_of_today(
    power: Principle, ada: Viewer
) -> None:
    draft, until = proposed(power, ada), timezone.now() + timedelta(days=3)
    add_wording(power, "Power moves.", by=ada)
    with pytest.raises(Refused, match="wording 2 stands now"):
        open_amendment(draft, until, by=ada)
    edit_amendment(draft, WORDS, WHY, by=ada)
    assert open_amendment(draft, until, by=ada).wording.version == 2


def test_words_written_beside_an_earlier_wording_are_not_kept_unseen(power: Principle, ada: Viewer) -> None:
    seen = power.current_wording
    add_wording(power, "Power moves.", by=ada)
    with pytest.raises(Refused, match="Compare the two"):
        proposed(power, ada, instead_of=seen)


def test_a_draft_is_decided_by_nobody(power: Principle, ada: Viewer) -> None:
    with pytest.raises(Refused, match="Open it for marks first"):
        accept_amendment(proposed(power, ada), "Quickly.", by=ada)


def test_a_decision_stands_and_needs_a_reason(power: Principle, ada: Viewer) -> None:
    amendment = opened(power, ada)
    with pytest.raises(Refused, match="Say why"):
        decline_amendment(amendment, "  ", by=ada)
    decline_amendment(amendment, "Too vague.", by=ada)
    for act in (accept_amendment, decline_amendment, withdraw_amendment):
        with pytest.raises(Refused, match="decided before"):
            act(amendment, "Again.", by=ada)


def test_words_that_are_open_stay_as_they_are(power: Principle, ada: Viewer) -> None:
    with pytest.raises(Refused, match="its words stay as they are"):
        edit_amendment(opened(power, ada), "Something else.", WHY, by=ada)


def test_a_draft_is_its_authors_and_the_stewards_alone(
    power: Principle, ada: Viewer, steward: Viewer, ben: Viewer
) -> None:
    draft = proposed(power, ada)
    other = Viewer(person=make_person("Oda", Role.Kind.ORGANISER))
    assert draft not in Amendment.objects.visible_to(other)
    for viewer in (other, ben, ANYBODY):
        with pytest.raises(Refused, match="Only whoever proposed"):
            edit_amendment(draft, "Mine now.", WHY, by=viewer)
    edit_amendment(draft, "Power is passed on.", WHY, by=steward)
    draft.refresh_from_db()
    assert (draft.text, draft.author) == ("Power is passed on.", ada.person)


def test_a_draft_that_was_taken_back_is_never_public(power: Principle, ada: Viewer) -> None:
    draft = proposed(power, ada)
    withdraw_amendment(draft, "I thought again.", by=ada)
    assert draft not in Amendment.objects.visible_to(ANYBODY)
    assert draft in Amendment.objects.visible_to(ada)


def test_one_that_was_open_stays_readable_when_it_is_taken_back(power: Principle, ada: Viewer) -> None:
    amendment = opened(power, ada)
    withdraw_amendment(amendment, "I thought again.", by=ada)
    assert amendment in Amendment.objects.visible_to(ANYBODY)


def test_who_runs_an_event_that_asked_may_propose_without_a_role_over_the_site(
    power: Principle, station: Station, post_note: Callable, make_helper: Callable
) -> None:
    post_note(station)
    host, facilitator = make_helper("Hal", "organiser"), make_helper("Fay", "facilitator")
    assert proposed(power, host).author == host.person
    with pytest.raises(Refused, match="Organisers propose"):
        proposed(power, facilitator)


def test_only_notes_that_answered_and_can_be_read_are_answered(
    power: Principle, station: Station, ada: Viewer, ben: Viewer, post_note: Callable, make_helper: Callable,
    make_board: Callable, make_event: Callable,
) -> None:  # fmt: skip
    gone, kept = post_note(station, "Gone."), post_note(station, "Kept.", public=False)
    withdraw_note(gone, by=ben)
    elsewhere = post_note(make_board("Care", event=make_event("other-day")).stations.get(), "Elsewhere.")
    other = Viewer(person=make_person("Oda", Role.Kind.ORGANISER))
    for note, viewer in ((gone, ada), (elsewhere, ada), (kept, other)):
        with pytest.raises(Refused, match="Look again"):
            proposed(power, viewer, notes=[note])
    assert list(proposed(power, ada, notes=[kept, kept]).notes.all()) == [kept]


def test_a_change_by_somebody_who_may_not_read_a_note_leaves_it_answered(
    power: Principle, station: Station, post_note: Callable, make_helper: Callable, steward: Viewer
) -> None:
    note, shown = post_note(station, "Kept.", public=False), post_note(station, "Shown.")
    draft = proposed(power, None, notes=[note, shown])
    Amendment.objects.filter(pk=draft.pk).update(author=make_person("Oda", Role.Kind.ORGANISER))
    draft.refresh_from_db()
    edit_amendment(draft, "Power goes round.", WHY, by=Viewer(person=draft.author))
    assert list(draft.notes.all()) == [note]


def test_pressing_twice_makes_one_draft(power: Principle, ada: Viewer) -> None:
    assert proposed(power, ada) == proposed(power, ada)
    assert Act.objects.filter(verb="proposed").count() == 1


@pytest.mark.parametrize(
    ("text", "why", "said"),
    [("", "Why.", "Write the words"), ("New.", " ", "Say what your words answer"),
     ("Power is shared.", "Why.", "the words it has now"), ("x" * 1001, "Why.", "1000 have to do")],
)  # fmt: skip
def test_what_says_nothing_is_not_proposed(
    power: Principle, ada: Viewer, text: str, why: str, said: str
) -> None:
    with pytest.raises(Refused, match=said):
        propose_amendment(power, text, why, by=ada)


def test_a_principle_without_words_has_nothing_to_amend(power: Principle, ada: Viewer) -> None:
    Wording.objects.all().delete()
    with pytest.raises(Refused, match="nothing to amend"):
        proposed(power, ada)


def test_an_event_that_one_cannot_see_is_not_named(
    power: Principle, make_event: Callable[..., Event]
) -> None:
    hidden = make_event("hidden", status=Event.Status.DRAFT)
    other = Viewer(person=make_person("Oda", Role.Kind.ORGANISER))
    with pytest.raises(Refused, match="an event that you can see"):
        proposed(power, other, event=hidden)


@pytest.mark.parametrize("days", [-1, 400])
def test_marks_are_taken_for_a_while_and_not_for_ever(power: Principle, ada: Viewer, days: int) -> None:
    with pytest.raises(Refused, match="a day to come"):
        open_amendment(proposed(power, ada), timezone.now() + timedelta(days=days), by=ada)


def test_what_was_decided_early_says_so(power: Principle, ada: Viewer) -> None:
    early, late = opened(power, ada), opened(power, ada, "Power is lent.", days=-1)
    decline_amendment(early, "Too vague.", by=ada)
    decline_amendment(late, "Too vague.", by=ada)
    assert Amendment.objects.get(pk=early.pk).was_cut_short
    assert not Amendment.objects.get(pk=late.pk).was_cut_short


def test_the_trace_names_who_decided_and_holds_no_words(power: Principle, ada: Viewer, ben: Viewer) -> None:
    amendment = opened(power, ada)
    mark_amendment(amendment, "tick", by=ben)
    mark_amendment(amendment, "square", by=ada)
    accept_amendment(amendment, "It was asked for.", by=ada)
    acts = list(Act.objects.filter(subject=amendment.identifier).order_by("pk"))
    assert [act.verb for act in acts] == ["proposed", "opened", "marked", "marked", "accepted"]
    assert [bool(act.person) for act in acts] == [True, True, False, False, True]
    assert not any(WORDS in repr(vars(act)) for act in acts)
