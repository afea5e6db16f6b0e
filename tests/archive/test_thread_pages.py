"""The pages and files of a thread: opened by cookie, account or receipt, and kept by nobody."""

import json
import xml.etree.ElementTree as ET
from collections.abc import Callable
from uuid import uuid4

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from archive.thread.kept import COOKIE, MOST, keep_codes
from archive.thread_views import FILES
from coproduce.identifiers import in_fours
from outcomes.decisions import draft_decision
from outcomes.statements import draft_statement
from people.guests import Viewer
from responses.following import follow_address
from responses.models import Note, Station
from responses.receipts import receipt_for
from tests.drawings import come_as
from tests.outcomes.makers import decided, heard

pytestmark = pytest.mark.django_db
ADDRESS, ATOM = "/my-thread/", "{http://www.w3.org/2005/Atom}"
Post = Callable[..., Note]


@pytest.fixture
def note(station: Station, post_note: Post) -> Note:
    return post_note(station, "Say who decides about tawnygrebe.")


@pytest.fixture
def receipt(note: Note) -> str:
    return receipt_for(note.key)


@pytest.fixture
def within_a_minute(monkeypatch: pytest.MonkeyPatch) -> None:
    """Wrong receipts are counted by the minute: no minute ends while a test runs."""
    monkeypatch.setattr("people.limits.time.time", lambda: 1_800_000_000)


def titles(client: Client, note: Note) -> list[str]:
    """What the feed of a note says, the newest first."""
    path = "/" + follow_address(note).partition("://")[2].partition("/")[2]
    tree = ET.fromstring(client.get(path).content)
    return [entry.findtext(f"{ATOM}title", "") for entry in tree.iter(f"{ATOM}entry")]


def test_the_page_shows_a_guest_what_they_said_and_what_came_of_it(
    client: Client, note: Note, ben: Viewer, ada: Viewer
) -> None:
    decision = decided(heard(note, ada), "will_do", ada)
    page = come_as(client, ben).get(ADDRESS).text
    for said in (
        note.text,
        "People ask who decides.",
        decision.get_absolute_url(),
        "We will do it",
        "Answered",
    ):
        assert said in page, said


def test_a_stranger_finds_an_empty_thread_and_where_to_type_a_receipt(client: Client, note: Note) -> None:
    page = client.get(ADDRESS).text
    assert note.text not in page
    assert "Nothing was left from this browser" in page
    assert 'name="code"' in page


@pytest.mark.parametrize("address", [ADDRESS, "{}export/thread.json", "/receipt/{}/thread/"])
def test_no_thread_is_kept_by_a_cache_or_found_by_a_search(
    client: Client, ben: Viewer, receipt: str, address: str
) -> None:
    answer = come_as(client, ben).get(address.format(ADDRESS if "export" in address else receipt))
    assert answer.status_code == 200
    assert "no-store" in answer["Cache-Control"]
    assert "private" in answer["Cache-Control"]
    assert "noindex" in answer.get("X-Robots-Tag", "") + answer.text


# Receipts that are added


def test_a_receipt_typed_from_paper_joins_the_thread_by_a_signed_cookie(
    client: Client, note: Note, receipt: str
) -> None:
    answer = client.post(ADDRESS, {"code": in_fours(receipt).upper()})
    assert (answer.status_code, answer.url) == (302, ADDRESS)
    cookie = answer.cookies[COOKIE]
    assert (cookie["httponly"], cookie["samesite"], cookie["path"]) == (True, "Lax", ADDRESS)
    assert note.text in client.get(ADDRESS).text


def test_a_cookie_that_this_site_did_not_sign_opens_nothing(client: Client, note: Note, receipt: str) -> None:
    keep_codes(kept := HttpResponse(), [receipt])
    signed = kept.cookies[COOKIE].value
    for forged in (receipt, f"{receipt}:x", f"{receipt}.{signed}", signed[:-1]):
        client.cookies[COOKIE] = forged
        assert note.text not in client.get(ADDRESS).text
    client.cookies[COOKIE] = signed
    assert note.text in client.get(ADDRESS).text


def test_two_receipts_on_two_devices_open_each_its_own(
    note: Note, receipt: str, station: Station, post_note: Post, dee: Viewer
) -> None:
    other = post_note(station, "Leave it be, coldharrier.", by=dee)
    first, second = Client(), Client()
    first.post(ADDRESS, {"code": receipt})
    second.post(ADDRESS, {"code": receipt_for(other.key)})
    for route in (ADDRESS, f"{ADDRESS}export/thread.json", f"{ADDRESS}export/thread.csv"):
        mine, theirs = first.get(route).text, second.get(route).text
        assert ("tawnygrebe" in mine, "coldharrier" in mine) == (True, False)
        assert ("tawnygrebe" in theirs, "coldharrier" in theirs) == (False, True)


@pytest.mark.usefixtures("within_a_minute")
def test_a_wrong_receipt_is_told_and_counted_against_the_network(client: Client, note: Note) -> None:
    answer = client.post(ADDRESS, {"code": "wrong"})
    assert answer.status_code == 422
    assert "Nothing here has this receipt" in answer.text
    assert 'value="wrong"' in answer.text
    assert COOKIE not in answer.cookies
    tried = [client.post(ADDRESS, {"code": receipt_for(uuid4())}).status_code for _ in range(10)]
    assert tried == [422] * 9 + [429]


