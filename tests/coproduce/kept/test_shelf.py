"""A page from before a change is never kept after it, and nothing is answered unheard."""

from time import monotonic

import pytest

from coproduce.serving.kept import shelf as shelves
from coproduce.serving.kept.asked import Key
from coproduce.serving.kept.copies import OVERHEAD, Copy
from coproduce.serving.kept.shelf import MOST_THINGS, SILENCE, Kept, Shelf

TOLD = {"events_event": False, "responses_note": True}


def key(path: str = "/", query: bytes = b"") -> Key:
    return Key(False, b"here", path.encode(), query, "", "en-gb")


def kept(*things: str, body: bytes = b"page", lasts: float = 60) -> Kept:
    return Kept(Copy([], body), frozenset(things), monotonic() + lasts)


@pytest.fixture
def shelf() -> Shelf:
    shelf = Shelf(200_000)
    shelf.listen(TOLD, TOLD)
    return shelf


def test_a_page_is_found_until_something_it_was_made_from_changes(shelf: Shelf) -> None:
    page = kept("events_event")
    assert shelf.keep(key(), page, shelf.position)
    shelf.change({"people_person": 1})
    assert shelf.find(key()) is page.copy
    shelf.change({"events_event": 1})
    assert shelf.find(key()) is None
    assert shelf.size == {False: 0, True: 0}


def test_a_page_that_was_begun_before_a_change_is_not_kept_after_it(shelf: Shelf) -> None:
    """The order that matters: begun, changed, told, and only then complete."""
    begun = shelf.position
    shelf.change({"events_event": 1})
    assert not shelf.keep(key(), kept("events_event"), begun)
    assert shelf.keep(key(), kept("people_person"), begun)
    assert shelf.keep(key(), kept("events_event"), shelf.position)


def test_responses_to_one_event_leave_pages_of_another_alone(shelf: Shelf) -> None:
    assert shelf.thing_of("responses_note", 7) == "responses 7"
    assert shelf.thing_of("responses_note") == "responses"
    assert shelf.thing_of("events_event", 7) == "events_event"
    for path, thing in (("/7", "responses 7"), ("/8", "responses 8"), ("/all", "responses")):
        assert shelf.keep(key(path), kept(thing), shelf.position)
    shelf.change({"responses 7": 1, "responses": 1})
    assert [shelf.find(key(path)) is not None for path in ("/7", "/8", "/all")] == [False, True, False]


def test_everything_goes_where_nobody_can_say_what_changed(shelf: Shelf) -> None:
    begun = shelf.position
    shelf.keep(key(), kept("responses 8"), begun)
    shelf.change({"*": 1})
    assert len(shelf) == 0
    assert not shelf.keep(key(), kept("responses 8"), begun)


def test_nothing_is_kept_or_found_while_nothing_is_heard(
    shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun = shelf.position
    shelf.keep(key(), kept(), begun)
    now = monotonic() + SILENCE
    monkeypatch.setattr(shelves, "monotonic", lambda: now)
    assert not shelf.is_heard
    assert shelf.find(key()) is None
    assert not shelf.keep(key(), kept(), shelf.position)
    shelf.hear()
    assert shelf.keep(key(), kept(), shelf.position)
    shelf.stop_listening()
    assert shelf.find(key()) is None
    shelf.listen(TOLD, TOLD)
    assert shelf.find(key()) is None
    assert not shelf.keep(key(), kept(), begun), "begun while nothing was heard"


def test_a_page_ends_with_its_time(shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    assert not shelf.keep(key(), kept(lasts=-1), shelf.position)
    shelf.keep(key(), kept(lasts=2), shelf.position)
    now = monotonic() + 2
    monkeypatch.setattr(shelves, "monotonic", lambda: now)
    assert shelf.find(key()) is None


def test_the_room_is_never_more_and_what_nobody_asked_for_goes_first(shelf: Shelf) -> None:
    body = b"x" * 5000
    for number in range(100):
        assert shelf.keep(key(f"/{number}"), kept("events_event", body=body), shelf.position)
        assert shelf.find(key("/0")), "asked for again and again"
        assert shelf.size[False] <= 150_000
    assert len(shelf) == 150_000 // (2 * 5000 + OVERHEAD)
    assert shelf.find(key("/1")) is None


def test_questions_have_a_quarter_of_the_room_and_move_no_page(shelf: Shelf) -> None:
    shelf.keep(key(), kept(), shelf.position)
    for number in range(1000):
        shelf.keep(key("/", f"q={number}".encode()), kept(), shelf.position)
    assert shelf.find(key())
    assert shelf.size[True] <= 50_000
    assert not shelf.keep(key("/", b"q"), kept(body=b"x" * 20_000), shelf.position), "too large"


def test_what_is_known_of_changes_is_bounded(shelf: Shelf) -> None:
    begun = shelf.position
    shelf.change({f"responses {number}": 1 for number in range(MOST_THINGS + 1)})
    shelf.change({"events_event": 1})
    assert not shelf.keep(key(), kept("responses 1"), begun)
    assert len(shelf._changed) == 1
