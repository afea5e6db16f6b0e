"""Signatures of calls: what counts, what is shown, and what is left of one that is taken back."""

from collections.abc import Callable
from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import override_settings
from django.utils import timezone

from archive.forgetting import forget_due
from archive.leaving import end_account
from outcomes.calls import close_call
from outcomes.models import Call, CallUpdate, Signature
from outcomes.signature_tokens import token_of, with_token
from outcomes.signatures import (
    ASKED_AGAIN,
    CHANGED,
    TO_ADDRESS,
    change_signature,
    confirm_signature,
    fingerprint,
    judge_progress,
    judge_signature,
    report_own_progress,
    sign,
    withdraw_signature,
)
from people.guests import ANYBODY, Viewer
from people.models import Act, Letter
from people.refusals import Refused
from responses.models import Note, Station
from tests.calls import ask, called, reported, shown, signed
from tests.conftest import make_person

pytestmark = pytest.mark.django_db
State = Signature.State
EVE = "eve@example.org"
WORDS = {"kind": "person", "name": "Eve", "will_do": "I will bring soup."}


@pytest.fixture
def call(station: Station, post_note: Callable[..., Note], ada: Viewer) -> Call:
    return called(post_note(station), ada)


def counted(call: Call) -> int:
    return call.signatures.counted().count()


def subjects(email: str = EVE) -> list[str]:
    letters = Letter.objects.filter(to=email).order_by("pk")
    return [letter.subject.removesuffix(" Share a table").rstrip(":") for letter in letters]


def test_nothing_counts_before_its_address_is_confirmed(call: Call) -> None:
    asked = ask(call, email=EVE)
    assert (asked.state, counted(call)) == (State.ASKED, 0)
    assert subjects() == ["Did you sign this?"]
    token = token_of(asked)
    assert token in Letter.objects.get().text
    assert token not in repr(list(Signature.objects.values()))
    for _ in range(2):
        confirm_signature(token, by=ANYBODY)
    assert counted(call) == 1
    assert not Signature.objects.visible_to(ANYBODY).exists()


def test_the_letter_to_a_stranger_carries_no_words_of_whoever_typed_it(call: Call) -> None:
    ask(call, "Free prizes", "Visit https://evil.example", email=EVE)
    letter = Letter.objects.get()
    assert "Free prizes" not in letter.text + letter.html
    assert "evil.example" not in letter.text + letter.html


def test_a_secret_address_outlives_a_change_of_the_sites_secret(call: Call) -> None:
    with override_settings(SECRET_KEY="before", SECRET_KEY_FALLBACKS=[]):
        asked = ask(call)
        token = token_of(asked)
    with override_settings(SECRET_KEY="after", SECRET_KEY_FALLBACKS=["before"]):
        assert token_of(asked) == token
    assert with_token(token) == asked
    assert with_token("nothing") is None
    with pytest.raises(Refused):
        confirm_signature("nothing", by=ANYBODY)


def test_the_same_page_sent_twice_signs_once(call: Call, station: Station, ada: Viewer) -> None:
    key = uuid4()
    first, second = (sign(call, by=ANYBODY, key=key, email=EVE, **WORDS) for _ in range(2))
    assert first == second
    assert len(subjects()) == 1
    other = called(station.board.notes.get(), ada, "Plant")
    with pytest.raises(Refused, match="another call"):
        sign(other, by=ANYBODY, key=key, email="fay@example.org", **WORDS)


def test_nobody_changes_what_stands_under_anothers_address(call: Call) -> None:
    for state, first in ((State.ASKED, ask(call, email=EVE)), (State.HELD, None)):
        signature = first or confirm_signature(token_of(Signature.objects.get()), by=ANYBODY)
        ask(call, "Mallory", "I will do nothing.", email="EVE@example.org")
        signature.refresh_from_db()
        assert (signature.state, signature.name) == (state, "Eve")
    assert Signature.objects.count() == 1
    # The holder is told each time.
    assert subjects() == ["Did you sign this?", "Did you sign this?", "You have signed this already"]


def test_an_address_is_not_flooded_by_whoever_types_it(call: Call) -> None:
    for _ in range(ASKED_AGAIN.most + 3):
        ask(call, email=EVE)
    assert len(subjects()) == ASKED_AGAIN.most


