"""The log: every act on the site for stewards, and those of an event for whoever organises it."""

from collections.abc import Callable
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from events.duties import appoint
from events.log import acts_in, parts
from events.models import Duty, Event
from people.guests import ANYBODY, Viewer
from people.models import Act
from responses.board import withdraw_note
from responses.drawing_desk import hide_picture
from responses.models import Board, Note
from responses.moderation import hide_note
from responses.poll import hide_option
from tests.conftest import make_person
from tests.drawings import hang_one, hold_drawing
from tests.polls import hold_poll, suggest

pytestmark = pytest.mark.django_db
CANARY = "velvetbittern"


def test_an_events_log_has_the_acts_on_all_that_is_in_it_and_nothing_else(
    make_event: Callable[..., Event],
    make_board: Callable[..., Board],
    post_note: Callable[..., Note],
    ada: Viewer,
    ben: Viewer,
) -> None:
    event, other = make_event(), make_event("elsewhere")
    for at in (event, other):
        board = make_board(event=at, slug=f"wall-{at.pk}")
        hide_note(post_note(board.stations.get(), CANARY), "Not now.", by=ada)
        withdraw_note(post_note(board.stations.get(), key=uuid4()), by=ben)
        hide_option(suggest(hold_poll(at, phase="propose"), by=ben), "Not now.", by=ada)
        hide_picture(hang_one(hold_drawing(at), by=ben), "Not now.", by=ada)
        appoint(make_person(f"Fay{at.pk}"), Duty.MODERATOR, by=ada, event=at)
    here, there = acts_in(event, ada), acts_in(other, ada)
    kinds = set(here.values_list("subject_kind", flat=True))
    assert {"event", "note", "option", "picture", "appointment"} <= kinds
    assert not set(here) & set(there)
    assert set(here) | set(there) == set(Act.objects.all())


def test_what_leads_to_an_event_is_in_its_log_without_being_listed() -> None:
    names = {model._meta.label for model, _ in parts()}
    assert {"events.Appointment", "events.SignUp", "responses.Note", "responses.Region"} <= names
    assert {"journal.Comment", "journal.Version", "journal.Film", "responses.Stub"} <= names
    assert not names & {"people.Person", "principles.Principle", "events.Series", "journal.Post"}


def test_nobody_but_its_organisers_reads_an_events_log(
    make_event: Callable[..., Event], researcher: Viewer, site_moderator: Viewer, ben: Viewer
) -> None:
    event = make_event()
    for viewer in (researcher, site_moderator, ben, ANYBODY):
        assert not acts_in(event, viewer).exists()


def test_the_log_says_who_did_what_and_never_the_words_of_a_note(
    client: Client, board: Board, post_note: Callable[..., Note], ada: Viewer, steward: Viewer
) -> None:
    note = post_note(board.stations.get(), CANARY)
    hide_note(note, "It names somebody.", by=ada)
    for viewer, address in ((steward, reverse("log")), (ada, reverse("event_log", args=[board.event.slug]))):
        client.force_login(viewer.person)
        page = client.get(address)
        assert "It names somebody." in page.text
        assert "Ada" in page.text
        assert note.identifier in page.text
        assert CANARY not in page.text


def test_the_log_is_narrowed_to_a_kind_a_person_and_a_day(
    client: Client, make_event: Callable[..., Event], ada: Viewer, steward: Viewer
) -> None:
    appoint(make_person("Fay"), Duty.MODERATOR, by=ada, event=make_event())
    client.force_login(steward.person)
    today = timezone.localdate().isoformat()

    def verbs(**asked: str) -> list[str]:
        return [line.act.verb for line in client.get(reverse("log"), asked).context["page"].object_list]

    assert verbs() == ["appointed", "announced"]
    assert verbs(kind="appointment") == ["appointed"]
    assert verbs(who=ada.person.identifier, day=today) == ["appointed", "announced"]
    assert verbs(who=steward.person.identifier) == []
    assert verbs(day="2001-01-01") == []
    assert verbs(day="nonsense") == []


def test_the_log_comes_in_pages_of_fifty(
    client: Client, steward: Viewer, django_assert_max_num_queries: Callable
) -> None:
    Act.objects.bulk_create(
        Act(actor="the site", verb="swept", subject_kind="event", subject=str(one)) for one in range(120)
    )
    client.force_login(steward.person)
    with django_assert_max_num_queries(9):
        first = client.get(reverse("log"))
    assert len(first.context["page"].object_list) == 50
    last = client.get(reverse("log"), {"page": 3})
    assert len(last.context["page"].object_list) == 20
