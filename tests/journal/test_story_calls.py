"""Calls for stories: who makes them, who sees them, and when they take stories."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from events.models import Event
from journal.models import Story, StoryCall
from journal.story_calls import begin_call, edit_call
from people.guests import ANYBODY, Viewer
from people.models import Person
from people.refusals import Refused
from tests.conftest import make_person
from tests.stories import call_for, shown, told

YESTERDAY, TOMORROW = (timezone.now() + timedelta(days=days) for days in (-1, 1))
FACTS = {"title": "A good day", "prompt": "Tell.", "topics": [], "events": [], "opens_at": None}
FORM = {"title": "A good day", "prompt": "Tell us about it.", "when": "now"}


@pytest.fixture
def as_ada(client: Client, ada: Viewer) -> Client:
    client.force_login(ada.person)
    return client


def test_only_organisers_call_for_stories(ada: Viewer, researcher: Viewer) -> None:
    for viewer in (researcher, ANYBODY, Viewer(person=make_person("Ben"))):
        with pytest.raises(Refused, match="Only organisers"):
            call_for(viewer)
    assert call_for(ada).is_run_by(ada)


def test_a_call_says_what_it_asks_and_its_topics_once_each(ada: Viewer) -> None:
    call = call_for(ada, topics=["A  letter", "", "A letter", "Tea"])
    assert (call.topics, call.slug) == (["A letter", "Tea"], "a-good-day")
    for fields in ({"title": " "}, {"prompt": "\n"}, {"topics": [str(n) for n in range(30)]}):
        with pytest.raises(Refused):
            call_for(ada, **fields)


def test_a_call_takes_stories_between_its_two_days(ada: Viewer) -> None:
    for opens, closes, is_open in (
        (None, None, False), (YESTERDAY, None, True), (TOMORROW, None, False),
        (YESTERDAY, TOMORROW, True), (YESTERDAY - timedelta(days=1), YESTERDAY, False),
    ):  # fmt: skip
        call = call_for(ada, opens_at=opens, closes_at=closes)
        assert (call.is_open, call in StoryCall.objects.open()) == (is_open, is_open)
    with pytest.raises(Refused, match="for a while"):
        begin_call(by=ada, title="x", prompt="y", opens_at=TOMORROW, closes_at=YESTERDAY)


def test_a_call_that_is_not_open_yet_is_for_whoever_began_it(
    client: Client, ada: Viewer, steward: Viewer, researcher: Viewer
) -> None:
    call = call_for(ada, opens_at=None)
    for viewer, status in ((ada, 200), (steward, 200), (researcher, 404)):
        client.force_login(viewer.person)
        assert client.get(call.get_absolute_url()).status_code == status
    client.logout()
    assert client.get(call.get_absolute_url()).status_code == 404
    assert "A good day" not in client.get("/stories/").text


def test_a_call_that_has_stories_cannot_be_hidden_but_closed(ada: Viewer) -> None:
    call = call_for(ada)
    told(call)
    with pytest.raises(Refused, match="stays public"):
        edit_call(call, by=ada, **FACTS, closes_at=None)
    with pytest.raises(Refused, match="stays public"):
        edit_call(call, by=ada, **FACTS | {"opens_at": timezone.now() + timedelta(days=1)}, closes_at=None)
    edit_call(call, by=ada, **FACTS | {"opens_at": YESTERDAY}, closes_at=timezone.now())
    assert not call.is_open
    assert call.is_closed


def test_somebody_elses_call_is_not_changed(client: Client, ada: Viewer) -> None:
    call, ola = call_for(ada), make_person("Ola", "organiser")
    with pytest.raises(Refused, match="whoever began"):
        edit_call(call, by=Viewer(person=ola), **FACTS, closes_at=None)
    client.force_login(ola)
    assert client.get(f"{call.get_absolute_url()}edit/").status_code == 404


def test_an_organiser_makes_a_call_and_changes_it_on_a_page(
    as_ada: Client, make_event: Callable[..., Event]
) -> None:
    event = make_event()
    assert as_ada.post("/stories/new/", FORM | {"prompt": ""}).status_code == 422
    answer = as_ada.post("/stories/new/", FORM | {"topics": "Tea\r\nA letter", "events": event.pk})
    assert answer.url == "/stories/a-good-day/"
    page = as_ada.get("/stories/a-good-day/").text
    assert "Tell us about it." in page
    assert "A letter" in page
    assert event.get_absolute_url() in page
    began = StoryCall.objects.get().opens_at
    changed = FORM | {
        "when": "on",
        "opens_on": f"{timezone.localtime(began):%Y-%m-%d}",
        "closes_on": "2099-01-31",
    }
    assert as_ada.post("/stories/a-good-day/edit/", changed).status_code == 302
    call = StoryCall.objects.get()
    assert call.opens_at == began
    assert timezone.localtime(call.closes_at).day == 31
    assert "Open until 31 January 2099" in as_ada.get("/stories/").text


def test_a_day_is_asked_for_where_a_call_opens_on_one(as_ada: Client) -> None:
    answer = as_ada.post("/stories/new/", FORM | {"when": "on"})
    assert answer.status_code == 422
    assert "Say which day" in answer.text


def test_a_call_shows_stories_by_topic_and_counts_what_was_taken_back(
    client: Client, ada: Viewer, do_work: Callable[[], int]
) -> None:
    call = call_for(ada)
    shown(call, ada, "About a letter.", topic="A letter")
    shown(call, ada, "About a meeting.", topic="A meeting")
    told(call, "Nobody has read this.")
    page = client.get(call.get_absolute_url()).text
    assert "About a letter." in page
    assert "About a meeting." in page
    assert "Nobody has read" not in page
    page = client.get(f"{call.get_absolute_url()}?topic=A+letter").text
    assert "About a letter." in page
    assert "About a meeting." not in page


def test_a_call_without_stories_says_so(client: Client, ada: Viewer) -> None:
    call = call_for(ada)
    assert "No stories yet" in client.get(call.get_absolute_url()).text
    StoryCall.objects.update(opens_at=None)
    assert "Nobody asks for stories just now" in client.get("/stories/").text


@pytest.mark.parametrize("number", [1, 4])
def test_a_call_takes_as_many_queries_for_one_story_as_for_four(
    client: Client, ada: Viewer, django_assert_num_queries: Callable, number: int
) -> None:
    call = call_for(ada)
    for n in range(number):
        shown(call, ada, f"Story {n}.")
    with django_assert_num_queries(5):
        client.get(call.get_absolute_url())


def test_whoever_organises_no_more_reads_no_more_what_people_told(ada: Viewer) -> None:
    call = call_for(ada)
    made = told(call)
    assert Story.objects.visible_to(ada).get() == made.story
    ada.person.roles.all().delete()
    later = Viewer(person=Person.objects.get(pk=ada.person.pk))
    assert not call.is_run_by(later)
    assert not Story.objects.visible_to(later).exists()
