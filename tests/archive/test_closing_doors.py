"""After a breach one command ends every way in, says what it did, and leaves the record as it was."""

from collections.abc import Callable

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from archive.closing_doors import DOORS, STILL_OPEN, close_doors
from archive.models import ExportJob
from events.invitations import invite
from events.models import Duty, Invitation
from people.guests import Viewer
from responses.models import Activity, Asking, Board, Note
from responses.readings.asking import asking_under
from responses.room import open_activity
from responses.screens import is_screen, screen_token
from tests.conftest import make_person
from tests.rules.archived import TOKEN, take_away
from tests.sent import browser

pytestmark = pytest.mark.django_db


@pytest.fixture
def open_board(board: Board, ada: Viewer) -> Board:
    """A board with a code and a screen, beside one of each other way in."""
    open_activity(board, by=ada)
    board.refresh_from_db()
    Asking.objects.create(event=board.event, message="Can you read it?", until="2199-01-01T00:00Z")
    invite("gil@example.org", by=ada, duty=Duty.MODERATOR, event=board.event, message="Come and help.")
    take_away(ada)
    return board


def numbers() -> dict[str, int]:
    return {door.name: door.open().count() for door in DOORS}


def test_every_door_is_closed_and_counted(open_board: Board, ada: Viewer) -> None:
    client = browser(ada)
    assert client.get("/desk/").status_code == 200
    before = numbers()
    assert all(before.values()), before
    assert close_doors() == before
    assert set(numbers().values()) == {0}
    assert client.get("/desk/").status_code == 302


def test_no_code_screen_link_or_file_opens_anything_after_it(open_board: Board, client: Client) -> None:
    token, asked = screen_token(open_board), Asking.objects.get().token
    file = reverse("export_at", args=[TOKEN])
    assert client.get(file).status_code == 200
    close_doors()
    open_board.refresh_from_db()
    assert (open_board.state, open_board.code) == (Activity.State.CLOSED, None)
    assert not is_screen(open_board, token)
    assert asking_under(asked) is None
    assert client.get(file).status_code in {404, 410}


def test_the_record_stays(open_board: Board, post_note: Callable[..., Note]) -> None:
    note = post_note(open_board.stations.get())
    close_doors()
    assert Note.objects.get() == note
    assert ExportJob.objects.count() == 0
    assert Invitation.objects.waiting().count() == 0


def test_looking_closes_nothing(open_board: Board, capsys: pytest.CaptureFixture[str]) -> None:
    before = numbers()
    call_command("close_doors", "--dry-run")
    assert numbers() == before
    assert "would end" in capsys.readouterr().out


def test_it_says_what_it_did_and_what_it_could_not(
    open_board: Board, capsys: pytest.CaptureFixture[str]
) -> None:
    browser(Viewer(person=make_person("Fay")))
    call_command("close_doors")
    said = capsys.readouterr().out
    assert "Open activities, with their codes and screens: 1 ended" in said
    assert STILL_OPEN in said


def test_closing_twice_is_as_good_as_once(open_board: Board) -> None:
    close_doors()
    assert set(close_doors().values()) == {0}
