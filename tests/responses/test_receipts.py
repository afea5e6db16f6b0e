"""Receipts, and the notes of a cookie: seeing, correcting, withdrawing."""

from collections.abc import Callable
from uuid import uuid4

import pytest
from django.test import Client, override_settings

from coproduce.identifiers import in_fours, is_plausible
from people.guests import Viewer
from responses.models import Note, Station
from responses.receipts import hash_of, receipt_for, receipt_of

from .conftest import Send

pytestmark = pytest.mark.django_db
Post = Callable[..., Note]


def receipt_address(note: Note) -> str:
    return f"/receipt/{receipt_for(note.key)}/"


def misread(code: str) -> str:
    """The code as somebody types it who takes its digits for letters."""
    return code.replace("0", "O").replace("1", "l")


def test_a_receipt_checks_itself_and_is_the_same_each_time() -> None:
    key = uuid4()
    assert receipt_for(key) == receipt_for(key) != receipt_for(uuid4())
    assert is_plausible(receipt_for(key))
    assert len(receipt_for(key)) == 16


def test_a_receipt_is_understood_in_any_case_and_spacing() -> None:
    receipt = receipt_for(uuid4())
    for typed in (receipt.upper(), in_fours(receipt), f"  {in_fours(receipt).replace('-', ' ')} \n"):
        assert hash_of(typed) == hash_of(receipt)


def test_the_database_holds_no_receipt(station: Station, post_note: Post) -> None:
    note = post_note(station)
    receipt = receipt_for(note.key)
    assert not any(receipt in str(value) for value in Note.objects.values_list().get())


def test_a_receipt_outlives_the_rotation_of_the_secret(
    client: Client, station: Station, post_note: Post
) -> None:
    with override_settings(SECRET_KEY="the old one"):
        note = post_note(station)
        receipt = receipt_for(note.key)
    with override_settings(SECRET_KEY="the new one", SECRET_KEY_FALLBACKS=["the old one"]):
        assert receipt_of(note.key, note.receipt_hash) == receipt
    with override_settings(SECRET_KEY="the new one", SECRET_KEY_FALLBACKS=[]):
        assert receipt_of(note.key, note.receipt_hash) == ""
        assert client.get(f"/receipt/{receipt}/").status_code == 200


def test_a_note_sent_again_after_the_secret_went_lands_without_a_receipt_link(
    client: Client, station: Station, send: Send
) -> None:
    key = uuid4()
    send(client, station, key, words="Once.")
    Note.objects.update(receipt_hash="of a secret nobody has")
    page = client.get(send(client, station, key, words="Once.").url)
    assert "It is on the wall." in page.text
    assert "/receipt//" not in page.text


@pytest.mark.parametrize("dress", [str.upper, in_fours, lambda code: code.replace("", " "), misread])
def test_typing_a_receipt_from_paper_finds_the_note(
    client: Client, station: Station, post_note: Post, dress: Callable[[str], str]
) -> None:
    note = post_note(station, "Mine alone.", public=False)
    page = client.post("/receipt/", {"code": dress(receipt_for(note.key))}, follow=True)
    assert "Mine alone." in page.text


def test_a_receipt_that_fits_nothing_says_what_may_be_wrong(client: Client) -> None:
    well_formed = receipt_for(uuid4())
    swapped = well_formed[:-1] + ("0" if well_formed[-1] != "0" else "1")
    for code, hint in ((well_formed, "well formed"), (swapped, "misread")):
        page = client.post("/receipt/", {"code": code})
        assert (page.status_code, hint in page.text, code in page.text) == (404, True, True)
    assert client.post("/receipt/", {"code": ""}).status_code == 422


def test_looking_at_a_receipt_changes_nothing_and_is_kept_nowhere(
    client: Client, station: Station, post_note: Post
) -> None:
    note = post_note(station)
    for address in (receipt_address(note), f"{receipt_address(note)}withdraw/"):
        before = Note.objects.values().get()
        for page in (client.get(address), client.head(address)):
            assert "no-store" in page["Cache-Control"]
            assert page["Referrer-Policy"] == "same-origin"
        assert Note.objects.values().get() == before


def test_words_are_corrected_with_the_receipt(client: Client, station: Station, post_note: Post) -> None:
    note = post_note(station, "Frist.")
    page = client.post(receipt_address(note), {"act": "correct", "words": "First."}, follow=True)
    assert "Corrected." in page.text
    assert "First." in page.text
    assert note.readings.count() == 2


