"""The pages of versions: all, one, and what changed between two."""

from collections.abc import Callable

import pytest
from django.test import Client

from events.models import Event
from journal.models import Version
from journal.posts import begin_post, publish_post
from journal.showing import text_shown
from people.guests import ANYBODY, Viewer
from responses.board import withdraw_note
from responses.models import Board, Note
from tests.texts import names, published, quoted, saved, words

MakeEvent = Callable[..., Event]
# With quotations and notes: one query for each kind.
LIST_QUERIES, VERSION_QUERIES, COMPARE_QUERIES, TEXT_QUERIES = 2, 5, 4, 3


@pytest.fixture
def event(make_event: MakeEvent, ada: Viewer) -> Event:
    """With two versions that readers saw, and one that they did not."""
    event = make_event()
    published(event, words("<p>We read the wall.</p>"), by=ada)
    published(event, words("<p>We read the whole wall aloud.</p>"), by=ada, why="How it was read.")
    saved(event, words("<p>Not yet for readers.</p>"), by=ada, why="Still to be agreed.")
    return event


@pytest.fixture
def as_ada(client: Client, ada: Viewer) -> Client:
    client.force_login(ada.person)
    return client


def test_readers_find_what_was_published_with_why_and_without_a_name(client: Client, event: Event) -> None:
    page = client.get("/events/wall-day/versions/").text
    for said in ("Version 1", "Version 2", "How it was read.", "by an organiser", "/versions/1-2/"):
        assert said in page, said
    for kept in ("Version 3", "Still to be agreed.", "Ada"):
        assert kept not in page, kept


def test_whoever_agreed_to_be_listed_is_named(client: Client, event: Event, ada: Viewer) -> None:
    ada.person.is_listed = True
    ada.person.save()
    assert (
        f'<a href="{ada.person.get_absolute_url()}">Ada</a>' in client.get("/events/wall-day/versions/").text
    )


def test_those_who_write_find_everything_by_name(as_ada: Client, event: Event) -> None:
    page = as_ada.get("/events/wall-day/versions/").text
    for said in ("Version 3", "Not published", "Readers see this one", "by Ada"):
        assert said in page, said


def test_a_version_says_which_one_it_is(client: Client, event: Event) -> None:
    first, second = (client.get(f"/events/wall-day/versions/{n}/").text for n in (1, 2))
    assert "We read the wall." in first
    assert 'Readers see <a href="/events/wall-day/">version 2</a> now.' in first
    assert "This is the version that readers see" in second
    assert '<link rel="canonical" href="http' in first


@pytest.mark.parametrize(
    "address", ["3/", "4/", "0/", "2-3/", "1-3/", "2-1/", "1-1/", "1-9/", "99999999999999999999/"]
)
def test_what_readers_never_saw_is_not_there(client: Client, event: Event, address: str) -> None:
    assert client.get(f"/events/wall-day/versions/{address}").status_code == 404


def test_versions_of_a_draft_are_for_those_who_write(
    client: Client, make_event: MakeEvent, ada: Viewer, researcher: Viewer
) -> None:
    published(make_event("draft", status=Event.Status.DRAFT), words(), by=ada)
    for viewer, status in ((None, 404), (researcher, 404), (ada, 200)):
        if viewer:
            client.force_login(viewer.person)
        for address in ("", "1/"):
            assert client.get(f"/events/draft/versions/{address}").status_code == status


def test_what_changed_is_drawn_and_said_in_words(client: Client, event: Event) -> None:
    page = client.get("/events/wall-day/versions/1-2/").text
    assert "2 words added. The reason given: How it was read." in page
    assert "<ins>" in page
    assert "Added: </span>whole" in page


def test_two_versions_are_chosen_from_the_list(as_ada: Client, event: Event) -> None:
    chosen = as_ada.get("/events/wall-day/versions/", {"first": "3", "second": "1"})
    assert (chosen.status_code, chosen.url) == (302, "/events/wall-day/versions/1-3/")
    assert as_ada.get("/events/wall-day/versions/", {"first": "9", "second": "x"}).status_code == 422


def test_an_earlier_version_is_brought_back_with_a_button(as_ada: Client, event: Event) -> None:
    assert "Bring version 1 back" in as_ada.get("/events/wall-day/versions/1/").text
    answer = as_ada.post("/events/wall-day/versions/1/", {"why": "It was right."}, follow=True)
    assert "Version 4 now says what version 1 says." in answer.text
    latest = Version.objects.get(number=4)
    assert (latest.why, latest.published_at) == ("It was right.", None)
    assert "whole wall aloud" in as_ada.get("/events/wall-day/").text


