"""The pages of the journal, and its feed."""

from collections.abc import Callable
from datetime import UTC, datetime
from xml.etree import ElementTree

import pytest
from django.test import Client

from events.models import Event
from journal.models import Post
from journal.posts import publish_post
from people.guests import Viewer

ATOM = "{http://www.w3.org/2005/Atom}"
THEN = datetime(2019, 9, 25, 12, tzinfo=UTC)


@pytest.fixture
def make_post(db: None) -> Callable[..., Post]:
    def make(slug: str = "after", **fields: object) -> Post:
        defaults = {"title": "Afterwards", "body": "<p>We went home.</p>", "published_at": THEN}
        return publish_post(by=None, slug=slug, **(defaults | fields))

    return make


def test_a_post_shows_its_words_its_byline_and_its_events(
    client: Client, make_post: Callable[..., Post], make_event: Callable[..., Event]
) -> None:
    make_post(byline="The editors", summary="What we took home.", events=[make_event()])
    page = client.get("/journal/after/").text
    for said in ("<p>We went home.</p>", "By The editors", "25 September 2019", "/events/wall-day/"):
        assert said in page
    assert "/journal/after/" in client.get("/events/wall-day/").text


def test_a_script_in_a_post_never_reaches_the_page(client: Client, make_post: Callable[..., Post]) -> None:
    post = make_post(body="<p>Fine</p><script>alert(1)</script>")
    html = '<p>Fine</p><a href="javascript:alert(2)">x</a>'
    post.writing.versions.update(blocks=[{"id": "a1", "kind": "text", "html": html}])
    assert "alert(" not in client.get("/journal/after/").text


def test_a_post_that_is_not_published_is_for_stewards_only(
    client: Client, make_post: Callable[..., Post], steward: Viewer
) -> None:
    make_post(title="Not yet", published_at=None)
    for address in ("/journal/", "/journal/feed/", "/"):
        assert "Not yet" not in client.get(address).text
    assert client.get("/journal/after/").status_code == 404
    client.force_login(steward.person)
    assert client.get("/journal/after/").status_code == 200


def test_the_feed_is_well_formed_and_has_every_published_post(
    client: Client, make_post: Callable[..., Post]
) -> None:
    make_post(title="Less < more & & so on", byline="The editors")
    feed = ElementTree.fromstring(client.get("/journal/feed/").content)
    assert [entry.findtext(f"{ATOM}title") for entry in feed.iter(f"{ATOM}entry")] == [
        "Less < more & & so on"
    ]


def test_an_empty_journal_says_so(client: Client, db: None) -> None:
    assert "Nothing written yet" in client.get("/journal/").text


@pytest.mark.parametrize("number", [1, 3])
def test_the_journal_takes_as_many_queries_for_one_post_as_for_three(
    client: Client, make_post: Callable[..., Post], django_assert_num_queries: Callable, number: int
) -> None:
    for n in range(number):
        make_post(f"post-{n}")
    with django_assert_num_queries(3):
        client.get("/journal/")
    with django_assert_num_queries(9):
        client.get("/journal/post-0/")


def test_readers_of_the_feed_get_a_summary_as_words_and_never_as_markup(
    client: Client, make_post: Callable[..., Post]
) -> None:
    make_post(summary="Less < more. <img src=x onerror=alert(1)>")
    feed = ElementTree.fromstring(client.get("/journal/feed/").content)
    told = [entry.findtext(f"{ATOM}summary") for entry in feed.iter(f"{ATOM}entry")]
    assert told == ["<p>Less &lt; more. &lt;img src=x onerror=alert(1)&gt;</p>"]
