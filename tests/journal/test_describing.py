"""Photographs described in the editor, and what of a draft its writer alone sees."""

from collections.abc import Callable
from html import unescape

import pytest
from django.test import Client

from events.models import Event
from journal.films import add_film
from journal.models import Draft
from journal.posts import begin_post
from journal.writing import keep_draft, writing_of
from people.guests import Viewer
from people.models import Act
from responses.models import Photo
from responses.photos.publishing import Said, describe_photo, publish_photo
from tests.conftest import make_person
from tests.photos import make_photo
from tests.texts import saved, words

pytestmark = pytest.mark.django_db(transaction=True)
MakeEvent = Callable[..., Event]
PAGE, DRAFT = "/events/wall-day/write/", "/events/wall-day/write/draft/"
WORDS = "<p>We read the wall.</p>"


@pytest.fixture
def event(make_event: MakeEvent) -> Event:
    return make_event()


@pytest.fixture
def as_ada(client: Client, ada: Viewer, event: Event) -> Client:
    client.force_login(ada.person)
    return client


def form(*blocks: dict[str, str], act: str = "save", based_on: int = 0, number: int = 1, **more: str) -> dict:
    sent = {"act": act, "based_on": based_on, "number": number, "block": [one["id"] for one in blocks]}
    for block in blocks:
        sent |= {f"{name}-{block['id']}": said for name, said in block.items() if name != "id"}
    return sent | more


def draft_of(viewer: Viewer) -> Draft:
    return Draft.objects.get(person=viewer.person)


def test_throwing_away_leaves_the_saved_version(as_ada: Client, event: Event, ada: Viewer) -> None:
    saved(event, words(), by=ada)
    as_ada.post(DRAFT, form(words("<p>Other.</p>"), based_on=1))
    as_ada.post(PAGE, form(words("<p>Other.</p>"), act="drop", based_on=1, number=2))
    assert not Draft.objects.exists()
    assert unescape(as_ada.get(PAGE).text).count(WORDS) == 1


def test_the_preview_shows_the_draft_to_its_writer(as_ada: Client) -> None:
    as_ada.post(DRAFT, form(words("<p>Not yet for readers.</p>")))
    page = as_ada.get(f"{PAGE}preview/")
    assert "Not yet for readers." in page.text
    assert "Only you see this" in page.text
    as_ada.logout()
    assert "Not yet for readers." not in as_ada.get("/events/wall-day/").text


@pytest.mark.parametrize("typed", ["<script>alert(1)</script><p onclick=x>Hi</p>", "<img src=x onerror=y>Hi"])
def test_nothing_typed_runs_in_the_editor_or_the_preview(as_ada: Client, typed: str) -> None:
    as_ada.post(DRAFT, form(words(typed)))
    for path in (PAGE, f"{PAGE}preview/"):
        page = unescape(as_ada.get(path).text)
        for evil in ("alert(1)", "onclick", "onerror"):
            assert evil not in page, (path, evil)


def test_several_photographs_are_put_in_at_once_and_described_there(
    as_ada: Client, event: Event, ada: Viewer
) -> None:
    photos = [make_photo(event, ada) for _ in range(2)]
    as_ada.post(f"{PAGE}photo/", {"photo": [photo.identifier for photo in photos]})
    blocks = draft_of(ada).blocks
    assert [block.get("photo") for block in blocks[1:]] == [photo.identifier for photo in photos]
    said = {f"alt-{blocks[1]['id']}": "A wall of notes.", f"basis-{blocks[1]['id']}": "nobody"}
    assert as_ada.post(PAGE, form(*blocks, act="keep", number=2, **said)).status_code == 302
    photo = Photo.objects.get(pk=photos[0].pk)
    assert (photo.alt, photo.basis) == ("A wall of notes.", "nobody")
    assert Act.objects.filter(verb="described", subject=photo.identifier).count() == 1
    as_ada.post(PAGE, form(*draft_of(ada).blocks, act="keep", number=3, **said))
    assert Act.objects.filter(verb="described", subject=photo.identifier).count() == 1


def test_a_published_photograph_keeps_its_description_and_the_page_says_so(
    as_ada: Client, event: Event, ada: Viewer
) -> None:
    photo = make_photo(event, ada)
    as_ada.post(f"{PAGE}photo/", {"photo": photo.identifier})
    blocks = [words(name="a"), *draft_of(ada).blocks]
    name = blocks[-1]["id"]
    said = {f"alt-{name}": "A wall of notes.", f"basis-{name}": "nobody"}
    as_ada.post(PAGE, form(*blocks, act="publish", number=2, **said))
    assert Photo.objects.get().published_at
    answer = as_ada.post(PAGE, form(*blocks, act="keep", based_on=1, **said | {f"alt-{name}": ""}))
    assert answer.status_code == 422
    assert Photo.objects.get().alt == "A wall of notes."


def test_a_film_of_another_text_does_not_show_in_this_one(
    as_ada: Client, event: Event, make_event: MakeEvent, ada: Viewer
) -> None:
    other = writing_of(make_event(slug="elsewhere", name="Elsewhere"), by=ada)
    film = add_film(other, "https://vimeo.com/1", by=ada, title="Secret film", alternative="Hands.")
    block = {"id": "f", "kind": "film", "film": film.identifier}
    keep_draft(writing_of(event, by=ada), [block], by=ada, based_on=0, number=1)
    assert "Secret film" not in as_ada.get(PAGE).text


def test_a_description_that_does_not_fit_is_told_and_the_words_are_kept_all_the_same(
    as_ada: Client, event: Event, ada: Viewer
) -> None:
    photo = make_photo(event, ada)
    block = {"id": "p", "kind": "photo", "photo": photo.identifier}
    said = {"alt-p": "long " * 120, "basis-p": "nobody", "describe": "1"}
    answer = as_ada.post(DRAFT, form(words(name="a"), block, **said))
    assert "500 fit" in answer.json()["sentence"]
    assert answer.json()["number"] == 2
    assert draft_of(ada).blocks[0]["html"] == WORDS


def test_typing_alone_does_not_change_what_is_said_of_a_photograph(
    as_ada: Client, event: Event, ada: Viewer
) -> None:
    photo = make_photo(event, ada)
    block = {"id": "p", "kind": "photo", "photo": photo.identifier}
    as_ada.post(DRAFT, form(block, **{"alt-p": "A wa", "basis-p": ""}))
    assert Photo.objects.get().alt == ""


def test_a_photograph_of_an_event_one_does_not_run_is_not_described(
    client: Client, event: Event, ada: Viewer
) -> None:
    """A post shows photographs of its events; whoever writes the post may not run those."""
    eve = Viewer(person=make_person("Eve", "organiser"))
    post = begin_post("After", by=eve)
    post.events.add(event)
    photo = make_photo(event, ada)
    describe_photo(photo, Said(alt="A wall of notes.", basis="nobody"), by=ada)
    publish_photo(photo, by=ada)
    client.force_login(eve.person)
    block = {"id": "p", "kind": "photo", "photo": photo.identifier}
    said = {"alt-p": "Mine now.", "basis-p": "nobody"}
    answer = client.post(f"/journal/{post.slug}/write/", form(block, act="keep", **said))
    assert answer.status_code == 302
    assert Photo.objects.get().alt == "A wall of notes."