def test_readers_bring_nothing_back(client: Client, event: Event, researcher: Viewer) -> None:
    assert "Bring version" not in client.get("/events/wall-day/versions/1/").text
    for viewer in (None, researcher):
        if viewer:
            client.force_login(viewer.person)
        assert client.post("/events/wall-day/versions/1/", {"why": "x"}).status_code == 403
    assert Version.objects.count() == 3


def test_a_reason_that_is_too_long_comes_back_as_it_was_typed(as_ada: Client, event: Event) -> None:
    answer = as_ada.post("/events/wall-day/versions/1/", {"why": "a" * 301})
    assert (answer.status_code, "a" * 301 in answer.text) == (422, True)


def test_lines_of_the_change_log_lead_to_what_changed(client: Client, event: Event) -> None:
    page = client.get("/events/wall-day/").text
    assert '<a href="/events/wall-day/versions/1-2/">See what changed' in page
    assert '<a href="/events/wall-day/versions/1/">See version 1' in page
    assert "version 2. " in page


def test_a_text_that_came_written_is_compared_with_its_first_change(
    client: Client, make_event: MakeEvent, ada: Viewer
) -> None:
    event = make_event(body="<p>We read.</p>")
    published(event, words("<p>We read it.</p>"), by=ada)
    assert "/versions/1-2/" in client.get("/events/wall-day/").text
    assert client.get("/events/wall-day/versions/1-2/").status_code == 200


def test_posts_have_the_same_pages(client: Client, ada: Viewer) -> None:
    facts = {"slug": "after", "title": "After", "published_at": "2019-09-25T12:00Z"}
    post = publish_post(by=None, body="<p>One.</p>", **facts)
    published(post, words("<p>Two.</p>"), by=None)
    for address in ("", "1/", "2/", "1-2/"):
        assert client.get(f"/journal/after/versions/{address}").status_code == 200
    assert "one of its authors" not in client.get("/journal/after/versions/").text
    begun = begin_post("Begun", by=ada)
    assert client.get(f"/journal/{begun.slug}/versions/").status_code == 404


def test_a_text_without_versions_says_so(client: Client, make_event: MakeEvent) -> None:
    make_event()
    assert "Nothing has been published." in client.get("/events/wall-day/versions/").text


def test_what_is_gone_is_not_told_by_a_comparison_either(
    client: Client, event: Event, ada: Viewer, ben: Viewer,
    make_board: Callable[..., Board], post_note: Callable[..., Note],
) -> None:  # fmt: skip
    note = post_note(make_board(event=event).stations.get(), "Hushedfern.")
    quotation = quoted("Marramgrass.", "Lostheron")
    published(event, words(), quotation, names("note", note.identifier), by=ada)
    assert "Marramgrass" in client.get("/events/wall-day/versions/2-4/").text
    withdraw_note(note, by=ben)
    published(event, words(), by=ada)
    for address in ("4/", "2-4/", "4-5/"):
        page = client.get(f"/events/wall-day/versions/{address}").text
        for gone in ("Hushedfern", "Marramgrass", "Lostheron"):
            assert gone not in page, (address, gone)


@pytest.mark.parametrize("number", [1, 3])
def test_the_pages_take_as_many_queries_for_one_block_as_for_three(
    client: Client, make_event: MakeEvent, ada: Viewer, make_board: Callable[..., Board],
    post_note: Callable[..., Note], django_assert_num_queries: Callable, number: int,
) -> None:  # fmt: skip
    event = make_event()
    station = make_board(event=event).stations.get()
    blocks = [words("<p>x</p>", f"a{n}") for n in range(number)]
    for n in range(number):
        published(event, *blocks, words(f"<p>{n}</p>", "b1"), by=ada)
    quotations = [quoted(f"Line {n}.", "", f"q{n}") for n in range(number)]
    cited = [names("note", post_note(station).identifier, f"n{n}") for n in range(number)]
    last = published(event, *blocks, *quotations, *cited, by=ada)
    for address, queries in (
        ("", LIST_QUERIES), (f"{last.number}/", VERSION_QUERIES), (f"1-{last.number}/", COMPARE_QUERIES),
    ):  # fmt: skip
        with django_assert_num_queries(queries):
            client.get(f"/events/wall-day/versions/{address}")
    with django_assert_num_queries(TEXT_QUERIES):
        text_shown(event, ANYBODY)