@pytest.mark.usefixtures("within_a_minute")
@pytest.mark.parametrize("address", ["/receipt/{}/thread/", "/receipt/{}/thread/thread.csv"])
def test_a_wrong_receipt_in_an_address_opens_nothing_and_is_counted(client: Client, address: str) -> None:
    tried = [client.get(address.format(receipt_for(uuid4()))).status_code for _ in range(11)]
    assert tried == [404] * 10 + [429]


def test_a_device_keeps_twenty_receipts_and_each_once(
    client: Client, station: Station, post_note: Post, ada: Viewer
) -> None:
    codes = [
        receipt_for(post_note(station, f"Words {n}.", by=Viewer(guest_key=str(n))).key) for n in range(21)
    ]
    for code in [codes[0], *codes[:MOST]]:
        assert client.post(ADDRESS, {"code": code}).status_code == 302
    answer = client.post(ADDRESS, {"code": codes[20]})
    assert answer.status_code == 422
    assert "keeps 20 receipts already" in answer.text
    assert client.get(ADDRESS).text.count("<article") == MOST
    assert len(client.cookies[COOKIE].OutputString()) < 4000


def test_a_device_forgets_the_receipts_when_it_is_told(client: Client, note: Note, receipt: str) -> None:
    client.post(ADDRESS, {"code": receipt})
    assert client.post(ADDRESS, {"act": "forget"}).status_code == 302
    assert note.text not in client.get(ADDRESS).text
    assert note.text in client.get(f"/receipt/{receipt}/thread/").text


def test_looking_changes_nothing(client: Client, receipt: str) -> None:
    answer = client.get(ADDRESS, {"act": "forget", "code": receipt})
    assert COOKIE not in answer.cookies
    assert "tawnygrebe" not in answer.text


# One receipt, series, files


def test_a_receipt_has_a_page_of_what_came_of_it(
    client: Client, note: Note, receipt: str, ada: Viewer
) -> None:
    heard(note, ada)
    page = client.get(f"/receipt/{receipt}/thread/").text
    for said in (note.text, "People ask who decides.", in_fours(receipt), "not decided yet"):
        assert said in page, said
    assert f"/receipt/{receipt}/thread/" in client.get(f"/receipt/{receipt}/").text


def test_a_series_is_asked_for_by_its_address(client: Client, note: Note, ben: Viewer) -> None:
    come_as(client, ben)
    assert note.text not in client.get(ADDRESS, {"series": "no-such"}).text
    assert note.text not in client.get(f"{ADDRESS}export/thread.csv", {"series": "no-such"}).text


@pytest.mark.parametrize("name", FILES)
def test_each_file_is_an_attachment_with_ones_own_words(
    client: Client, note: Note, receipt: str, ben: Viewer, name: str
) -> None:
    for address in (f"{ADDRESS}export/{name}", f"/receipt/{receipt}/thread/{name}"):
        answer = come_as(client, ben).get(address)
        assert answer["Content-Disposition"] == f'attachment; filename="{name}"'
        assert note.text in answer.text
        assert receipt not in answer.text


def test_a_file_there_is_not_is_not_found(client: Client, receipt: str) -> None:
    for address in (f"{ADDRESS}export/thread.exe", f"/receipt/{receipt}/thread/thread.exe"):
        assert client.get(address).status_code == 404


def test_the_file_for_spreadsheets_holds_nothing_that_acts(
    client: Client, station: Station, post_note: Post, ben: Viewer
) -> None:
    post_note(station, "=1+1")
    come_as(client, ben)
    assert '"\'=1+1"' in client.get(f"{ADDRESS}export/thread-for-spreadsheets.csv").text
    (part,) = json.loads(client.get(f"{ADDRESS}export/thread.json").content)["thread"]
    assert part["pieces"][0]["words"] == "=1+1"


@pytest.mark.parametrize("number", [1, 3])
def test_the_queries_of_the_page_do_not_grow(
    client: Client, station: Station, post_note: Post, ben: Viewer, ada: Viewer, number: int,
    django_assert_num_queries: Callable,
) -> None:  # fmt: skip
    for each in range(number):
        decided(heard(post_note(station, f"Words {each}"), ada, f"Heard {each}"), "done", ada, f"Done {each}")
    come_as(client, ben)
    with django_assert_num_queries(19):
        client.get(ADDRESS)


# Ways to it, and the feed of a note


def test_there_is_a_way_to_the_thread_from_what_is_ones_own(
    client: Client, note: Note, receipt: str, ben: Viewer, ada: Viewer
) -> None:
    come_as(client, ben)
    for address in ("/my-notes/", f"/my-notes/{note.identifier}/", "/receipt/"):
        assert f'href="{ADDRESS}' in client.get(address).text, address
    client.force_login(ada.person)
    assert f'href="{ADDRESS}"' in client.get(reverse("own_data")).text


def test_the_feed_of_a_note_tells_what_came_of_it_without_a_word_of_anybody(
    client: Client, note: Note, ada: Viewer
) -> None:
    decided(heard(note, ada), "will_do", ada)
    assert titles(client, note)[:2] == [
        "It was decided: We will do it.",
        "The organisers said they heard it.",
    ]
    path = "/" + follow_address(note).partition("://")[2].partition("/")[2]
    feed = client.get(path).text
    for words in (note.text, "People ask who decides.", "We print a list."):
        assert words not in feed


def test_the_feed_of_a_note_tells_nothing_of_drafts(client: Client, note: Note, ada: Viewer) -> None:
    before = titles(client, note)
    statement = draft_statement(note.board.event, "We heard.", by=ada, notes=[note])
    draft_decision(note.board.event, "done", "Done.", by=ada, statements=[statement])
    assert titles(client, note) == before
