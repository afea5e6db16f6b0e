"""Answering in a browser without JavaScript."""

import re
from collections.abc import Callable
from http.cookies import SimpleCookie
from uuid import uuid4

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext

from people.consent import WORDINGS
from people.guests import Viewer
from principles.models import PrincipleSet
from responses.board import correct_note, withdraw_note
from responses.models import Board, Note, Station
from responses.receipts import receipt_of
from responses.room import close_activity

from .conftest import Send, answer_address

pytestmark = pytest.mark.django_db
Last = Callable[[], Note]


def hidden(page: HttpResponse, name: str) -> str:
    return re.search(rf'name="{name}" value="([^"]+)"', page.text)[1]


def guest_of(client: Client, board: Board) -> Viewer:
    return Viewer(guest_key=client.cookies["guest"].value.split(":")[0])


def test_a_first_note_is_three_screens_and_no_account_away(
    client: Client, station: Station, last_note: Last
) -> None:
    wall = client.get(station.board.get_absolute_url())
    choosing = re.search(r'href="([^"]+/answer/)"', wall.text)[1]
    form = re.search(r'href="([^"]+/answer/POW/)"', client.get(choosing).text)[1]
    page = client.get(form)
    answered = client.post(form, {"mark": "square", "words": "Who pays?", "key": hidden(page, "key")})
    note = last_note()
    assert answered.url == f"{station.board.get_absolute_url()}live/?station=POW#{note.identifier}"
    landed = client.get(answered.url).text
    assert f'id="{note.identifier}"' in landed
    assert "Who pays?" in landed
    assert f'href="/receipt/{receipt_of(note.key, note.receipt_hash)}/"' in landed


def test_the_browser_may_keep_the_form_and_with_it_the_key_of_its_note(
    client: Client, station: Station
) -> None:
    page = client.get(answer_address(station))
    assert page["Cache-Control"] == "private, no-cache"
    assert "guest" in page.cookies


def test_reading_the_form_changes_nothing_in_the_database(client: Client, station: Station) -> None:
    with CaptureQueriesContext(
        connection,
    ) as caught:
        client.get(answer_address(station))
    assert not [q["sql"] for q in caught if not q["sql"].startswith("SELECT")]


def test_each_mark_stands_with_its_meaning_and_nothing_is_chosen_beforehand(
    client: Client, station: Station
) -> None:
    page = client.get(answer_address(station)).text
    for words in ("Agree", "I challenge or disagree", *WORDINGS[-1], "With neither"):
        assert words in page
    assert " checked" not in page
    assert "Mark not recorded" not in page


def test_the_form_shows_the_wording_that_is_answered(
    client: Client, station: Station, make_set: Callable[..., PrincipleSet]
) -> None:
    station.pairings.create(principle=make_set().principles.first())
    assert "Power is shared." in client.get(answer_address(station)).text


@pytest.mark.parametrize(
    ("ticked", "public", "research"),
    [({}, False, False), ({"public": "on"}, True, False), ({"public": "on", "research": "on"}, True, True)],
)
def test_consent_is_what_was_ticked(
    client: Client, station: Station, send: Send, last_note: Last, ticked: dict, public: bool, research: bool
) -> None:
    send(client, station, **ticked)
    consent = last_note().consent
    assert (consent.public, consent.research, consent.wording.version) == (public, research, len(WORDINGS))


def test_a_form_without_a_mark_keeps_everything_that_was_typed(
    client: Client, station: Station, send: Send
) -> None:
    key = uuid4()
    page = send(client, station, key, mark="", words="Keep <me>", public="on")
    assert page.status_code == 422
    assert 'class="summary" role="alert"' in page.text
    assert "Keep &lt;me&gt;" in page.text
    assert hidden(page, "key") == str(key)
    assert re.search(r'name="public"[^>]* checked', page.text)
    assert not Note.objects.exists()


def test_words_that_do_not_fit_are_kept_on_the_page(client: Client, station: Station, send: Send) -> None:
    page = send(client, station, words="n" * 1001)
    assert page.status_code == 422
    assert "n" * 1001 in page.text
    assert "1001 characters" in page.text


