"""The pages of amendments, and what the pages of principles and notes say of them."""

import json
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from outcomes.amendments import accept_amendment, decline_amendment, mark_amendment
from outcomes.models import Amendment
from people.guests import Viewer
from people.limits import Limit
from people.models import Role
from principles.models import Principle
from principles.wording import add_wording
from responses.board import withdraw_note
from responses.models import Mark, Note, Station
from tests.conftest import make_person
from tests.outcomes.amending import WHY, WORDS, asking, opened, proposed

State = Amendment.State


@pytest.fixture
def power(make_set: Callable, station: Station) -> Principle:
    return asking(make_set, station)


@pytest.fixture
def challenge(power: Principle, station: Station, post_note: Callable[..., Note]) -> Note:
    return post_note(station, "Shared by whom?", mark=Mark.SQUARE)


def read(client: Client, address: str, status: int = 200) -> str:
    answer = client.get(address)
    assert answer.status_code == status, address
    return " ".join(answer.text.split())


def new_address(principle: Principle) -> str:
    return reverse("amendment_new", args=[principle.set.slug, principle.slug])


def typed(principle: Principle, **facts: object) -> dict[str, object]:
    return {"act": "save", "text": WORDS, "why": WHY, "instead_of": principle.current_wording.pk} | facts


def test_from_a_challenge_to_a_wording(
    client: Client, power: Principle, challenge: Note, ada: Viewer
) -> None:
    client.force_login(ada.person)
    shown = read(client, new_address(power))
    assert "Power is shared.</textarea>" in shown
    assert f'name="notes" value="{challenge.identifier}"' in shown
    assert "Your name, Ada, will stand beside it in public" in shown
    made = client.post(new_address(power), typed(power, notes=[challenge.identifier]))
    amendment = Amendment.objects.get()
    edit, decide = (reverse(f"amendment_{act}", args=[amendment.identifier]) for act in ("edit", "decide"))
    assert made.url == edit
    day = (timezone.localdate() + timedelta(days=7)).isoformat()
    assert client.post(edit, {"act": "open", "until": day}).url == amendment.get_absolute_url()
    client.post(amendment.get_absolute_url(), {"give": "tick"})
    assert 'data-mark="tick" name="take_back"' in read(client, amendment.get_absolute_url())
    client.post(decide, {"decision": "accept", "why": "The challenge is right."})
    assert power.wordings.get(version=2).text == WORDS
    page = read(client, amendment.get_absolute_url())
    for said in (
        "Accepted on",
        "The challenge is right.",
        "who also proposed it",
        "/v/2/",
        "Shared by whom?",
    ):
        assert said in page


def test_a_guest_marks_without_an_account_and_takes_it_back(
    client: Client, power: Principle, ada: Viewer
) -> None:
    address = opened(power, ada).get_absolute_url()
    assert client.post(address, {"give": "square"}).url == f"{address}#marks"
    assert 'data-mark="square" name="take_back"' in read(client, address)
    assert 'data-mark="square" data-n="1"' in read(client, address)
    client.post(address, {"take_back": "square"})
    assert 'data-mark="square" data-n="0"' in read(client, address)


def test_looking_welcomes_nobody(client: Client, power: Principle, ada: Viewer) -> None:
    assert not client.get(opened(power, ada).get_absolute_url()).cookies.get("guest")


@pytest.mark.parametrize("sent", [{}, {"give": "like"}, {"take_back": ""}])
def test_a_mark_that_is_none_is_refused_with_the_page(
    client: Client, power: Principle, ada: Viewer, sent: dict[str, str]
) -> None:
    answer = client.post(opened(power, ada).get_absolute_url(), sent)
    assert answer.status_code == 422
    assert "Choose one of the four marks." in answer.text


