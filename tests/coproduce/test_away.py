"""While the database is away, people are told so, get their words back, and are asked to try again."""

from collections.abc import Callable

import pytest
from django.db import InterfaceError, OperationalError
from django.test import Client

from people.models import Person
from responses.models import Board


@pytest.fixture
def visitor() -> Client:
    return Client(raise_request_exception=False)


@pytest.fixture
def away(monkeypatch: pytest.MonkeyPatch) -> Callable[[Exception], None]:
    """Every look at a board fails as it does while PostgreSQL restarts."""

    def fail_with(error: Exception) -> None:
        def fails(*_: object) -> None:
            raise error

        monkeypatch.setattr(type(Board.objects), "visible_to", fails)

    return fail_with


@pytest.mark.django_db
@pytest.mark.parametrize("error", [OperationalError("gone"), InterfaceError("closed")])
def test_a_note_sent_while_the_database_is_away_is_given_back(
    visitor: Client, board: Board, away: Callable, error: Exception
) -> None:
    away(error)
    typed = {"words": "Who <b>signs</b> the cheques?", "mark": "tick", "key": "x"}
    answer = visitor.post(f"{board.get_absolute_url()}answer/POW/", typed)
    said = answer.content.decode()
    assert (answer.status_code, answer["Retry-After"]) == (503, "5")
    assert "Who &lt;b&gt;signs&lt;/b&gt; the cheques?" in said
    assert "Traceback" not in said


@pytest.mark.django_db
def test_anything_else_that_breaks_is_still_a_500(visitor: Client, board: Board, away: Callable) -> None:
    away(ZeroDivisionError("ours"))
    answer = visitor.get(board.get_absolute_url())
    assert (answer.status_code, "Something broke at our end" in answer.content.decode()) == (500, True)


def test_saying_so_needs_no_database(visitor: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_: object) -> None:
        raise OperationalError("gone")

    monkeypatch.setattr(Person, "is_authenticated", property(fails))
    monkeypatch.setattr("coproduce.views.latest_record", fails)
    assert visitor.get("/").status_code == 503
