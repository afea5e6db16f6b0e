"""Who sees a note: one rule, on every page of a board."""

import re
from collections.abc import Callable

import pytest
from django.test import Client
from django.utils import timezone

from people.guests import Viewer
from people.models import Person, Role
from responses.board import withdraw_note
from responses.models import Note, Participant, Reading, Station
from responses.tallies import tally_of_board

from .conftest import Send

pytestmark = pytest.mark.django_db
Post = Callable[..., Note]
CANARY = "zeitgeber"
# Masked anew in each answer.
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="\w+"')


@pytest.fixture
def kept(station: Station, post_note: Post) -> Note:
    """A note whose writer ticked nothing."""
    return post_note(station, CANARY, public=False, research=False)


def addresses(note: Note) -> list[str]:
    board = note.board.get_absolute_url()
    return [
        board,
        f"{board}?mark=tick",
        f"{board}?order=contested",
        f"{board}answer/",
        f"{board}answer/POW/",
        note.get_absolute_url(),
        f"{note.get_absolute_url()}v/1/",
        f"{note.get_absolute_url()}take-down/",
        f"/my-notes/{note.identifier}/",
        "/my-notes/",
    ]


def sees(client: Client, note: Note) -> set[str]:
    return {address for address in addresses(note) if CANARY in client.get(address, follow=True).text}


def test_a_stranger_finds_no_word_of_a_note_that_is_kept_to_its_board(client: Client, kept: Note) -> None:
    assert sees(client, kept) == set()
    assert client.get(kept.get_absolute_url()).status_code == 404
    assert client.get(f"{kept.get_absolute_url()}v/1/").status_code == 404


def test_strangers_with_accounts_find_no_word_of_it_either(
    client: Client, kept: Note, researcher: Viewer
) -> None:
    other = Person.objects.create_user("olu@example.org", name="Olu")
    Role.objects.create(person=other, kind=Role.Kind.ORGANISER)
    for person in (researcher.person, other):
        client.force_login(person)
        assert sees(client, kept) == set()


def test_a_kept_note_counts_and_the_page_says_how_many_are_kept(client: Client, kept: Note) -> None:
    page = client.get(kept.board.get_absolute_url()).text
    assert "1 note is kept by those who were there" in page
    assert tally_of_board(kept.board).total == 1


def test_those_in_the_room_and_those_who_run_the_event_see_it(
    client: Client, kept: Note, send: Send, ada: Viewer, steward: Viewer
) -> None:
    send(client, kept.station)
    assert sees(client, kept) == set(), "answering from elsewhere is not being at the event"
    Participant.objects.filter(activity=kept.board).update(joined_at=timezone.now())
    assert kept.board.get_absolute_url() in sees(client, kept)
    assert kept.get_absolute_url() in sees(client, kept)
    for viewer in (ada, steward):
        browser = Client()
        browser.force_login(viewer.person)
        seen = sees(browser, kept)
        assert {kept.board.get_absolute_url(), f"{kept.get_absolute_url()}v/1/"} <= seen


def test_taking_part_in_another_board_shows_nothing_of_this_one(
    client: Client, kept: Note, make_board: Callable, send: Send
) -> None:
    send(client, make_board(slug="other", event=kept.board.event).stations.get())
    assert sees(client, kept) == set()


def test_unknown_and_forbidden_notes_are_answered_alike(client: Client, kept: Note) -> None:
    address = kept.get_absolute_url()
    forbidden = client.get(address)
    Note.objects.filter(pk=kept.pk).update(identifier="0000000000")
    unknown = client.get(address)
    assert forbidden.status_code == unknown.status_code == 404
    assert TOKEN.sub("", forbidden.text) == TOKEN.sub("", unknown.text)


def test_a_withdrawn_note_is_seen_by_nobody_on_any_page(
    client: Client, station: Station, post_note: Post, ben: Viewer, ada: Viewer
) -> None:
    note = post_note(station, CANARY)
    assert len(sees(client, note)) > 4
    withdraw_note(note, by=ben)
    client.force_login(ada.person)
    for browser in (client, Client()):
        assert sees(browser, note) == set()
        assert browser.get(note.get_absolute_url()).status_code == 410
        assert browser.get(f"{note.get_absolute_url()}v/1/").status_code == 410
    assert not Reading.objects.filter(text__contains=CANARY).exists()


def test_the_tombstone_of_a_kept_note_is_for_those_who_could_see_it(
    client: Client, kept: Note, ben: Viewer, ada: Viewer
) -> None:
    withdraw_note(kept, by=ben)
    assert client.get(kept.get_absolute_url()).status_code == 404
    client.force_login(ada.person)
    assert client.get(kept.get_absolute_url()).status_code == 410


def test_notes_of_a_draft_show_only_to_those_who_run_it(
    client: Client, station: Station, post_note: Post, ada: Viewer
) -> None:
    note = post_note(station, CANARY)
    event = station.board.event
    event.status = "draft"
    event.save()
    assert sees(client, note) == set()
    client.force_login(ada.person)
    assert note.get_absolute_url() in sees(client, note)
