"""The search page: results first, then the numbers, in one answer that no fault leaves half."""

import re
from collections.abc import Callable, Iterator

import pytest
from django.http import StreamingHttpResponse
from django.test import Client

from archive import search_views
from archive.search import hits
from archive.search.limits import TooLong
from events.models import Event
from people.guests import Viewer
from responses.board import withdraw_note
from responses.models import Mark, Note, Station
from tests.archive.search.nasty import nasty_searches

pytestmark = pytest.mark.django_db
Post = Callable[..., Note]
CANONICAL = re.compile(r'<link rel="canonical" href="([^"]*)">')


def page(client: Client, address: str, status: int = 200) -> str:
    answer = client.get(address)
    assert answer.status_code == status
    return answer.getvalue().decode()


def test_results_are_sent_before_anything_is_counted(
    client: Client, station: Station, post_note: Post, monkeypatch: pytest.MonkeyPatch
) -> None:
    post_note(station, "A budget line")
    counted = []
    count = search_views.facets_of
    monkeypatch.setattr(search_views, "facets_of", lambda *args: counted.append(True) or count(*args))
    answer = client.get("/search/?q=budget")
    assert isinstance(answer, StreamingHttpResponse)
    parts: Iterator[bytes] = iter(answer.streaming_content)
    results = next(parts).decode()
    assert "A <mark>budget</mark> line" in results
    assert not counted
    numbers = next(parts).decode()
    assert "<b>1 result</b>: 1 note, none of them a challenge" in numbers
    assert next(parts).decode().rstrip().endswith("</html>")


def test_the_sentence_counts_notes_and_challenges(client: Client, station: Station, post_note: Post) -> None:
    for number in range(3):
        post_note(station, f"budget {number}", mark=Mark.SQUARE if number else Mark.TICK)
    assert "<b>3 results</b>: 3 notes, 2 of them challenges" in page(client, "/search/?q=budget")


def test_guards_and_headers_work_with_an_answer_in_parts(client: Client, station: Station) -> None:
    answer = client.get("/search/?q=budget")
    assert "default-src 'none'" in answer["Content-Security-Policy"]
    assert answer["X-Frame-Options"] == "DENY"
    assert "no-cache" in answer["Cache-Control"]
    assert answer["X-Data-Version"]
    assert not answer.cookies
    assert client.head("/search/?q=budget").status_code == 200
    assert client.post("/search/").status_code == 405


def test_a_page_for_one_viewer_is_kept_by_no_cache(client: Client, ada: Viewer) -> None:
    client.force_login(ada.person)
    assert client.get("/search/")["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize(
    ("fault", "sentence"),
    [
        (TooLong(), "Counting takes too long"),
        (RuntimeError("worn out"), "could not be counted: something went"),
    ],
)
def test_a_fault_after_the_results_is_told_and_the_page_is_whole(
    client: Client, station: Station, post_note: Post, monkeypatch: pytest.MonkeyPatch,
    fault: Exception, sentence: str,
) -> None:  # fmt: skip
    post_note(station, "A budget line")

    def fails(*_: object) -> None:
        raise fault

    monkeypatch.setattr(search_views, "facets_of", fails)
    said = page(client, "/search/?q=budget")
    assert "<mark>budget</mark>" in said
    assert sentence in said
    assert said.rstrip().endswith("</html>")


def test_a_search_that_takes_too_long_says_so(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_: object, **__: object) -> None:
        raise TooLong

    monkeypatch.setattr(search_views, "found", fails)
    said = page(client, "/search/?q=budget", status=503)
    assert "This search takes too long" in said
    assert 'value="budget"' in said


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("q=" + "a+" * 13, "a a a"),
        ("q=%22%3Cb%3E&colour=red", "&quot;&lt;b&gt;"),
        ("q=-", 'value="-"'),
        ("q=budget&mark=purple", "budget"),
        ("q=budget&after=nonsense", "budget"),
    ],
)
def test_a_search_that_cannot_be_keeps_what_was_typed(
    client: Client, db: None, given: str, kept: str
) -> None:
    said = page(client, f"/search/?{given}", status=400)
    assert "That was not searched" in said
    assert kept in said


def test_every_way_to_ask_the_same_has_one_address(client: Client, db: None) -> None:
    asked = ("mark=tick&q=++power+with&mark=square&year=", "q=power+with&mark=square&mark=tick&sort=newest")
    found = {CANONICAL.search(page(client, f"/search/?{given}")).group(1) for given in asked}
    assert found == {"/search/?mark=square&amp;mark=tick&amp;q=power+with"}


def test_more_results_lead_through_all_of_them(
    client: Client, station: Station, post_note: Post, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hits.found, "__defaults__", ("", 2))
    own = {post_note(station, f"again {number}").identifier for number in range(5)}
    address, seen = "/search/?q=again&kind=note", []
    while address:
        said = page(client, address)
        seen += re.findall(r'<a href="/r/(\w+)/">', said)
        following = re.search(r'href="(\?[^"]*)" rel="next"', said)
        address = f"/search/{following.group(1).replace('&amp;', '&')}" if following else ""
    assert sorted(seen) == sorted(own)


def test_nothing_found_says_so_and_offers_another_way(
    client: Client, station: Station, post_note: Post
) -> None:
    post_note(station, "participation")
    assert "Nothing on record matches this" in page(client, "/search/?q=zebra")
    said = page(client, "/search/?q=rtici")
    assert "Nothing has “rtici” as a word" in said
    assert "pa<mark>rtici</mark>pation" in said


def test_how_to_search_stands_on_the_page(client: Client, db: None) -> None:
    assert "How to search" in page(client, "/search/")


def test_a_withdrawn_note_is_on_no_page_from_the_next_request_on(
    client: Client, station: Station, post_note: Post, dee: Viewer
) -> None:
    note = post_note(station, "canary", by=dee)
    assert "<b>1 result</b>" in page(client, "/search/?q=canary")
    withdraw_note(note, by=dee)
    said = page(client, "/search/?q=canary")
    assert "<b>0 results</b>" in said
    assert note.identifier not in said


@pytest.mark.parametrize("how_many", [1, 3])
def test_a_page_takes_as_many_questions_for_one_thing_as_for_three(
    client: Client, make_event: Callable[..., Event], make_board: Callable, make_set: Callable,
    post_note: Post, django_assert_num_queries: Callable, how_many: int,
) -> None:  # fmt: skip
    make_set(*(f"Canary {number}" for number in range(how_many)))
    for number in range(how_many):
        event = make_event(f"day-{number}", name="Canary day")
        post_note(make_board(event=event).stations.get(), "A canary")
    with django_assert_num_queries(23):
        said = page(client, "/search/?q=canary")
    assert said.count('class="kind"') == 3 * how_many


@pytest.mark.parametrize("given", nasty_searches())
def test_nasty_searches_are_answered_or_refused(client: Client, station: Station, given: str) -> None:
    answer = client.get(f"/search/?{given}")
    assert answer.status_code in (200, 400)
    said = answer.getvalue().decode()
    assert "something went wrong" not in said
    assert said.rstrip().endswith("</html>")
