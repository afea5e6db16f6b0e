"""A whole workshop over plain HTTP, without a script anywhere: to join, answer, see, lead and close."""

import re
from collections.abc import Callable, Iterator
from http.cookiejar import Cookie
from urllib.parse import urlsplit

import pytest
from django.urls import reverse
from pytest_django.live_server_helper import LiveServer

from people.guests import Viewer
from responses.codes import in_groups
from responses.models import Board, Note
from tests.journeys.plain import Answer, HiddenFields, Visitor
from tools.visitors import session_cookie

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def board(make_board: Callable[..., Board]) -> Board:
    return make_board("Power", "Time", state=Board.State.CLOSED)


@pytest.fixture
def facilitator(live_server: LiveServer, ada: Viewer) -> Iterator[Visitor]:
    visitor = Visitor(live_server.url)
    with session_cookie(ada.person) as cookie:
        visitor.cookies.set_cookie(as_cookie(cookie["name"], cookie["value"], live_server.url))
        yield visitor


def as_cookie(name: str, value: str, site: str) -> Cookie:
    # Cookie jars call a host without a dot local.
    host = f"{urlsplit(site).hostname}"
    domain = host if "." in host else f"{host}.local"
    return Cookie(
        0, name, value, None, False, domain, False, False, "/", True, False, None, False, None, None, {}
    )  # fmt: skip


def of_board(name: str, board: Board, *more: str) -> str:
    return reverse(name, args=[board.event.slug, board.slug, *more])


def act(visitor: Visitor, board: Board, **what: str) -> Answer:
    """Press one button of the console."""
    console = of_board("board_facilitate", board)
    token = HiddenFields(visitor.get(console).page).found["csrfmiddlewaretoken"]
    done = visitor.send(console, csrfmiddlewaretoken=token, **what)
    assert done.status == 200
    return done


def join(visitor: Visitor, code: str) -> Answer:
    """By the form for codes, as typed from the wall; the door says what is kept before anybody is in."""
    door = visitor.get(f"{reverse('join')}?code={in_groups(code).lower().replace(' ', '+')}")
    assert "What is kept" in door.page
    return visitor.send(door.address, **HiddenFields(door.page).found)


def answer(visitor: Visitor, board: Board, **typed: str) -> Answer:
    form = of_board("answer_station", board, "POW")
    return visitor.send(form, **HiddenFields(visitor.get(form).page).found | typed)


def test_a_workshop_needs_no_script(live_server: LiveServer, facilitator: Visitor, board: Board) -> None:
    act(facilitator, board, act="open")
    board.refresh_from_db()

    # Two people come in by the code and answer; each lands on the live board at their note.
    ben, dee = Visitor(live_server.url), Visitor(live_server.url)
    assert "What do you want to answer?" in join(ben, board.code).page
    join(dee, board.code)
    landed = answer(ben, board, mark="tick", words="Share the agenda.")
    assert landed.address.endswith(f"/live/?station=POW#{Note.objects.get().identifier}")
    assert "Share the agenda." in landed.page
    assert "Look again for new notes" in landed.page
    assert "Share the agenda." in answer(dee, board, mark="square", words="You already decided.").page

    # Looking again shows what came meanwhile; who did not join sees what is public, which is nothing yet.
    live = of_board("board_live", board)
    assert "You already decided." in ben.get(live).page
    assert "You already decided." not in Visitor(live_server.url).get(live).page

    # The facilitator goes on to the next step, starts a timer and locks a heading; the room sees each.
    act(facilitator, board, act="phase", phase="reveal")
    act(facilitator, board, act="timer", minutes="5")
    page = ben.get(live).page
    assert "Reveal and talk" in page
    assert re.search(r"[45]:\d\d", page)

    # The big screen shows agreement and challenge side by side.
    screen = facilitator.get(f"{of_board('board_projector', board)}?station=POW")
    assert "Strongest agreement" in screen.page
    assert "Strongest challenge" in screen.page

    # Closed: the room is told, and a late note comes back with its words.
    form = of_board("answer_station", board, "POW")
    late = HiddenFields(dee.get(form).page).found
    act(facilitator, board, act="close")
    assert "This board is closed." in ben.get(live).page
    refused = dee.send(form, **late | {"mark": "heart", "words": "One more thing."})
    assert refused.status == 422
    assert "This board is closed, so the note was not added." in refused.page
    assert "One more thing." in refused.page
    assert Note.objects.count() == 2
