"""Marking a sentence of a published text as a promise."""

import html
import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from events.models import Event
from journal.models import Post, Sentence
from journal.posts import begin_post, date_post
from journal.promising import found_in, mark_promise, places_of
from journal.publishing import unpublish_text
from outcomes.models import Promise
from people.guests import ANYBODY, Viewer
from people.models import Organisation
from people.refusals import Refused
from tests.conftest import make_person
from tests.texts import published, quoted, saved, words

SAID = "We will write to everybody in May."
TEXT = f"<p>It rained. {SAID}</p><p>Who came? We'll <strong>count</strong> them again.</p>"


@pytest.fixture
def event(make_event: Callable[..., Event], ada: Viewer) -> Event:
    event = make_event()
    published(event, words(TEXT), quoted("We will never agree.", "A guest"), by=ada)
    return event


@pytest.fixture
def post(ada: Viewer) -> Post:
    post = begin_post("Afterwards", by=ada)
    saved(post, words(TEXT), by=ada)
    date_post(post, timezone.now() - timedelta(days=1), by=ada)
    return post


@pytest.fixture
def as_ada(client: Client, ada: Viewer) -> Client:
    client.force_login(ada.person)
    return client


def mark(of: Event | Post, sentence: str = SAID, *, by: Viewer, block: str = "a1", **more: object) -> Promise:
    return mark_promise(of.writing, block, sentence, by=by, **more)


def test_a_sentence_is_marked_word_for_word_with_its_place(event: Event, ada: Viewer) -> None:
    body = Organisation.objects.create(name="A reading group")
    promise = mark(event, by=ada, owner=body, due="2019-05")
    assert (promise.text, promise.event, promise.owner, promise.due) == (SAID, event, body, "2019-05")
    sentence = promise.sentence
    assert (sentence.writing, sentence.version, sentence.block) == (event.writing, 1, "a1")


def test_marking_it_again_changes_nothing(event: Event, ada: Viewer) -> None:
    assert mark(event, by=ada) == mark(event, by=ada, due="2030")
    assert Promise.objects.count() == Sentence.objects.count() == 1


@pytest.mark.parametrize(
    "words_and_block",
    [("We will write to nobody in May.", "a1"), (SAID, "b2"), ("We will write", "a1"), ("", "a1")],
)
def test_what_does_not_stand_there_is_not_marked(
    event: Event, ada: Viewer, words_and_block: tuple[str, str]
) -> None:
    sentence, block = words_and_block
    with pytest.raises(Refused, match="does not stand in the text"):
        mark(event, sentence, block=block, by=ada)


def test_what_others_said_is_no_promise_of_the_text(event: Event, ada: Viewer) -> None:
    with pytest.raises(Refused):
        mark(event, "We will never agree.", block="q1", by=ada)


def test_only_what_everybody_can_read_is_marked(make_event: Callable[..., Event], ada: Viewer) -> None:
    hidden = make_event("hidden-day", status=Event.Status.DRAFT)
    published(hidden, words(TEXT), by=ada)
    unsaved, later = make_event("unsaved"), begin_post("Later", by=ada)
    for of in (unsaved, later):
        saved(of, words(TEXT), by=ada)
    date_post(later, timezone.now() + timedelta(days=1), by=ada)
    for of in (hidden, unsaved, later):
        with pytest.raises(Refused, match="Publish the text first"):
            mark(of, by=ada)


def test_only_those_who_write_the_text_mark_it(event: Event, post: Post, ben: Viewer) -> None:
    for stranger in (ben, ANYBODY, Viewer(person=make_person("Eve"))):
        for of in (event, post):
            with pytest.raises(Refused, match="can write here"):
                mark(of, by=stranger)


def test_a_promise_keeps_its_words_and_its_version_when_the_text_changes(
    event: Event, ada: Viewer, as_ada: Client
) -> None:
    promise = mark(event, by=ada)
    published(event, words("<p>It rained.</p>"), by=ada)
    promise.refresh_from_db()
    assert promise.text == SAID
    page = as_ada.get(promise.get_absolute_url()).text
    assert "/events/wall-day/versions/1/#:~:text=We%20will%20write" in page