def test_words_for_a_board_that_closed_in_between_are_kept_on_the_page(
    client: Client, station: Station, send: Send
) -> None:
    client.get(answer_address(station))
    close_activity(station.board, by=None)
    page = send(client, station, words="I was typing this.")
    assert page.status_code == 422
    assert "I was typing this." in page.text
    assert "closed, so the note was not added" in page.text


def test_a_closed_board_says_so_and_offers_no_form(client: Client, station: Station) -> None:
    close_activity(station.board, by=None)
    page = client.get(answer_address(station)).text
    assert "closed" in page
    assert "Stick it up" not in page


@pytest.mark.parametrize("key", ["", "not a key"])
def test_a_form_that_lost_its_key_is_still_a_note(
    client: Client, station: Station, send: Send, key: str
) -> None:
    address = answer_address(station)
    client.get(address)
    assert client.post(address, {"mark": "heart", "key": key}).status_code == 302
    assert Note.objects.count() == 1


def test_sending_the_same_form_twice_gives_the_same_note_and_receipt(
    client: Client, station: Station, send: Send
) -> None:
    key = uuid4()
    first, again = (send(client, station, key, words="Once.") for _ in range(2))
    assert first.url == again.url
    assert Note.objects.count() == 1


def test_a_first_note_whose_answer_was_lost_can_be_sent_again(client: Client, station: Station) -> None:
    address = answer_address(station)
    client.get(address)
    cookies, typed = client.cookies.output(), {"mark": "tick", "words": "Once.", "key": str(uuid4())}
    sent = client.post(address, typed)
    client.cookies = SimpleCookie(cookies.replace("Set-Cookie: ", ""))
    assert client.post(address, typed).url == sent.url
    assert Note.objects.count() == 1


def test_a_form_sent_again_after_a_correction_is_still_the_same_note(
    client: Client, station: Station, send: Send, last_note: Last
) -> None:
    key = uuid4()
    send(client, station, key, words="Once.")
    correct_note(last_note(), "Once and for all.", by=guest_of(client, station.board))
    assert send(client, station, key, words="Once.").status_code == 302
    assert last_note().text == "Once and for all."


def test_another_note_from_the_back_button_is_not_lost(client: Client, station: Station, send: Send) -> None:
    key = uuid4()
    send(client, station, key, words="First.")
    page = send(client, station, key, words="Second.")
    assert page.status_code == 422
    assert "Second." in page.text
    assert "POW-01" in page.text
    send(client, station, hidden(page, "key"), words="Second.")
    assert set(Note.objects.values_list("text", flat=True)) == {"First.", "Second."}


def test_a_form_sent_again_does_not_bring_a_withdrawn_note_back(
    client: Client, station: Station, send: Send, last_note: Last
) -> None:
    key = uuid4()
    send(client, station, key, words="Gone.")
    withdraw_note(last_note(), by=guest_of(client, station.board))
    assert send(client, station, key, words="Gone.").status_code == 422
    assert not Note.objects.standing().exists()


def test_pressing_a_mark_twice_says_so_and_offers_to_take_it_back(
    client: Client, station: Station, send: Send, last_note: Last
) -> None:
    send(client, station)
    page = client.get(send(client, station).url)
    assert Note.objects.count() == 1
    assert "It counts once." in page.text
    assert f'href="/my-notes/{last_note().identifier}/withdraw/"' in page.text


def test_two_tabs_of_one_visitor_both_send(client: Client, station: Station) -> None:
    browser = Client(enforce_csrf_checks=True)
    address = answer_address(station)
    tabs = [browser.get(address) for _ in range(2)]
    for number, tab in enumerate(tabs):
        typed = {"mark": "tick", "words": f"Tab {number}", "key": hidden(tab, "key")}
        typed["csrfmiddlewaretoken"] = hidden(tab, "csrfmiddlewaretoken")
        assert browser.post(address, typed).status_code == 302
    assert Note.objects.values("participant").distinct().count() == 1


