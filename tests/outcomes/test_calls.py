"""Calls for action: who may make one, what it cites, and what stays once somebody signed it."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone

from events.models import Event
from outcomes.calls import SIGNED, UNCITED, close_call, edit_call, make_call, open_call, report_progress
from outcomes.models import Call, CallUpdate, OutcomeFollower
from outcomes.statements import draft_statement, withdraw_statement
from people.guests import ANYBODY, Viewer
from people.models import Act, Letter, Subscriber
from people.refusals import Refused
from responses.models import Note, Station
from tests.calls import ask, called, shown, signed
from tests.conftest import make_person
from tests.outcomes.makers import heard

pytestmark = pytest.mark.django_db


@pytest.fixture
def note(station: Station, post_note: Callable[..., Note]) -> Note:
    return post_note(station)


def again(call: Call) -> dict:
    """What editing a call takes, as the call is now."""
    now = Call.objects.get(pk=call.pk)
    return {
        "title": now.title, "text": now.text, "statements": list(now.statements.all()),
        "open_until": now.open_until,
    }  # fmt: skip


def test_a_draft_is_for_those_who_run_it_and_an_open_call_for_everybody(
    note: Note, ada: Viewer, steward: Viewer
) -> None:
    call = make_call("Share", "Do.", by=ada, event=note.board.event, statements=[heard(note, ada)])
    assert [Call.objects.visible_to(who).count() for who in (ada, steward, ANYBODY)] == [1, 1, 0]
    open_call(call, by=ada)
    assert Call.objects.visible_to(ANYBODY).get() == call


def test_a_call_of_an_event_in_draft_stays_with_it(note: Note, ada: Viewer) -> None:
    called(note, ada)
    Event.objects.update(status=Event.Status.DRAFT)
    assert not Call.objects.visible_to(ANYBODY).exists()


def test_only_who_runs_the_event_calls_for_it(note: Note, ada: Viewer, ben: Viewer) -> None:
    stranger = Viewer(person=make_person("Cleo", "organiser"))
    for by in (ben, ANYBODY, stranger):
        with pytest.raises(Refused):
            make_call("Share", "Do.", by=by, event=note.board.event)
    call = called(note, ada)
    for by in (ben, ANYBODY, stranger):
        for act in (
            lambda by: edit_call(call, by=by, **again(call)),
            lambda by: open_call(call, by=by),
            lambda by: close_call(call, "Done.", by=by),
            lambda by: report_progress(call, "It goes.", by=by),
        ):
            with pytest.raises(Refused):
                act(by)
    assert Call.objects.get().takes_signatures


def test_a_call_without_an_event_is_its_authors(ada: Viewer, ben: Viewer) -> None:
    other = Viewer(person=make_person("Olu", "organiser"))
    call = make_call("Share", "Do.", by=ada)
    assert call.is_run_by(ada)
    assert not call.is_run_by(other)
    with pytest.raises(Refused):
        make_call("Share", "Do.", by=ben)


def test_a_call_opens_only_once_it_cites_what_was_heard(note: Note, ada: Viewer) -> None:
    call = make_call("Share", "Do.", by=ada, event=note.board.event)
    with pytest.raises(Refused, match=str(UNCITED)):
        open_call(call, by=ada)
    draft = draft_statement(note.board.event, "Not said yet.", by=ada, notes=[note])
    with pytest.raises(Refused):
        edit_call(call, by=ada, **again(call) | {"statements": [draft]})
    statement = heard(note, ada)
    edit_call(call, by=ada, **again(call) | {"statements": [statement]})
    withdraw_statement(statement, "We misheard.", by=ada)
    with pytest.raises(Refused, match=str(UNCITED)):
        open_call(call, by=ada)


def test_what_somebody_signed_keeps_its_words_and_what_it_cites(note: Note, ada: Viewer) -> None:
    call = called(note, ada)
    edit_call(call, by=ada, **again(call) | {"title": "Share two tables"})
    ask(call)
    for other in (
        {"title": "Share three"},
        {"text": "Do more."},
        {"statements": [heard(note, ada, "Else.")]},
    ):
        with pytest.raises(Refused, match=str(SIGNED)):
            edit_call(call, by=ada, **again(call) | other)
    more = heard(note, ada, "Another thing.")
    day = timezone.localdate() + timedelta(days=9)
    facts = again(call)
    facts |= {"statements": [*facts["statements"], more], "open_until": day}
    assert edit_call(call, by=ada, **facts).open_until == day
    assert call.statements.count() == 2


def test_a_last_day_lies_ahead(note: Note, ada: Viewer) -> None:
    call = called(note, ada)
    yesterday = timezone.localdate() - timedelta(days=1)
    with pytest.raises(Refused, match="last day"):
        edit_call(call, by=ada, **again(call) | {"open_until": yesterday})
    Call.objects.update(open_until=timezone.localdate())
    assert Call.objects.get().takes_signatures
    Call.objects.update(open_until=yesterday)
    assert not Call.objects.get().takes_signatures
    with pytest.raises(Refused, match="last day"):
        open_call(call, by=ada)


def test_closing_says_why_and_tells_whoever_signed(note: Note, ada: Viewer) -> None:
    call = called(note, ada)
    signed(call, "Eve", email="eve@example.org")
    ask(call, "Fay", email="fay@example.org")
    with pytest.raises(Refused, match="why"):
        close_call(call, " ", by=ada)
    close_call(call, "Every street has a table.", by=ada)
    close_call(call, "Again.", by=ada)
    closed = Letter.objects.filter(subject__startswith="Closed")
    assert [(letter.to, "Every street has a table." in letter.text) for letter in closed] == [
        ("eve@example.org", True)
    ]
    assert Call.objects.get().closed_why == "Every street has a table."
    assert open_call(call, by=ada).takes_signatures


def test_the_same_pressed_twice_is_done_once(note: Note, ada: Viewer) -> None:
    made = [make_call("Share", "Do.", by=ada, event=note.board.event) for _ in range(2)]
    assert made[0] == made[1]
    call = called(note, ada, "Plant")
    for _ in range(2):
        report_progress(call, "Two tables stand.", by=ada, evidence="https://example.org/tables")
    report_progress(call, "Three tables stand.", by=ada)
    assert [update.number for update in CallUpdate.objects.all()] == [2, 1]


def test_every_act_leaves_a_trace_without_words(note: Note, ada: Viewer) -> None:
    call = called(note, ada)
    shown(call, "Wearylinnet", "Wearylinnet")
    report_progress(call, "Wearylinnet", by=ada)
    close_call(call, "Enough.", by=ada)
    acts = Act.objects.filter(subject__in=[call.identifier, call.signatures.get().identifier])
    assert [act.verb for act in acts.order_by("pk")] == [
        "drafted", "opened", "signed", "showed", "reported", "closed"
    ]  # fmt: skip
    assert "Wearylinnet" not in repr(list(Act.objects.values()))


def test_an_open_call_is_listed_before_drafts_and_those_before_what_is_over(note: Note, ada: Viewer) -> None:
    names = ("Over", "Open", "Draft")
    over, _ = (called(note, ada, name) for name in names[:2])
    make_call("Draft", "Do.", by=ada, event=note.board.event)
    close_call(over, "Done.", by=ada)
    assert [call.title for call in Call.objects.open_first()] == ["Open", "Draft", "Over"]


def test_news_of_a_call_goes_to_whoever_follows_it_and_to_nobody_else(
    note: Note, ada: Viewer, do_work: Callable[[], int]
) -> None:
    call, other = called(note, ada), called(note, ada, "Plant")
    none = Call.objects.create(title="Sing", text="Do.", author=ada.person)
    none.statements.set(call.statements.all())
    do_work()
    for followed in (call, other):
        address = Subscriber.objects.create(email=f"{followed.pk}@example.org", confirmed_at=timezone.now())
        OutcomeFollower.objects.create(subscriber=address, call=followed)
    open_call(none, by=ada)
    do_work()
    assert not Letter.objects.exists()
    report_progress(call, "Two stand.", by=ada)
    do_work()
    close_call(call, "Enough.", by=ada)
    do_work()
    report_progress(call, "Three stand.", by=ada)
    do_work()
    assert [letter.subject for letter in mail.outbox] == [
        "“Share a table” has news", "“Share a table” is closed", "“Share a table” has news"
    ]  # fmt: skip
    assert {to for letter in mail.outbox for to in letter.to} == {f"{call.pk}@example.org"}