def test_the_place_of_a_promise_is_told_while_somebody_may_read_it(event: Event, ada: Viewer) -> None:
    promise = mark(event, by=ada)
    assert places_of([promise], ANYBODY)[promise.pk].name == "Wall day"
    unpublish_text(event.writing, by=ada, why="It named somebody.")
    assert places_of([promise], ANYBODY)[promise.pk].address == ""


def test_what_sounds_like_a_promise_is_offered_until_it_is_marked_and_looking_marks_nothing(
    event: Event, ada: Viewer, as_ada: Client
) -> None:
    address = "/events/wall-day/promises/found/"
    assert "2 sentences sound like promises" in as_ada.get(address).text
    assert "2 sentences sound like promises" in as_ada.get("/events/wall-day/").text
    assert not Promise.objects.exists()
    typed = {"block": "a1", "sentence": SAID, "due": "May 2019", "person": ada.person.identifier}
    answer = as_ada.post(address, typed, follow=True)
    assert "It is on the ledger" in answer.text
    promise = Promise.objects.get()
    assert (promise.due, promise.person, promise.marked_by) == ("2019-05", ada.person, ada.person)
    assert [said.text for said in found_in(event.writing)] == ["We'll count them again."]


def test_a_sentence_that_sounds_like_none_can_be_marked_too(as_ada: Client, post: Post) -> None:
    page = f"/journal/{post.slug}/promises/found/"
    link = re.search(r'href="(\?block=a1&amp;sentence=It[^"]+)"', as_ada.get(page).text)[1]
    chosen = as_ada.get(page + html.unescape(link))
    assert chosen.status_code == 200
    assert '<input type="hidden" name="sentence" value="It rained.">' in chosen.text
    assert not Promise.objects.exists(), "choosing marks nothing"
    as_ada.post(page, {"block": "a1", "sentence": "It rained."})
    assert Promise.objects.get().text == "It rained."
    assert "sentence=It" not in as_ada.get(page).text


def test_what_is_typed_wrongly_is_kept_and_said(as_ada: Client, post: Post) -> None:
    typed = {"block": "a1", "sentence": SAID, "due": "some day"}
    answer = as_ada.post(f"/journal/{post.slug}/promises/found/", typed)
    assert answer.status_code == 422
    assert "some day" in answer.text
    assert "is not a date" in answer.text
    answer = as_ada.post(f"/journal/{post.slug}/promises/found/", typed | {"sentence": "Other.", "due": ""})
    assert (answer.status_code, Promise.objects.count()) == (422, 0)
    assert "does not stand in the text any more" in answer.text


def test_a_promise_of_a_post_stands_under_it_and_on_the_ledger(
    client: Client, post: Post, ada: Viewer
) -> None:
    promise = mark(post, by=ada)
    assert promise.event is None
    page = client.get(post.get_absolute_url()).text
    assert "Promised in this text" in page
    assert promise.get_absolute_url() in page
    assert f"/journal/{post.slug}/versions/1/" in client.get("/promises/").text


def test_strangers_are_not_shown_what_sounds_like_promises(client: Client, event: Event, post: Post) -> None:
    client.force_login(make_person("Eve"))
    assert client.get("/events/wall-day/promises/found/").status_code == 404
    assert client.get(f"/journal/{post.slug}/promises/found/").status_code == 404
    assert "like promises" not in client.get("/events/wall-day/").text


@pytest.mark.parametrize("number", [1, 3])
def test_the_ledger_names_the_texts_of_promises_in_a_fixed_number_of_queries(
    client: Client, ada: Viewer, django_assert_num_queries: Callable, number: int
) -> None:
    post = begin_post("Afterwards", by=ada)
    said = [f"We will do thing {n}." for n in range(number)]
    saved(post, words(f"<p>{' '.join(said)}</p>"), by=ada)
    date_post(post, timezone.now() - timedelta(days=1), by=ada)
    for sentence in said:
        mark(post, sentence, by=ada)
    with django_assert_num_queries(7):
        client.get("/promises/")
