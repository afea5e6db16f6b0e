"""One of every kind of thing that is cited, published."""

from collections.abc import Callable

import pytest
from django.db.models import Model
from django.utils import timezone

from events.models import Event
from events.record import add_quotation
from journal.judging import judge
from journal.models import Post, State
from journal.posts import publish_post
from outcomes.models import Amendment, Call, Decision, Promise, Statement, Theme
from people.guests import Viewer
from people.models import Organisation
from responses.models import Board, Note
from tests.drawings import hang_one, hold_drawing
from tests.stories import call_for, told


@pytest.fixture(autouse=True)
def site_address(settings: object) -> None:
    settings.SITE_URL = "http://testserver"


@pytest.fixture
def loaf(db: None) -> Organisation:
    return Organisation.objects.create(name="The Loaf")


@pytest.fixture
def day(make_event: Callable, make_set: Callable, loaf: Organisation) -> Event:
    event = make_event(body="It rained, and everybody came.", principle_sets=[make_set()], place="Leeds")
    event.organisers.create(organisation=loaf)
    return event


@pytest.fixture
def wall(day: Event, make_board: Callable) -> Board:
    return make_board(event=day)


@pytest.fixture
def note(wall: Board, post_note: Callable) -> Note:
    return post_note(wall.stations.get(), "Say who decides.", mark="square")


@pytest.fixture
def post(ada: Viewer, day: Event) -> Post:
    return publish_post(
        by=ada, body="We learned to wait.", title="What we learned", slug="learned", events=[day],
        published_at=timezone.now(), byline="Ada Okoro")  # fmt: skip


@pytest.fixture
def everything(day: Event, note: Note, post: Post, ada: Viewer, steward: Viewer) -> dict[str, Model]:
    """One thing of every kind, by its kind, all of it in everybody's sight."""
    of_day = {"event": day, "author": ada.person}
    now = timezone.now()
    principles = day.principle_sets.get()
    principle = principles.principles.first()
    story = told(call_for(ada), title="A letter", name="Bea Lund").story
    judge(story, State.SHOWN, by=steward)
    return {
        "note": note,
        "event": day,
        "board": note.board,
        "quotation": add_quotation(day, "We bring what we have.", said_by="One table", by=ada),
        "set": principles,
        "principle": principle,
        "wording": principle.current_wording,
        "post": post,
        "story": story,
        "picture": hang_one(hold_drawing(day), "Two hands", by=Viewer(guest_key="ben"), expression="Bread"),
        "theme": Theme.objects.create(**of_day, name="Who decides"),
        "statement": Statement.objects.create(**of_day, text="You want to decide.", published_at=now),
        "decision": Decision.objects.create(**of_day, text="You will.", kind="will_do", published_at=now),
        "amendment": Amendment.objects.create(
            principle=principle, wording=principle.current_wording, author=ada.person,
            text="Power is lent.", why="It goes back.",
            state="open", opened_at=now, open_until=now,
        ),
        "promise": Promise.objects.create(event=day, text="We will write to you."),
        "call": Call.objects.create(**of_day, title="Open the books", text="All of them.", opened_at=now),
    }  # fmt: skip