def test_a_form_without_its_token_gives_the_words_back(station: Station) -> None:
    browser = Client(enforce_csrf_checks=True)
    page = browser.post(answer_address(station), {"mark": "tick", "words": "Typed with care."})
    assert page.status_code == 403
    assert "Typed with care." in page.text


def test_a_form_opened_before_the_secret_was_rotated_can_be_sent(station: Station) -> None:
    browser, address = Client(enforce_csrf_checks=True), answer_address(station)
    with override_settings(SECRET_KEY="the old one"):
        page = browser.get(address)
    typed = {name: hidden(page, name) for name in ("key", "csrfmiddlewaretoken")} | {"mark": "tick"}
    with override_settings(SECRET_KEY="the new one", SECRET_KEY_FALLBACKS=["the old one"]):
        assert browser.post(address, typed).status_code == 302
    assert Note.objects.get().participant.token == station.board.token_of(guest_of(browser, station.board))


def test_a_forged_guest_cookie_is_nobody(client: Client, station: Station, send: Send) -> None:
    client.cookies = SimpleCookie({"guest": "somebody-else:abc:def"})
    send(client, station)
    assert client.cookies["guest"].value.split(":")[0] != "somebody-else"


def test_choosing_a_station_tells_what_is_there_and_what_one_left(
    client: Client, make_board: Callable[..., Board], send: Send
) -> None:
    board = make_board("Power", "Time")
    send(client, board.stations.first(), words="One.")
    page = client.get(f"{board.get_absolute_url()}answer/").text
    assert "1 note so far. You left 1." in page
    assert "0 notes so far." in page


def test_choosing_a_station_takes_as_many_queries_for_one_as_for_three(
    client: Client, make_board: Callable[..., Board], django_assert_num_queries: Callable
) -> None:
    for slug, headings in (("one", ["Power"]), ("three", ["Power", "Time", "Place"])):
        board = make_board(
            *headings, slug=slug, **({"event": Board.objects.get().event} if slug == "three" else {})
        )
        with django_assert_num_queries(4):
            client.get(f"{board.get_absolute_url()}answer/")


@pytest.mark.parametrize("address", ["answer/", "answer/POW/", ""])
def test_the_board_of_a_draft_is_not_there_for_guests(
    client: Client, station: Station, address: str, django_user_model: type
) -> None:
    event = station.board.event
    event.status = "draft"
    event.save()
    assert client.get(f"{station.board.get_absolute_url()}{address}").status_code == 404


def test_an_unknown_heading_is_not_there(client: Client, board: Board) -> None:
    assert client.get(f"{board.get_absolute_url()}answer/XXX/").status_code == 404


def test_a_choice_answers_the_sentences_that_were_read(
    client: Client, station: Station, monkeypatch: pytest.MonkeyPatch
) -> None:
    """New sentences come into use between opening the form and sending it."""
    address = answer_address(station)
    form = client.get(address).context["form"]
    carried = {"key": form["key"].value(), "asked": form["asked"].value(), "shown": ""}
    monkeypatch.setattr("people.consent.WORDINGS", (*WORDINGS, ("New, public.", "New, research.")))
    monkeypatch.setattr("responses.forms.WORDINGS", (*WORDINGS, ("New, public.", "New, research.")))
    assert WORDINGS[0][0] in client.post(address, {**carried, "public": "on"}).text
    client.post(address, {**carried, "mark": "tick", "public": "on"})
    assert Note.objects.get().consent.wording.version == 1
    assert "New, public." in client.get(address).text


@pytest.mark.parametrize("odd", ["0", "99", "-1", "two", ""])
def test_a_form_that_names_no_sentences_of_ours_asked_the_latest(
    client: Client, station: Station, odd: str
) -> None:
    address = answer_address(station)
    client.post(address, {"mark": "tick", "asked": odd, "key": str(uuid4())})
    assert Note.objects.get().consent.wording.version == len(WORDINGS)
