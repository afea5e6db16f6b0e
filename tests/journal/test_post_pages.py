"""The pages where posts are begun and described, and those that list them."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from xml.etree import ElementTree

import pytest
from django.test import Client
from django.utils import timezone

from events.models import Event
from journal.models import Attachment, Post, PostSeries
from journal.posts import begin_post, edit_post, publish_post
from people.guests import Viewer
from people.models import Person
from tests.conftest import make_person
from tests.journal.test_posts import FACTS, write

ATOM = "{http://www.w3.org/2005/Atom}"
THEN = datetime(2019, 9, 25, 12, tzinfo=UTC)


@pytest.fixture
def make_post(db: None) -> Callable[..., Post]:
    def make(slug: str = "after", **fields: object) -> Post:
        defaults = {"title": slug.capitalize(), "body": "<p>We went home.</p>", "published_at": THEN}
        return publish_post(by=None, slug=slug, **(defaults | fields))

    return make


@pytest.fixture
def as_ada(client: Client, ada: Viewer) -> Client:
    client.force_login(ada.person)
    return client


def sent(**typed: object) -> dict[str, object]:
    return {"title": "Afterwards", "rows": 3, "takes_comments": "on", **typed}


def listed(name: str) -> Person:
    person = make_person(name)
    person.is_listed = True
    person.save()
    return person


def test_a_post_is_begun_with_its_title(as_ada: Client) -> None:
    assert as_ada.post("/journal/new/", {"title": " "}).status_code == 422
    answer = as_ada.post("/journal/new/", {"title": "What we took home"}, follow=True)
    assert answer.redirect_chain == [("/journal/what-we-took-home/edit/", 302)]
    assert "Only you and the stewards see it" in answer.text


def test_what_is_known_of_a_post_is_kept_and_shown(as_ada: Client, ada: Viewer) -> None:
    begin_post("Afterwards", by=ada)
    ola = listed("Ola")
    typed = sent(
        person_0=ola.identifier, name_1="A reading group", new_series="Slow questions", part=1, parts=4,
        tags="listening, Money ,", summary="What we took home.",
    )  # fmt: skip
    assert as_ada.post("/journal/afterwards/edit/", typed).status_code == 302
    page = as_ada.get("/journal/afterwards/").text
    for said in (f'<a href="/people/{ola.identifier}/">Ola</a> and A reading group', "Part 1 of 4 in"):
        assert said in page
    for address in ("/journal/series/slow-questions/", "/journal/tags/money/", "/journal/tags/listening/"):
        assert address in page
    assert 'value="listening, Money"' in as_ada.get("/journal/afterwards/edit/").text


def test_a_form_with_faults_keeps_what_was_typed(as_ada: Client, ada: Viewer) -> None:
    begin_post("Afterwards", by=ada)
    answer = as_ada.post(
        "/journal/afterwards/edit/", sent(title="", part=3, name_2="Kept here", tags="kept, words")
    )
    assert answer.status_code == 422
    for said in ("Give the post a title", "Say which series", "Kept here", "kept, words"):
        assert said in answer.text


def test_a_place_that_another_post_has_is_refused_in_a_sentence(as_ada: Client, ada: Viewer) -> None:
    first = begin_post("First", by=ada)
    edit_post(first, by=ada, **FACTS | {"title": "First", "series": "Slow questions", "part": 1})
    begin_post("Afterwards", by=ada)
    typed = sent(series=PostSeries.objects.get().pk, part=1)
    answer = as_ada.post("/journal/afterwards/edit/", typed)
    assert answer.status_code == 422
    assert "has a part 1 already" in answer.text


def test_a_post_is_published_at_once_or_from_a_day_on(as_ada: Client, ada: Viewer) -> None:
    post = begin_post("Afterwards", by=ada)
    answer = as_ada.post("/journal/afterwards/edit/", {"act": "date", "when": "now"})
    assert answer.status_code == 422
    assert "Write the text first" in answer.text
    write(post, ada)
    answer = as_ada.post("/journal/afterwards/edit/", {"act": "date", "when": "on", "at": ""})
    assert answer.status_code == 422
    assert "Say which day and time" in answer.text
    typed = {"act": "date", "when": "on", "at": "2099-03-31T18:30"}
    assert "published by itself" in as_ada.post("/journal/afterwards/edit/", typed, follow=True).text
    assert "To be published on 31 March 2099" in as_ada.get("/journal/afterwards/").text
    assert Client().get("/journal/afterwards/").status_code == 404
    as_ada.post("/journal/afterwards/edit/", {"act": "date", "when": "now"})
    assert "We went home." in Client().get("/journal/afterwards/").text


def test_the_pages_of_writing_are_for_those_who_write(client: Client, ada: Viewer) -> None:
    begin_post("Afterwards", by=ada)
    client.force_login(make_person("Ola", "organiser"))
    assert client.get("/journal/new/").status_code == 200
    assert client.get("/journal/afterwards/edit/").status_code == 404
    assert client.post("/journal/afterwards/edit/", sent()).status_code == 404


def test_only_people_who_are_listed_can_be_chosen(as_ada: Client, ada: Viewer) -> None:
    begin_post("Afterwards", by=ada)
    hidden, ola = make_person("Quietly here"), listed("Ola")
    page = as_ada.get("/journal/afterwards/edit/").text
    assert ola.identifier in page
    assert hidden.identifier not in page
    assert "Quietly here" not in page
    assert as_ada.post("/journal/afterwards/edit/", sent(person_0=hidden.identifier)).status_code == 422


def test_an_author_who_is_not_listed_is_named_without_a_link(
    client: Client, ada: Viewer, make_post: Callable[..., Post]
) -> None:
    post = make_post()
    post.authors.create(person=ada.person)
    page = client.get("/journal/after/").text
    assert "By Ada" in page
    assert ada.person.identifier not in page


def test_a_series_leads_from_part_to_part_and_past_what_is_hidden(
    client: Client, make_post: Callable[..., Post]
) -> None:
    series = PostSeries.objects.create(slug="slow", name="Slow questions", parts=4)
    for part in (3, 1, 2, 4):
        when = None if part == 2 else THEN
        make_post(f"part-{part}", title=f"The {part}.", series=series, part=part, published_at=when)
    page = client.get("/journal/series/slow/").text
    assert [page.index(f">The {part}.<") for part in (1, 3, 4)] == sorted(
        page.index(f">The {part}.<") for part in (1, 3, 4)
    )
    assert "The 2." not in page
    assert "3 of 4 parts so far" in page
    third = client.get("/journal/part-3/").text
    assert "Part 3 of 4 in" in third
    assert "/journal/part-1/" in third
    assert "/journal/part-4/" in third


def test_a_series_or_tag_of_hidden_posts_only_is_not_there(
    client: Client, make_post: Callable[..., Post]
) -> None:
    series = PostSeries.objects.create(slug="slow", name="Slow questions")
    make_post(series=series, published_at=None).tags.set(["money"])
    for address in ("/journal/series/slow/", "/journal/tags/money/"):
        assert client.get(address).status_code == client.get(f"{address}feed/").status_code == 404
    Post.objects.update(published_at=THEN)
    for address in ("/journal/series/slow/", "/journal/tags/money/"):
        assert client.get(address).status_code == client.get(f"{address}feed/").status_code == 200


def titles(client: Client, address: str) -> list[str]:
    feed = ElementTree.fromstring(client.get(address).content)
    return [entry.findtext(f"{ATOM}title") for entry in feed.iter(f"{ATOM}entry")]


def test_each_series_tag_and_author_has_a_feed_of_what_everyone_may_read(
    client: Client, make_post: Callable[..., Post], steward: Viewer
) -> None:
    series, ola = PostSeries.objects.create(slug="slow", name="Slow & sure"), listed("Ola")
    for slug, when in (("seen", THEN), ("unseen", None), ("coming", timezone.now() + timedelta(days=1))):
        post = make_post(slug, series=series, published_at=when)
        post.tags.set(["money"])
        post.authors.create(person=ola)
    make_post("other")
    client.force_login(steward.person)
    for address in ("series/slow", "tags/money", f"authors/{ola.identifier}"):
        assert titles(client, f"/journal/{address}/feed/") == ["Seen"]


def test_there_is_no_feed_of_somebody_who_is_not_listed(client: Client, ada: Viewer) -> None:
    client.force_login(ada.person)
    assert client.get(f"/journal/authors/{ada.person.identifier}/feed/").status_code == 404


def test_files_to_take_away_stand_beside_the_post_with_version_and_size(
    client: Client, make_post: Callable[..., Post]
) -> None:
    facts = {"file_name": "how-to.pdf", "kind": "pdf", "folder": "0" * 32, "size": 250_000, "digest": "d"}
    writing = make_post().writing
    Attachment.objects.create(writing=writing, title="How to", version="2", is_shown=True, **facts)
    Attachment.objects.create(writing=writing, title="Not in the text", **facts)
    page = client.get("/journal/after/").text
    assert "How to" in page
    assert "Version: 2" in page
    assert "PDF, 244.1" in page
    assert "Not in the text" not in page


def test_a_post_says_how_it_is_cited(
    client: Client, make_post: Callable[..., Post], make_event: Callable[..., Event]
) -> None:
    post = make_post(byline="The editors", events=[make_event()])
    page = client.get("/journal/after/").text
    assert "The editors (2019) <i>After</i>, journal post " + post.identifier in page