def test_an_address_is_not_flooded_by_way_of_many_calls(
    station: Station, post_note: Callable[..., Note], ada: Viewer
) -> None:
    note = post_note(station)
    for number in range(TO_ADDRESS.most + 3):
        ask(called(note, ada, f"Call {number}"), email=EVE.upper() if number % 2 else EVE)
    assert Letter.objects.count() == TO_ADDRESS.most


def test_somebody_signed_in_signs_at_once_with_the_address_of_the_account(call: Call) -> None:
    eve = Viewer(person=make_person("Eve"))
    ask(call, "Mallory", "I will do nothing.", email=EVE)
    own = sign(call, by=eve, key=uuid4(), email="Eve@example.org", **WORDS)
    assert (own.state, own.name, own.person) == (State.HELD, "Eve", eve.person)
    other = sign(call, by=eve, key=uuid4(), email="fay@example.org", **WORDS)
    assert (other.state, other.person) == (State.ASKED, None)


@pytest.mark.parametrize(
    "wrong",
    [
        {"name": " "}, {"will_do": "\n"}, {"kind": "organisation"}, {"email": "eve"},
        {"email": "e" * 250 + "@example.org"}, {"name": "e" * 201}, {"will_do": "e" * 501},
    ],
)  # fmt: skip
def test_a_signature_says_who_and_what_they_will_do(call: Call, wrong: dict[str, str]) -> None:
    with pytest.raises(Refused):
        ask(call, **wrong)
    assert not Signature.objects.exists()


def test_a_call_that_is_over_takes_no_signature(call: Call, ada: Viewer) -> None:
    late = ask(call, email=EVE)
    Call.objects.update(open_until=timezone.localdate() - timedelta(days=1))
    with pytest.raises(Refused, match="no more"):
        ask(call)
    # Who asked in time may still confirm, until somebody closes it.
    other = ask_before(call)
    assert confirm_signature(token_of(late), by=ANYBODY).state == State.HELD
    close_call(call, "Done.", by=ada)
    with pytest.raises(Refused, match="no more"):
        confirm_signature(token_of(other), by=ANYBODY)


def ask_before(call: Call) -> Signature:
    Call.objects.update(open_until=None)
    return ask(call)


def test_words_are_public_once_somebody_who_runs_it_showed_them(call: Call, ada: Viewer, ben: Viewer) -> None:
    signature = signed(call, email=EVE)
    with pytest.raises(Refused):
        judge_signature(signature, True, by=ben)
    assert list(Signature.objects.waiting_for(ada)) == [signature]
    assert list(Signature.objects.waiting_for(ben)) == []
    judge_signature(signature, True, by=ada, seen=fingerprint(signature))
    assert list(Signature.objects.visible_to(ANYBODY)) == [signature]
    assert subjects()[-1] == "Your signature is shown"


def test_what_is_not_shown_has_a_reason_and_does_not_count(call: Call, ada: Viewer) -> None:
    signature = signed(call, email=EVE)
    with pytest.raises(Refused, match="why"):
        judge_signature(signature, False, by=ada)
    judge_signature(signature, False, by=ada, why="It sells something.")
    assert counted(call) == 0
    assert "It sells something." in Letter.objects.order_by("pk").last().text
    with pytest.raises(Refused, match="not shown"):
        change_signature(signature, by=ANYBODY, **WORDS)
    with pytest.raises(Refused):
        report_own_progress(signature, "It goes.", by=ANYBODY)


def test_what_was_changed_since_it_was_read_is_not_shown_by_mistake(call: Call, ada: Viewer) -> None:
    signature = signed(call)
    seen = fingerprint(signature)
    change_signature(signature, by=ANYBODY, **WORDS | {"will_do": "I will sell you soup."})
    with pytest.raises(Refused, match=str(CHANGED)):
        judge_signature(signature, True, by=ada, seen=seen)


def test_a_change_takes_it_out_of_sight_until_it_is_read_again(call: Call) -> None:
    signature = shown(call)
    assert change_signature(signature, by=ANYBODY, **WORDS).state == State.SHOWN
    changed = change_signature(signature, by=ANYBODY, **WORDS | {"will_do": "I will bring bread."})
    assert (changed.state, counted(call)) == (State.HELD, 1)
    assert not Signature.objects.visible_to(ANYBODY).exists()


