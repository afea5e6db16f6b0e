"""Any search as a feed: what anybody may see of it, under addresses that stay."""

from collections.abc import Callable
from datetime import datetime

import feedparser
import pytest
from django.test import Client

from archive import search_feed
from events.models import Event
from people.guests import Viewer
from responses.board import correct_note, withdraw_note
from responses.models import Board, Note, Station
from responses.moderation import hide_note

pytestmark = pytest.mark.django_db
Post = Callable[..., Note]


def feed(client: Client, query: str = "q=canary") -> feedparser.FeedParserDict:
    answer = client.get(f"/search/feed/?{query}")
    assert answer.status_code == 200
    read = feedparser.parse(answer.content)
    assert not read.bozo
    return read


def test_a_search_is_a_feed_with_permanent_addresses(
    client: Client, station: Station, post_note: Post, settings: object
) -> None:
    settings.SITE_URL = "https://example.org"
    note = post_note(station, "A canary & <b>friends</b>")
    read = feed(client, "mark=tick&q=canary")
    (entry,) = read.entries
    assert entry.id == entry.link == f"https://example.org{note.get_absolute_url()}"
    assert read.feed.id == "https://example.org/search/feed/?mark=tick&q=canary"
    assert read.feed.link == "https://example.org/search/?mark=tick&q=canary"
    assert "&lt;b&gt;friends" in entry.summary
    assert "<b>friends" not in entry.summary


def test_the_same_search_asked_in_another_way_is_the_same_feed(
    client: Client, station: Station, post_note: Post
) -> None:
    post_note(station, "A canary")
    one, other = "q=canary&mark=tick&mark=heart", "mark=heart&sort=best&q=+canary&mark=tick"
    assert client.get(f"/search/feed/?{one}").content == client.get(f"/search/feed/?{other}").content


def test_a_correction_moves_the_time_and_keeps_the_address(
    client: Client, station: Station, post_note: Post, ben: Viewer
) -> None:
    note = post_note(station, "A canary")
    (before,) = feed(client).entries
    correct_note(note, "A better canary", by=ben)
    (after,) = feed(client).entries
    assert (before.id, before.published) == (after.id, after.published)
    note.refresh_from_db()
    assert datetime.fromisoformat(after.updated) == note.changed_at
    assert after.updated_parsed >= before.updated_parsed


def test_what_is_withdrawn_is_gone_with_the_next_request(
    client: Client, station: Station, post_note: Post, ben: Viewer
) -> None:
    note = post_note(station, "A canary")
    assert len(feed(client).entries) == 1
    withdraw_note(note, by=ben)
    assert feed(client).entries == []
    assert note.identifier not in client.get("/search/feed/").text


def test_nothing_out_of_sight_is_in_any_feed_whoever_asks(
    client: Client, make_event: Callable, make_board: Callable, post_note: Post,
    ada: Viewer, dee: Viewer, steward: Viewer, researcher: Viewer,
) -> None:  # fmt: skip
    draft = make_event("draft-day", name="Canary day", place="Canary barn", status=Event.Status.DRAFT)
    post_note(make_board(event=draft).stations.get(), "canary in a draft")
    station = make_board(slug="open", event=make_event("open-day")).stations.get()
    withdraw_note(post_note(station, "canary gone", by=dee), by=dee)
    hide_note(post_note(station, "canary hidden"), "No.", by=ada)
    post_note(station, "canary for research", public=False, research=True)
    post_note(station, "canary of the board", public=False, research=False)
    covered = make_board(slug="covered", event=make_event("covered-day")).stations.get()
    Board.objects.filter(pk=covered.board_id).update(hides_until_reveal=True, phase=Board.Phase.COLLECT)
    post_note(covered, "canary covered")
    for viewer in (None, ada, steward, researcher):
        if viewer:
            client.force_login(viewer.person)
        for query in ("", "q=canary", "place=Canary+barn", "consent=research", "consent=board", "kind=note"):
            text = client.get(f"/search/feed/?{query}").text.replace("search/feed/?", "")
            assert "canary " not in text.lower().replace("canary barn", "").replace(": canary<", "")


@pytest.mark.parametrize("query", ["nonsense=1", "mark=purple", "q=" + "x" * 300, "year=abc", "after=abc"])
def test_what_is_no_search_is_no_feed_and_says_why(client: Client, db: None, query: str) -> None:
    answer = client.get(f"/search/feed/?{query}")
    assert answer.status_code == 400
    assert answer["Content-Type"].startswith("text/plain")


def test_a_feed_has_the_newest_fifty(
    client: Client, station: Station, post_note: Post, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(search_feed, "MOST", 2)
    labels = [post_note(station, f"canary {word}").label for word in ("one", "two", "three")]
    assert [entry.title for entry in feed(client).entries] == labels[:0:-1]


def test_a_feed_is_asked_for_again_each_time_and_kept_out_of_search_engines(client: Client, db: None) -> None:
    answer = client.get("/search/feed/")
    assert "no-cache" in answer["Cache-Control"]
    assert answer["X-Robots-Tag"] == "noindex"
    assert answer["Content-Type"] == "application/atom+xml; charset=utf-8"


@pytest.mark.parametrize("how_many", [1, 3])
def test_a_feed_takes_as_many_questions_for_one_note_as_for_three(
    client: Client, make_event: Callable, make_board: Callable, post_note: Post,
    django_assert_num_queries: Callable, how_many: int,
) -> None:  # fmt: skip
    for at in range(how_many):
        post_note(make_board(event=make_event(f"day-{at}")).stations.get(), "A canary")
    with django_assert_num_queries(9):
        client.get("/search/feed/?q=canary")