@pytest.mark.parametrize("words", ["", "   ", "n" * 1001])
def test_a_correction_that_cannot_be_made_keeps_what_was_typed(
    client: Client, station: Station, post_note: Post, words: str
) -> None:
    page = client.post(receipt_address(post_note(station)), {"act": "correct", "words": words})
    assert page.status_code == 422
    assert 'class="summary"' in page.text
    assert words.strip() in page.text


def test_consent_is_changed_with_the_receipt(client: Client, station: Station, post_note: Post) -> None:
    note = post_note(station, public=False, research=False)
    client.post(receipt_address(note), {"act": "consent", "public": "on"})
    note.refresh_from_db()
    assert (note.consent.public, note.consent.research) == (True, False)
    client.post(receipt_address(note), {"act": "consent"})
    note.refresh_from_db()
    assert not note.consent.public


def test_a_note_is_taken_down_after_one_question_and_only_once(
    client: Client, station: Station, post_note: Post
) -> None:
    note = post_note(station, "Canary.")
    question = client.get(f"{receipt_address(note)}withdraw/")
    assert "Take your note down?" in question.text
    gone = client.post(f"{receipt_address(note)}withdraw/", follow=True)
    assert "was withdrawn on" in gone.text
    assert "Canary." not in gone.text
    again = client.post(f"{receipt_address(note)}withdraw/")
    assert again.status_code == 422
    assert "withdrawn before" in again.text
    late = client.post(receipt_address(note), {"act": "correct", "words": "Back again."})
    assert late.status_code == 422


def test_a_mark_alone_is_taken_back(client: Client, station: Station, post_note: Post) -> None:
    note = post_note(station, "")
    assert "It is counted no longer." in client.get(f"{receipt_address(note)}withdraw/").text
    client.post(f"{receipt_address(note)}withdraw/")
    note.refresh_from_db()
    assert note.ending == "taken_back"


def test_an_imported_note_has_no_receipt(client: Client, station: Station, post_note: Post) -> None:
    post_note(station)
    Note.objects.update(receipt_hash=None)
    for code in ("", " ", "!", "None"):
        assert client.post("/receipt/", {"code": code}).status_code in (404, 422)


def test_my_notes_are_those_of_this_browser_and_show_their_receipts(
    client: Client, station: Station, post_note: Post, send: Send
) -> None:
    post_note(station, "Of somebody else.")
    send(client, station, words="Of my own.")
    note = Note.objects.latest("pk")
    page = client.get("/my-notes/").text
    assert "Of my own." in page
    assert "Of somebody else." not in page
    assert in_fours(receipt_for(note.key)) in client.get(f"/my-notes/{note.identifier}/").text


def test_my_notes_are_those_of_my_account(
    signed_in: Callable[[Viewer], Client], station: Station, ada: Viewer, post_note: Post
) -> None:
    post_note(station, "Said by Ada.", by=ada)
    browser = signed_in(ada)
    assert "Said by Ada." in browser.get("/my-notes/").text
    note = Note.objects.get()
    browser.post(f"/my-notes/{note.identifier}/withdraw/")
    assert "Withdrawn by whoever wrote it" in browser.get("/my-notes/").text
    assert "Said by Ada." not in browser.get("/my-notes/").text


def test_nobody_has_notes_and_is_told_where_else_to_look(client: Client) -> None:
    page = client.get("/my-notes/").text
    assert "No note was left from this browser" in page
    assert 'href="/receipt/"' in page


@pytest.mark.parametrize("address", ["", "withdraw/"])
def test_the_note_of_another_browser_is_not_there(
    client: Client, station: Station, post_note: Post, send: Send, address: str
) -> None:
    theirs = post_note(station)
    send(client, station, words="Mine.")
    for browser in (client, Client()):
        assert browser.get(f"/my-notes/{theirs.identifier}/{address}").status_code == 404
        assert browser.post(f"/my-notes/{theirs.identifier}/{address}").status_code == 404
    theirs.refresh_from_db()
    assert theirs.withdrawn_at is None


def test_my_notes_take_as_many_queries_for_one_as_for_three(
    client: Client, station: Station, send: Send, django_assert_num_queries: Callable
) -> None:
    send(client, station, words="One.")
    client.get("/my-notes/")
    with django_assert_num_queries(1):
        client.get("/my-notes/")
    for words in ("Two.", "Three."):
        send(client, station, words=words)
    client.get("/my-notes/")
    with django_assert_num_queries(1):
        client.get("/my-notes/")
