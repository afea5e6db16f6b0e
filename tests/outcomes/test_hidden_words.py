"""Words that nobody may read any more, or not here: no page, feed or file of outcomes shows one."""

from collections.abc import Callable

import pytest
from django.http import HttpResponse
from django.test import Client

from events.models import Event
from outcomes.calls import make_call, open_call
from outcomes.decisions import draft_decision
from outcomes.declining import decline_notes
from outcomes.models import (
    Call,
    Decision,
    Promise,
    Statement,
    Theme,
)
from outcomes.promises import make_promise
from outcomes.statements import draft_statement, publish_statement
from outcomes.themes import make_theme
from people.guests import Viewer
from responses.board import withdraw_note
from responses.models import Note, Station
from tests.conftest import make_person
from tests.outcomes.amending import asking, opened, proposed
from tests.outcomes.makers import decided

SECRET = "Xylophone"
# Every page, feed and file of outcomes that anybody may ask for.
PUBLIC = (
    "/", "/outcomes/", "/events/wall-day/", "/events/wall-day/outcomes/", "/events/wall-day/outcomes/feed/",
    "/events/wall-day/waiting/", "/events/wall-day/waiting/?words=Xylo", "/events/wall-day/themes/",
    "/events/wall-day/themes/?loose=1", "/promises/", "/promises/feed/", "/calls/", "/amendments/",
    "/contested/", "/crosswalk/", "/crosswalk/lanterns/lanterns/",
    "/crosswalk/lanterns/lanterns/evidence.csv", "/crosswalk/lanterns/lanterns/evidence.json",
    "/my-thread/", "/my-thread/export/thread.json",
    "/principles/lanterns/power/",
)  # fmt: skip


@pytest.fixture
def told(ada: Viewer, ben: Viewer, station: Station, post_note: Callable, make_set: Callable) -> list[str]:
    """The addresses of all that was made of notes that are kept, hidden, held back or withdrawn."""
    principle, event = asking(make_set, station), station.board.event
    shown = post_note(station, "Say who decides. It links to Time.")
    secret = [post_note(station, f"{SECRET} {one}: links to Time", public=False) for one in range(2)]
    secret += [post_note(station, f"{SECRET} {one}: links to Time", mark="square") for one in range(2, 5)]
    statement = draft_statement(event, "People ask.", by=ada, notes=[shown, *secret])
    publish_statement(statement, by=ada)
    decision = decided(statement, "will_do", ada)
    theme = make_theme(event, "Power", by=ada, notes=[shown, *secret])
    amendment = opened(principle, ada, notes=[shown, *secret])
    call = open_call(make_call("Share", "Do.", by=ada, event=event, statements=[statement]), by=ada)
    decline_notes([post_note(station, f"{SECRET} 9", public=False)], "No money.", by=ada)
    draft_statement(event, f"{SECRET} in a draft", by=ada, notes=[shown])
    draft_decision(event, "will_do", f"{SECRET} in a draft", by=ada, statements=[statement])
    proposed(principle, ada, f"{SECRET} in a draft")
    make_call(f"{SECRET} in a draft", SECRET, by=ada, event=event, statements=[statement])
    Note.objects.filter(pk=secret[2].pk).update(moderation="hidden", moderation_why=SECRET)
    Note.objects.filter(pk=secret[3].pk).update(moderation="waiting")
    withdraw_note(secret[4], by=ben)
    things = (statement, decision, theme, amendment, call, *secret)
    return [thing.get_absolute_url() for thing in things]


def test_no_page_feed_or_file_shows_a_word_of_it(
    client: Client, told: list[str], subtests: pytest.Subtests
) -> None:
    signed_in = Client()
    signed_in.force_login(make_person("Mallory"))
    for one in (client, signed_in):
        for address in (*PUBLIC, *told):
            with subtests.test(address):
                answer = one.get(address)
                assert answer.status_code in (200, 404, 410), answer.status_code
                assert SECRET not in content_of(answer)


def test_a_search_tells_nothing_of_words_that_are_kept(client: Client, told: list[str]) -> None:
    page = "/events/wall-day/waiting/?filter=declined&words="
    there, nowhere = (content_of(client.get(page + word)).replace(word, "") for word in (SECRET, "Zylophone"))
    assert there == nowhere


def test_what_came_of_an_event_goes_with_it(client: Client, ada: Viewer, told: list[str]) -> None:
    make_promise(Event.objects.get(), "We will write.", by=ada)
    Event.objects.update(status=Event.Status.DRAFT, name=SECRET)
    Statement.objects.update(text=SECRET)
    Decision.objects.update(text=SECRET)
    Promise.objects.update(text=SECRET)
    Theme.objects.update(name=SECRET)
    Call.objects.update(title=SECRET, text=SECRET)
    Note.objects.filter(withdrawn_at=None).update(text=SECRET)
    for address in (*PUBLIC, *told):
        assert SECRET not in content_of(client.get(address)), address


def content_of(answer: HttpResponse) -> str:
    return answer.content.decode()
