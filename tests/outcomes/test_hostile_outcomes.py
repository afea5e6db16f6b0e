"""What somebody could try against outcomes who has rights in one place, or none, or had them once."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from events.models import Event
from outcomes.amendments import edit_amendment, open_amendment, withdraw_amendment
from outcomes.calls import make_call, open_call
from outcomes.decisions import draft_decision
from outcomes.declining import decline_notes, undo_declining
from outcomes.following import follow_outcome
from outcomes.models import (
    Amendment,
    Decision,
    Declined,
    OutcomeFollower,
    Signature,
    StatementNote,
    Theme,
)
from outcomes.promises import make_promise
from outcomes.signatures import judge_signature
from outcomes.statements import draft_statement
from outcomes.themes import make_theme
from outcomes.ties import say_no_tie, tie
from people.guests import ANYBODY, Viewer
from people.models import Letter, Role, Subscriber
from people.refusals import Refused
from people.subscribing import confirm
from responses.models import Note, Station
from responses.telling import follow_note
from tests.calls import called, reported, signed
from tests.conftest import make_person
from tests.outcomes.amending import asking, proposed
from tests.outcomes.makers import decided, heard

NUL = "a\0b"


@pytest.fixture
def note(station: Station, post_note: Callable[..., Note]) -> Note:
    return post_note(station)


@pytest.fixture
def mallory(db: None) -> Viewer:
    """Runs an event of their own, and no other."""
    return Viewer(person=make_person("Mallory"))


@pytest.fixture
def other_note(mallory: Viewer, make_event: Callable, make_board: Callable, post_note: Callable) -> Note:
    event = make_event(slug="other-day", name="Other day")
    event.organisers.update(person=mallory.person)
    return post_note(make_board("Time", slug="other", event=event).stations.get(), "Other words.")


def signed_in(viewer: Viewer) -> Client:
    client = Client()
    client.force_login(viewer.person)
    return client


def test_nothing_of_an_event_is_changed_by_who_runs_another(
    ada: Viewer, mallory: Viewer, note: Note, other_note: Note
) -> None:
    statement = heard(note, ada)
    decision = decided(statement, "will_do", ada)
    draft = draft_statement(note.board.event, "A draft.", by=ada, notes=[note])
    begun = draft_decision(note.board.event, "will_do", "Begun.", by=ada)
    promise = make_promise(note.board.event, "We will write.", by=ada)
    call = called(note, ada)
    theme = make_theme(note.board.event, "Power", by=ada, notes=[note])
    client = signed_in(mallory)
    for name, thing in (
        ("statement_edit", statement), ("statement_edit", draft), ("decision_edit", decision),
        ("decision_edit", begun), ("decision_update", decision), ("promise_update", promise),
        ("call_edit", call), ("call_signatures", call), ("theme_edit", theme), ("theme_dissolve", theme),
    ):  # fmt: skip
        address = reverse(name, args=[thing.identifier])
        assert client.get(address).status_code == 404, name
        for act in ("publish", "withdraw", "edit", "open", "close", "show", "take_down", "name", ""):
            typed = {"act": act, "why": "X", "text": "X", "state": "kept", "kind": "done", "name": "X"}
            assert client.post(address, typed).status_code == 404, (name, act)
    for name, thing in (("statement", draft), ("decision", begun)):
        assert client.get(reverse(name, args=[thing.identifier])).status_code == 404


def test_ids_of_one_event_do_nothing_under_another(
    ada: Viewer, mallory: Viewer, note: Note, other_note: Note
) -> None:
    statement = heard(note, ada)
    theme = make_theme(note.board.event, "Power", by=ada, notes=[note])
    decline_notes([note], "No money.", by=ada)
    make_theme(other_note.board.event, "Time", by=mallory)
    declined, own, client = Declined.objects.get(), other_note.board.event, signed_in(mallory)
    waiting = reverse("event_waiting", args=[own.slug])
    adds = {"act": "add", "statement": statement.identifier, "pick": other_note.identifier}
    assert client.post(waiting, adds).status_code == 422
    foreign = {"act": "decline", "why": "X", "pick": note.identifier}
    assert client.post(waiting, foreign).status_code == 422
    assert client.post(waiting, {"act": "undo", "declined": declined.pk}).status_code == 404
    made = {"act": "draft", "text": "Mine", "pick": [other_note.identifier, note.identifier]}
    new = reverse("statement_new", args=[own.slug])
    assert client.post(new, made | {"themes": theme.identifier}).status_code == 422
    assert client.post(new, made).status_code == 302
    cites = {"act": "draft", "kind": "done", "text": "Mine", "statements": statement.identifier}
    assert client.post(reverse("decision_new", args=[own.slug]), cites).status_code == 422
    assert list(StatementNote.objects.values_list("note", flat=True)) == [note.pk, other_note.pk]
    assert not Decision.objects.exists()
    declined.refresh_from_db()
    assert declined.undone_at is None


def test_a_signature_is_judged_under_its_own_call_alone(
    ada: Viewer, mallory: Viewer, note: Note, other_note: Note
) -> None:
    signature = signed(called(note, ada))
    update = reported(signature, "Soup is on.", is_shown=False)
    own = called(other_note, mallory, "Another")
    client, address = signed_in(mallory), reverse("call_signatures", args=[own.identifier])
    for which in (signature.identifier, f"update.{update.number}", "update.99999999999", "update.²"):
        typed = {"act": "show", "which": which, "seen": "x"}
        assert client.post(address, typed).status_code in (302, 422)
        assert client.post(address, {**typed, "act": "remove", "why": "X"}).status_code in (302, 422)
    signature.refresh_from_db()
    update.refresh_from_db()
    assert (signature.state, update.is_shown, update.why) == (Signature.State.HELD, False, "")


@pytest.mark.parametrize("helper", ["facilitator", "transcriber", "moderator"])
def test_who_helps_on_the_day_answers_nothing(
    ada: Viewer, note: Note, helper: str, request: pytest.FixtureRequest
) -> None:
    viewer, event = request.getfixturevalue(helper), note.board.event
    statement = heard(note, ada)
    decision, client = decided(statement, "will_do", ada), signed_in(viewer)
    for name, thing in (
        ("statement_new", event.slug), ("decision_new", event.slug), ("event_promise_new", event.slug),
        ("statement_edit", statement.identifier), ("decision_update", decision.identifier),
    ):  # fmt: skip
        answer = client.post(reverse(name, args=[thing]), {"act": "publish", "text": "X", "kind": "done"})
        assert answer.status_code in (403, 404), name
    waiting = reverse("event_waiting", args=[event.slug])
    foreign = {"act": "decline", "why": "X", "pick": note.identifier}
    assert client.post(waiting, foreign).status_code == 403


@pytest.fixture
def once(db: None) -> Viewer:
    return Viewer(person=make_person("Olga", Role.Kind.ORGANISER))


def ended(viewer: Viewer) -> Viewer:
    viewer.person.roles.all().delete()
    return Viewer(person=type(viewer.person).objects.get(pk=viewer.person.pk))


def test_a_draft_of_an_amendment_is_not_opened_any_more(
    once: Viewer, station: Station, make_set: Callable
) -> None:
    amendment = proposed(asking(make_set, station), once)
    now = ended(once)
    with pytest.raises(Refused):
        open_amendment(amendment, timezone.now() + timedelta(days=7), by=now)
    with pytest.raises(Refused):
        edit_amendment(amendment, "Other words.", "Because.", by=now)
    withdraw_amendment(amendment, "I left.", by=now)
    assert Amendment.objects.get().state == Amendment.State.WITHDRAWN


def test_a_call_without_an_event_is_not_run_any_more(once: Viewer, ada: Viewer, note: Note) -> None:
    statement = heard(note, ada)
    draft = make_call("A draft", "Do it.", by=once, statements=[statement])
    call = open_call(make_call("Share", "Share it.", by=once, statements=[statement]), by=once)
    signature, now = signed(call), ended(once)
    with pytest.raises(Refused):
        open_call(draft, by=now)
    with pytest.raises(Refused):
        judge_signature(signature, True, by=now)
    client = signed_in(now)
    assert client.get(reverse("call_signatures", args=[call.identifier])).status_code == 404
    assert client.get(reverse("call", args=[draft.identifier])).status_code == 404


def test_a_no_that_was_taken_back_is_not_told(ada: Viewer, note: Note, do_work: Callable[[], int]) -> None:
    follow(note)
    Letter.objects.all().delete()
    decline_notes([note], "No money.", by=ada)
    undo_declining(Declined.objects.get(), by=ada)
    do_work()
    assert not Letter.objects.filter(kind="note").exists()


def test_a_no_is_told_of_what_everybody_may_open(ada: Viewer, note: Note, do_work: Callable[[], int]) -> None:
    follow(note)
    Letter.objects.all().delete()
    Event.objects.filter(pk=note.board.event_id).update(status=Event.Status.DRAFT)
    decline_notes([note], "No money.", by=ada)
    do_work()
    assert not Letter.objects.filter(kind="note").exists()


def test_a_known_address_is_not_flooded_by_following_many_things(ada: Viewer, note: Note) -> None:
    follow_outcome("event", note.board.event, "eve@example.org", by=ANYBODY)
    confirm(Subscriber.objects.get(), by=ANYBODY)
    Letter.objects.all().delete()
    for number in range(12):
        promise = make_promise(note.board.event, f"We will write {number}.", by=ada)
        follow_outcome("promise", promise, "eve@example.org", by=ANYBODY)
    assert OutcomeFollower.objects.count() == 13
    assert Letter.objects.filter(kind="outcome").count() <= 5


def follow(note: Note) -> None:
    follow_note(note, "eve@example.org", by=ANYBODY)
    confirm(Subscriber.objects.get(), by=ANYBODY)


def test_pages_to_read_take_nothing(client: Client, make_set: Callable) -> None:
    make_set()
    for address in (
        "/crosswalk/",
        "/crosswalk/lanterns/lanterns/",
        "/contested/",
        "/outcomes/",
        "/promises/",
    ):
        assert client.post(address).status_code == 405, address


def test_a_reason_holds_no_signs_that_nobody_sees(ada: Viewer, make_set: Callable, note: Note) -> None:
    one, other = make_set().principles.all()
    assert tie(one, other, "Both\x07 ask\x1b[2J who.", by=ada).why == "Both ask[2J who."
    assert say_no_tie(note, one, "It means\x00 light.", by=ada).why == "It means light."


def test_what_organisers_send_is_refused_in_words(
    ada: Viewer, note: Note, station: Station, make_set: Callable
) -> None:
    make_theme(note.board.event, "Power", by=ada, notes=[note])
    statement, client, slug = heard(note, ada), signed_in(ada), note.board.event.slug
    waiting = reverse("event_waiting", args=[slug])
    edit = reverse("statement_edit", args=[statement.identifier])
    amend = f"{asking(make_set, station).get_absolute_url()}amend/"
    theme = reverse("theme_edit", args=[Theme.objects.get().identifier])
    odd = (
        (waiting, {"act": "undo", "declined": "9" * 5000}),
        (waiting, {"act": "undo", "declined": "9" * 30}),
        (waiting, {"act": "decline", "why": "X", "pick": NUL}),
        (waiting, {"act": "heard", "pick": f"{NUL}.tick"}),
        (edit, {"act": "uncite", "note": NUL}),
        (edit, {"act": "cite", "themes": NUL, "pick": NUL}),
        (theme, {"notes": NUL, "was": NUL}),
        (reverse("statement_new", args=[slug]), {"act": "draft", "text": "X", "themes": NUL}),
        (reverse("statement_new", args=[slug]), {"act": "like", "text": NUL, "pick": NUL}),
        (reverse("decision_new", args=[slug]), {"act": "draft", "kind": "done", "statements": NUL}),
        (reverse("call_new"), {"title": NUL, "text": NUL, "statements": NUL, "event": NUL}),
        (amend, {"text": NUL, "why": NUL, "notes": NUL, "event": NUL, "instead_of": NUL}),
        (reverse("tie_new"), {"one": NUL, "other": NUL, "why": NUL}),
        (reverse("event_promise_new", args=[slug]), {"text": NUL, "owner": NUL, "person": NUL}),
        (reverse("event_promises_found", args=[slug]), {"sentence": NUL, "block": NUL}),
    )
    client.raise_request_exception = False
    answered = [(client.post(address, typed).status_code, typed) for address, typed in odd]
    wrong = [one for one in answered if one[0] not in (200, 302, 400, 404, 422)]
    assert not wrong, wrong