@pytest.mark.usefixtures("no_window_ends")
def test_a_flood_of_marks_waits(
    client: Client, power: Principle, ada: Viewer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("outcomes.amendment_views.MARKS", Limit("marks here", 1, 60))
    address = opened(power, ada).get_absolute_url()
    client.post(address, {"give": "tick"})
    answer = client.post(address, {"give": "heart"})
    assert answer.status_code == 429
    assert int(answer["Retry-After"]) <= 60


def test_agreement_on_the_page_stands_beside_challenge(
    client: Client, power: Principle, station: Station, challenge: Note, post_note: Callable, ada: Viewer
) -> None:
    post_note(station, "Shared at last.")
    amendment = opened(power, ada)
    mark_amendment(amendment, "tick", by=ada)
    for address in (amendment.get_absolute_url(), reverse("amendments"), power.get_absolute_url()):
        page = read(client, address)
        assert page.count('data-mark="tick"') <= page.count('data-mark="square"'), address
    page = read(client, amendment.get_absolute_url())
    assert "Shared at last." in page
    assert "Shared by whom?" in page


def test_what_was_withdrawn_or_kept_to_its_board_is_a_number(
    client: Client, power: Principle, station: Station, challenge: Note, post_note: Callable,
    ada: Viewer, ben: Viewer,
) -> None:  # fmt: skip
    kept = post_note(station, "Not for the street.", mark=Mark.SQUARE, public=False)
    gone = post_note(station, "Taken back.", mark=Mark.BUBBLE)
    amendment = opened(power, ada, notes=[challenge, kept, gone])
    withdraw_note(gone, by=ben)
    page = read(client, amendment.get_absolute_url())
    assert "And 1 note whose words are not shown here." in page
    assert "1 note was withdrawn." in page
    assert "Not for the street." not in page
    assert "Taken back." not in page


def test_a_draft_is_not_there_for_others(client: Client, power: Principle, ada: Viewer) -> None:
    draft = proposed(power, ada)
    for person in (None, make_person("Oda", Role.Kind.ORGANISER)):
        if person:
            client.force_login(person)
        for address in (draft.get_absolute_url(), reverse("amendment_decide", args=[draft.identifier])):
            assert client.get(address).status_code in ({404} if person else {404, 302})
        for address in (reverse("amendments"), power.get_absolute_url()):
            assert WORDS not in read(client, address)
    client.force_login(ada.person)
    assert "its author and the stewards see it" in read(client, draft.get_absolute_url())
    assert "Drafts" in read(client, reverse("amendments"))


def test_who_takes_part_can_neither_propose_nor_decide(client: Client, power: Principle, ada: Viewer) -> None:
    amendment = opened(power, ada)
    client.force_login(make_person("Ben"))
    assert client.post(new_address(power), typed(power)).status_code == 403
    for act, status in (("edit", 404), ("decide", 403)):
        address = reverse(f"amendment_{act}", args=[amendment.identifier])
        assert client.post(address, {"decision": "accept", "why": "Yes."}).status_code == status
    assert "Propose other words" not in read(client, power.get_absolute_url())
    assert Amendment.objects.get().state == State.OPEN


def test_what_was_typed_is_kept_beside_the_refusal(
    client: Client, power: Principle, challenge: Note, ada: Viewer
) -> None:
    client.force_login(ada.person)
    answer = client.post(new_address(power), typed(power, why="", notes=[challenge.identifier]))
    assert answer.status_code == 422
    assert f"{WORDS}</textarea>" in answer.text
    assert f'value="{challenge.identifier}" checked' in answer.text
    assert "Say what your words answer" in answer.text


def test_a_wording_that_changed_while_somebody_wrote_is_said_and_kept_on_the_second_press(
    client: Client, power: Principle, ada: Viewer
) -> None:
    client.force_login(ada.person)
    sent = typed(power)
    now = add_wording(power, "Power moves.", by=ada)
    answer = client.post(new_address(power), sent)
    assert answer.status_code == 422
    assert "wording 2 stands now" in answer.text
    assert f'name="instead_of" value="{now.pk}"' in answer.text
    assert client.post(new_address(power), sent | {"instead_of": now.pk}).status_code == 302


def test_a_stale_amendment_says_what_stands_and_can_be_proposed_anew(
    client: Client, power: Principle, challenge: Note, ada: Viewer
) -> None:
    amendment = opened(power, ada, notes=[challenge])
    add_wording(power, "Power moves.", by=ada)
    client.force_login(ada.person)
    decide = reverse("amendment_decide", args=[amendment.identifier])
    answer = client.post(decide, {"decision": "accept", "why": "Yes."})
    assert answer.status_code == 422
    assert "wording 2 stands now" in answer.text
    assert "<del>" in answer.text
    again = f"{new_address(power)}?like={amendment.identifier}"
    assert again in answer.text
    shown = read(client, again)
    assert f"{WORDS}</textarea>" in shown
    assert f'value="{challenge.identifier}" checked' in shown


def test_the_principle_shows_what_is_proposed_and_which_amendment_made_a_wording(
    client: Client, power: Principle, challenge: Note, ada: Viewer
) -> None:
    amendment = opened(power, ada, notes=[challenge])
    assert WORDS in read(client, power.get_absolute_url())
    accept_amendment(amendment, "The challenge is right.", by=ada)
    page = read(client, power.get_absolute_url())
    made = f'Made by <a href="{amendment.get_absolute_url()}">an amendment</a> that answers 1 note.'
    assert made in page
    assert "Answered when it read:" in page
    assert amendment.get_absolute_url() in read(client, power.wordings.get(version=2).get_absolute_url())
    assert "Power is shared." in read(client, power.wordings.get(version=1).get_absolute_url())


def test_a_note_says_what_it_answered_and_its_board_and_files_agree(
    client: Client, power: Principle, challenge: Note, ada: Viewer
) -> None:
    accept_amendment(opened(power, ada, notes=[challenge]), "The challenge is right.", by=ada)
    note = read(client, challenge.get_absolute_url())
    assert "Answered when it read" in note
    assert "From what the note answered to" in note
    assert "1 note here answered" in read(client, challenge.board.get_absolute_url())
    kept = b"".join(client.get(reverse("notes_jsonl", args=[challenge.board.event.slug]))).decode()
    assert json.loads(kept.splitlines()[-1])["wording_versions"] == [1]


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_takes_as_many_queries_for_one_amendment_as_for_three(
    client: Client, power: Principle, ada: Viewer, django_assert_num_queries: Callable, number: int
) -> None:
    for n in range(number):
        amendment = opened(power, ada, f"Power, said in way {n}.")
    decline_amendment(amendment, "Too vague.", by=ada)
    with django_assert_num_queries(3):
        client.get(reverse("amendments"))


@pytest.mark.parametrize("number", [1, 3])
def test_an_amendment_takes_as_many_queries_for_one_note_as_for_three(
    client: Client, power: Principle, station: Station, post_note: Callable, ada: Viewer,
    django_assert_num_queries: Callable, number: int,
) -> None:  # fmt: skip
    notes = [post_note(station, f"Who, {n}?", mark=Mark.SQUARE) for n in range(number)]
    amendment = opened(power, ada, notes=notes)
    with django_assert_num_queries(13):
        client.get(amendment.get_absolute_url())


def test_many_notes_stay_usable(
    client: Client, power: Principle, station: Station, post_note: Callable, ada: Viewer
) -> None:
    notes = [
        post_note(station, f"Who, {n}?", mark=Mark.SQUARE, by=Viewer(guest_key=str(n))) for n in range(60)
    ]
    amendment = opened(power, ada, notes=notes)
    page = read(client, amendment.get_absolute_url())
    assert "Page 1 of 2" in page
