"""Requests and complaints: sent without an account, kept with clocks, answered, and forgotten."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from people.cases import (
    SENT,
    acknowledge_case,
    answer_case,
    case_with,
    close_case,
    note_on_case,
    secret_of,
    send_case,
)
from people.guests import ANYBODY, Viewer
from people.limits import TooMany
from people.models import Act, Case, Letter
from people.models.cases import a_month_after
from people.refusals import Refused
from people.telling_cases import remind_of_cases
from tests.sent import browser, token_in

pytestmark = pytest.mark.django_db
SAID = "Please take down the note about the velvet bittern."
DAY = timedelta(days=1)


def sent(kind: str = "note", *, email: str = "dee@example.org", days_ago: int = 0) -> Case:
    case = send_case(kind, SAID, by=ANYBODY, key=uuid4(), network="", email=email)
    Case.objects.filter(pk=case.pk).update(received_at=timezone.now() - days_ago * DAY)
    case.refresh_from_db()
    return case


def letters_to(address: str) -> list[str]:
    return [letter.subject for letter in Letter.objects.filter(to=address).order_by("pk")]


def fill_in(client: Client, **typed: str) -> dict[str, str]:
    page = client.get("/requests/new/").text
    return {"token": token_in(page), "key": str(uuid4()), "website": "", "kind": "note", "said": SAID} | typed


def test_anybody_sends_one_and_follows_it_at_a_secret_address(client: Client) -> None:
    answer = client.post("/requests/new/", fill_in(client), follow=True)
    case = Case.objects.get()
    assert answer.redirect_chain[0][0] == f"/requests/own/{secret_of(case)}/"
    assert str(case) in answer.text
    assert SAID in answer.text
    assert Client().get("/requests/own/nothing-of-ours/").status_code == 404


def test_neither_number_nor_row_gives_the_secret_address_away() -> None:
    case = sent()
    assert case_with(secret_of(case)) == case
    assert case_with(case.identifier) is None
    assert case_with(case.token_hash) is None


def test_sending_it_twice_makes_one(client: Client) -> None:
    typed = fill_in(client, email="dee@example.org")
    addresses = {client.post("/requests/new/", typed)["Location"] for _ in range(2)}
    assert (len(addresses), Case.objects.count()) == (1, 1)
    assert len(letters_to("dee@example.org")) == 1


def test_what_fills_the_trap_is_thanked_and_not_kept(client: Client) -> None:
    assert client.post("/requests/new/", fill_in(client, website="x")).status_code == 302
    assert not Case.objects.exists()


def test_a_form_of_another_page_is_asked_for_again_with_the_words(client: Client) -> None:
    answer = client.post("/requests/new/", fill_in(client, token="foreign"))
    assert (answer.status_code, SAID in answer.text) == (422, True)
    assert not Case.objects.exists()


def test_one_network_cannot_flood_the_register() -> None:
    for _ in range(SENT.most):
        sent(email="")
    with pytest.raises(TooMany):
        sent(email="")


def test_stewards_hear_of_it_without_a_word_of_it(steward: Viewer) -> None:
    sent()
    letter = Letter.objects.get(to=steward.person.email)
    assert SAID not in letter.text + letter.subject + letter.html


def test_it_is_acknowledged_noted_answered_and_closed_and_each_act_leaves_a_trace(steward: Viewer) -> None:
    case = sent()
    acknowledge_case(case, by=steward)
    note_on_case(case, "Which wall?", by=steward)
    answer_case(case, "It is gone. Thank you for telling us.", by=steward)
    closed = close_case(case, "One note was taken down.", by=steward)
    assert (closed.state, closed.handled_by) == ("closed", steward.person)
    assert len(letters_to("dee@example.org")) == 4
    verbs = Act.objects.filter(subject=case.identifier).order_by("pk").values_list("verb", flat=True)
    assert list(verbs) == ["received", "acknowledged", "noted", "answered", "closed"]
    assert not Act.objects.filter(why__contains="bittern").exists()


def test_the_sender_reads_the_answer_and_not_the_notes(client: Client, steward: Viewer) -> None:
    case = sent(email="")
    note_on_case(case, "Between ourselves.", by=steward)
    answer_case(case, "It is gone.", by=steward)
    page = client.get(f"/requests/own/{secret_of(case)}/").text
    assert "It is gone." in page
    assert "Between ourselves." not in page
    assert steward.person.name not in page


def test_it_is_not_closed_before_it_is_answered(steward: Viewer) -> None:
    case = sent()
    with pytest.raises(Refused):
        close_case(case, "Done.", by=steward)
    close_case(answer_case(case, "It is gone.", by=steward), "Done.", by=steward)
    with pytest.raises(Refused):
        answer_case(case, "Once more.", by=steward)


def test_nobody_but_stewards_sees_or_handles_one(
    ada: Viewer, researcher: Viewer, site_moderator: Viewer, ben: Viewer
) -> None:
    case = sent()
    for viewer in (ada, researcher, site_moderator, ben, ANYBODY):
        assert not Case.objects.visible_to(viewer).exists()
        with pytest.raises(Refused):
            acknowledge_case(case, by=viewer)


@pytest.mark.parametrize(
    ("days", "tone"),
    [(0, "soft"), (20, "soft"), (21, "progress"), (27, "progress"), (28, "bad"), (40, "bad")],
)
def test_it_turns_amber_on_day_21_and_red_on_day_28(days: int, tone: str) -> None:
    case = sent()
    assert case.tone_at(case.received_at + days * DAY) == tone


def test_what_nobody_acknowledged_for_28_days_is_red_in_the_register_and_on_the_desk(steward: Viewer) -> None:
    sent(days_ago=28)
    client = browser(steward)
    assert "tag--bad" in client.get("/requests/").text
    assert "tag--bad" in client.get("/desk/").text
    acknowledge_case(Case.objects.get(), by=steward)
    assert "tag--bad" in client.get("/requests/").text
    answer_case(Case.objects.get(), "It is gone.", by=steward)
    assert "tag--bad" not in client.get("/requests/").text


@pytest.mark.parametrize(
    ("came", "due"),
    [("2026-01-31", "2026-02-28"), ("2026-11-22", "2026-12-22"), ("2026-12-31", "2027-01-31")],
)
def test_an_answer_is_due_on_the_same_day_of_the_next_month_or_its_last(came: str, due: str) -> None:
    moment = datetime.fromisoformat(f"{came}T12:00:00").replace(tzinfo=UTC)
    assert a_month_after(moment).date().isoformat() == due


def test_stewards_are_reminded_after_seven_and_after_twenty_one_days(steward: Viewer) -> None:
    case = sent(email="")
    at = [case.received_at + days * DAY for days in (6, 7, 8, 20, 21, 22)]
    assert [remind_of_cases(now) for now in at] == [0, 1, 0, 0, 1, 0]


def test_what_was_acknowledged_is_reminded_of_once_and_what_was_answered_never(steward: Viewer) -> None:
    known, done = sent(email=""), sent(email="")
    acknowledge_case(known, by=steward)
    answer_case(done, "It is gone.", by=steward)
    assert [remind_of_cases(known.received_at + days * DAY) for days in (8, 22)] == [0, 1]


@pytest.mark.parametrize("number", [1, 3])
def test_the_register_asks_as_much_for_three_as_for_one(
    number: int, steward: Viewer, django_assert_num_queries: Callable
) -> None:
    for _ in range(number):
        answer_case(sent(email=""), "It is gone.", by=steward)
        done = answer_case(sent(email=""), "It is gone.", by=steward)
        close_case(done, "One note was taken down.", by=steward)
    client = browser(steward)
    with django_assert_num_queries(6):
        client.get("/requests/")


@pytest.mark.parametrize("number", [1, 3])
def test_a_case_asks_as_much_with_three_notes_as_with_one(
    number: int, steward: Viewer, django_assert_num_queries: Callable
) -> None:
    case = sent(email="")
    for _ in range(number):
        note_on_case(case, "Which wall?", by=steward)
    client = browser(steward)
    with django_assert_num_queries(5):
        client.get(case.get_absolute_url())


def test_the_page_of_stewards_does_each_act(steward: Viewer) -> None:
    case, client = sent(), browser(steward)
    for act, typed in {
        "acknowledge": {},
        "note": {"note": "Which wall?"},
        "answer": {"answer": "It is gone."},
        "close": {"outcome": "One note was taken down."},
    }.items():
        assert client.post(case.get_absolute_url(), {"act": act, **typed}).status_code == 302, act
    case.refresh_from_db()
    assert (case.state, case.notes.count()) == ("closed", 1)
    assert client.post(case.get_absolute_url(), {"act": "answer", "answer": "x"}).status_code == 422