def test_a_signature_taken_back_leaves_nothing_of_whoever_signed(call: Call, ada: Viewer) -> None:
    signature = shown(call, "Wearylinnet", "Wearylinnet", email="wearylinnet@example.org")
    reported(signature, "Wearylinnet")
    for _ in range(2):
        withdraw_signature(signature, by=ANYBODY)
    Letter.objects.all().delete()
    left = [*Signature.objects.values(), *CallUpdate.objects.values(), *Act.objects.values()]
    assert "wearylinnet" not in repr(left).lower()
    assert (counted(call), Signature.objects.get().state) == (0, State.WITHDRAWN)
    assert not CallUpdate.objects.shown().exists()
    assert not CallUpdate.objects.waiting_for(ada).exists()
    for act in (
        lambda: confirm_signature(token_of(signature), by=ANYBODY),
        lambda: change_signature(signature, by=ANYBODY, **WORDS),
        lambda: judge_signature(signature, True, by=ada),
        lambda: judge_progress(CallUpdate.objects.get(), True, by=ada),
        lambda: report_own_progress(signature, "It goes.", by=ANYBODY),
    ):
        with pytest.raises(Refused):
            act()
    again = signed(call, email="wearylinnet@example.org")
    assert again != signature


def test_how_it_goes_waits_for_whoever_runs_the_call(call: Call, ada: Viewer, ben: Viewer) -> None:
    signature = shown(call)
    for _ in range(2):
        update = report_own_progress(signature, "Soup is on.", by=ANYBODY)
    assert list(CallUpdate.objects.waiting_for(ada)) == [update]
    assert not CallUpdate.objects.waiting_for(ben).exists()
    assert not CallUpdate.objects.visible_to(ANYBODY).exists()
    with pytest.raises(Refused):
        judge_progress(update, True, by=ben)
    with pytest.raises(Refused, match="why"):
        judge_progress(update, False, by=ada)
    judge_progress(update, False, by=ada, why="Say where.")
    assert not CallUpdate.objects.waiting_for(ada).exists()
    judge_progress(update, True, by=ada)
    assert CallUpdate.objects.visible_to(ANYBODY).get() == update


def test_how_it_goes_is_out_of_sight_with_the_signature(call: Call) -> None:
    signature = shown(call)
    reported(signature, "Soup is on.")
    judge_signature(signature, False, by=None, why="It sells something.")
    assert not CallUpdate.objects.visible_to(ANYBODY).exists()


def test_what_nobody_confirmed_is_forgotten_after_a_week(call: Call) -> None:
    ask(call, "Fay")
    kept = signed(call)
    now = timezone.now()
    forget_due(now + timedelta(days=6, hours=23))
    assert Signature.objects.count() == 2
    forget_due(now + timedelta(days=7, hours=1))
    assert Signature.objects.get() == kept


def test_addresses_are_forgotten_a_month_after_the_call_ended(call: Call, ada: Viewer) -> None:
    signature = shown(call, email=EVE)
    now = timezone.now()
    forget_due(now + timedelta(days=300))
    assert Signature.objects.get().email == EVE
    close_call(call, "Done.", by=ada)
    forget_due(now + timedelta(days=29))
    assert Signature.objects.get().email == EVE
    forget_due(now + timedelta(days=31))
    assert Signature.objects.get().email == ""
    assert with_token(token_of(signature)).state == State.SHOWN


def test_a_last_day_that_passed_ends_a_call_as_closing_does(call: Call) -> None:
    signed(call, email=EVE)
    now = timezone.now()
    Call.objects.update(open_until=timezone.localdate(now))
    forget_due(now + timedelta(days=29))
    assert Signature.objects.get().email == EVE
    forget_due(now + timedelta(days=32))
    assert Signature.objects.get().email == ""


@pytest.mark.parametrize("takes_words_back", [True, False])
def test_whoever_ends_their_account_leaves_no_address_on_a_call(call: Call, takes_words_back: bool) -> None:
    eve = Viewer(person=make_person("Eve"))
    sign(call, by=eve, key=uuid4(), email=EVE, **WORDS)
    end_account(eve.person, by=eve, takes_words_back=takes_words_back)
    left = Signature.objects.get()
    assert (left.email, left.person) == ("", None)
    assert (left.state == State.WITHDRAWN) is takes_words_back
