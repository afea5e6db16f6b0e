"""Many sign at once, and words change under those who sign or decide: what stands is what was read."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier, Event, current_thread
from uuid import uuid4

import pytest
from django.db import connection
from django.db.models.deletion import Collector
from django.utils import timezone

from outcomes.call_forgetting import forget_signatures
from outcomes.calls import close_call, edit_call, report_progress
from outcomes.models import Call, Signature
from outcomes.signature_tokens import token_of
from outcomes.signatures import change_signature, confirm_signature, fingerprint, judge_signature
from people.guests import ANYBODY, Viewer
from people.models import Letter
from people.refusals import Refused
from responses.models import Note, Station
from tests.calls import ask, called, signed

pytestmark = pytest.mark.django_db(transaction=True)
CROWD = 8
State = Signature.State


@pytest.fixture
def call(station: Station, post_note: Callable[..., Note], ada: Viewer) -> Call:
    return called(post_note(station), ada)


def at_once(acts: list[Callable[[], object]]) -> list[object]:
    """What came of each of these, done at the same moment; a refusal is its sentence."""
    start = Barrier(len(acts))

    def one(act: Callable[[], object]) -> object:
        try:
            start.wait(timeout=30)
            return act()
        except Refused as refusal:
            return str(refusal)
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as crowd:
        return list(crowd.map(one, acts))


def test_one_address_signs_once_however_many_send_it(call: Call) -> None:
    found = at_once([lambda: ask(call, email="eve@example.org")] * CROWD)
    assert len({signature.pk for signature in found}) == Signature.objects.count() == 1


def test_one_page_signs_once_however_often_it_is_sent(call: Call) -> None:
    key = uuid4()
    found = at_once([lambda: ask(call, key=key)] * CROWD)
    assert len({signature.pk for signature in found}) == 1
    assert Letter.objects.count() == 1


def test_one_page_sent_to_two_calls_at_once_signs_one(call: Call, ada: Viewer) -> None:
    other, key = called(Note.objects.get(), ada, "Plant"), uuid4()
    found = at_once([lambda: ask(call, key=key), lambda: ask(other, key=key)])
    assert [isinstance(one, Signature) for one in found].count(True) == Signature.objects.count() == 1


def test_nobody_signs_other_words_than_they_read(call: Call, ada: Viewer) -> None:
    """Either the words were changed before anybody signed, or they stay."""
    facts = {"text": call.text, "statements": list(call.statements.all()), "open_until": None}
    found = at_once([lambda: ask(call), lambda: edit_call(call, by=ada, title="Else", **facts)])
    stands = Call.objects.get().title
    assert isinstance(found[0], Signature)
    assert (stands == "Else") is isinstance(found[1], Call)


def test_a_confirmation_and_the_closing_leave_one_answer(call: Call, ada: Viewer) -> None:
    token = token_of(ask(call))
    found = at_once([lambda: confirm_signature(token, by=ANYBODY), lambda: close_call(call, "Done.", by=ada)])
    counts = Signature.objects.get().state == State.HELD
    assert counts is isinstance(found[0], Signature)


def test_what_is_changed_while_it_is_shown_is_not_shown_unread(call: Call, ada: Viewer) -> None:
    signature = signed(call)
    seen = fingerprint(signature)
    words = {"kind": "person", "name": "Eve", "will_do": "I will sell you soup."}
    at_once([
        lambda: judge_signature(signature, True, by=ada, seen=seen),
        lambda: change_signature(signature, by=ANYBODY, **words),
    ])  # fmt: skip
    now = Signature.objects.get()
    assert (now.state, now.will_do) == (State.HELD, "I will sell you soup.")


def test_every_line_of_how_it_goes_has_its_own_number(call: Call, ada: Viewer) -> None:
    lines = [lambda n=n: report_progress(call, f"Table {n}.", by=ada) for n in range(CROWD)]
    at_once(lines)
    assert sorted(call.updates.values_list("number", flat=True)) == list(range(1, CROWD + 1))


def test_what_is_confirmed_while_the_rest_is_forgotten_stays(
    call: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    signature = ask(call)
    Signature.objects.update(asked_at=timezone.now() - timedelta(days=8))
    sent, token = Barrier(2), token_of(signature)
    collect = Collector.collect

    def collect_and_wait(*given: object, **named: object) -> object:
        found = collect(*given, **named)
        if current_thread().name == "forgets":
            sent.wait(timeout=30)
            confirmed.wait(timeout=1)
        return found

    confirmed = Event()
    monkeypatch.setattr(Collector, "collect", collect_and_wait)

    def forget() -> None:
        current_thread().name = "forgets"
        forget_signatures(timezone.now())

    def confirm() -> None:
        sent.wait(timeout=30)
        confirm_signature(token, by=ANYBODY)
        confirmed.set()

    at_once([forget, confirm])
    assert list(Signature.objects.values_list("state", flat=True)) == [State.HELD]
