"""Letters to those who follow notes that were cited once a statement or decision was public."""

from collections.abc import Callable

import pytest
from django.utils import timezone

from outcomes.decisions import cite_statements
from outcomes.declining import decline_notes
from outcomes.statements import cite_notes
from people.guests import Viewer
from people.models import Subscriber
from responses.models import Follower, Note, Station
from tests.outcomes.makers import decided, heard


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, str]]:
    """What was told of which note, in order."""
    said: list[tuple[str, str]] = []

    def tell(note: Note, event: str, *, where: str = "") -> set[int]:
        said.append((event, note.plain))
        return set()

    monkeypatch.setattr("outcomes.telling.tell_followers", tell)
    monkeypatch.setattr("outcomes.telling_later.tell_followers", tell)
    return said


@pytest.fixture
def followed(station: Station, post_note: Callable[..., Note]) -> list[Note]:
    reader = Subscriber.objects.create(email="reader@example.org", confirmed_at=timezone.now())
    notes = [post_note(station, words) for words in ("first", "later")]
    for note in notes:
        Follower.objects.create(note=note, subscriber=reader)
    return notes


def test_only_a_note_that_is_cited_later_is_told_of_then(
    followed: list[Note], told: list, ada: Viewer, do_work: Callable[[], int]
) -> None:
    first, later = followed
    statement = heard(first, ada)
    do_work()
    cite_notes(statement, [first, later], by=ada)
    do_work()
    assert told == [("heard", "first"), ("heard", "later")]


def test_a_decision_that_answers_more_tells_those_behind_it_alone(
    followed: list[Note], told: list, ada: Viewer, do_work: Callable[[], int]
) -> None:
    first, later = followed
    one, other = heard(first, ada, "Heard."), heard(later, ada, "Also heard.")
    decision = decided(one, "done", ada)
    do_work()
    told.clear()
    cite_statements(decision, [other], by=ada)
    do_work()
    assert told == [("answered", "later")]


def test_a_no_is_told_to_those_who_follow_the_note(
    followed: list[Note], told: list, ada: Viewer, do_work: Callable[[], int]
) -> None:
    decline_notes(followed[:1], "The lease forbids it.", by=ada)
    decline_notes(followed[:1], "Pressed twice.", by=ada)
    do_work()
    assert told == [("declined", "first")]
