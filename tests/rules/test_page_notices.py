"""The database tells of every change, and after every act a kept page is the one that Django would make."""

from collections.abc import Callable, Iterator
from uuid import uuid4

import pytest
from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper

from coproduce.serving.kept.listener import CHANNEL, TOLD
from events.agenda import add_item
from events.models import Event
from events.record import add_quotation
from journal.judging import judge
from journal.models import Comment, State
from journal.posts import date_post
from outcomes.models import Promise, Theme
from outcomes.promises import make_promise, take_down_promise
from outcomes.themes import edit_theme
from people.consent import consent_given
from people.guests import Viewer
from people.models import Person
from people.records import describe_person
from principles.wording import add_wording
from responses.board import change_consent, correct_note, take_down_note, withdraw_note
from responses.models import Card, Option, Stand, ZoneCount
from responses.moderation import hide_note, pin_note, show_note
from responses.room import close_activity, lock_station, set_timer
from tests.coproduce.kept.site import kept_site
from tests.rules.scenes import Scene
from tests.rules.test_kept_pages import OF_ACTIVITIES

pytestmark = pytest.mark.django_db(transaction=True)

COLUMNS = """
    SELECT attname FROM pg_attribute WHERE attrelid = %s::regclass AND attnum > 0 AND NOT attisdropped
    AND attgenerated = '' ORDER BY attnum
"""


@pytest.fixture(autouse=True)
def _count_anew(transactional_db: None) -> Iterator[None]:
    """Counts for limits are no model's, so that nothing empties them between tests."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM people_ratecount")
        yield
        cursor.execute("DELETE FROM people_ratecount")


def heard() -> set[str]:
    """The notices since the last time, without their transactions."""
    wire = connection.connection
    wire.poll()
    notices = {notice.payload.rpartition(" ")[0] for notice in wire.notifies}
    wire.notifies.clear()
    return notices


def committed(cursor: CursorWrapper, *statements: str) -> set[str]:
    """What was told of these, done together; nothing before it is so."""
    with transaction.atomic():
        for statement in statements:
            cursor.execute(statement)
        assert heard() == set()
    return heard()


def expected(cursor: CursorWrapper, table: str, names_event: bool) -> set[str]:
    """What has to be told when every row of the table changes."""
    if not names_event:
        return {table}
    found = set()
    for pk in Event.objects.values_list("pk", flat=True):
        cursor.execute(f"SELECT 1 FROM {table} WHERE NOT ({OF_ACTIVITIES[table].format(event=pk)}) LIMIT 1")
        if cursor.fetchone():
            found.add(f"responses {pk}")
    return found


def test_every_change_of_every_table_is_told_when_it_is_committed(everything: tuple[Scene, Scene]) -> None:
    take_part(everything[0].event)
    with connection.cursor() as cursor:
        cursor.execute(TOLD)
        told = dict(cursor.fetchall())
        cursor.execute(f"LISTEN {CHANNEL}")
        heard()
        for table, names_event in told.items():
            cursor.execute(COLUMNS, [table])
            columns = ", ".join(f'"{name}"' for (name,) in cursor.fetchall())
            must = expected(cursor, table, names_event)
            assert must, f"No scene has a row of {table}."
            assert must <= committed(cursor, f"UPDATE {table} SET ({columns}) = ROW ({columns})")
            away = f"CREATE TEMP TABLE away ON COMMIT DROP AS SELECT {columns} FROM {table}"
            back = f"INSERT INTO {table} ({columns}) SELECT {columns} FROM away"
            assert must <= committed(cursor, away, f"DELETE FROM {table}", back), table


def take_part(event: Event) -> None:
    """In a poll and with cards, which nobody does in the scenes."""
    option = Option.objects.filter(poll__event=event).first()
    option.choices.create(participant=option.poll.participants.create(token="x"), ballot=uuid4(), rank=1)
    card = Card.objects.filter(cards__event=event).first()
    zone, participant = card.cards.zones.first(), card.cards.participants.create(token="x")
    Stand.objects.create(card=card, zone=zone, participant=participant, round="before", pair=uuid4())
    ZoneCount.objects.create(card=card, zone=zone, round="before", number=3)


def acts(scene: Scene, ben: Viewer, dee: Viewer, steward: Viewer) -> Iterator[Callable]:
    """Things that people do, of every kind that visitors see something of."""
    event, board, (_, kept, shown, hidden, _), post = scene.event, scene.board, scene.notes, scene.posts[0]
    station = board.stations.get()
    yield lambda: correct_note(shown, "Say who decides, and when.", by=dee)
    yield lambda: show_note(hidden, by=None)
    yield lambda: hide_note(hidden, "It names somebody.", by=None)
    yield lambda: pin_note(shown, by=None)
    yield lambda: change_consent(kept, consent_given(public=True, research=True), by=ben)
    yield lambda: withdraw_note(shown, by=dee)
    yield lambda: take_down_note(kept, "It names somebody.", by=steward)
    yield lambda: lock_station(station, by=None)
    yield lambda: set_timer(board, 5, by=None)
    yield lambda: close_activity(board, by=None)
    yield lambda: add_item(event, time="10:00", title="Tea", by=None)
    yield lambda: add_quotation(event, "We were asked.", said_by="Somebody", by=None)
    yield lambda: make_promise(event, "We will print it.", by=None)
    yield lambda: take_down_promise(Promise.objects.filter(event=event).first(), "It was a joke.", by=None)
    yield lambda: edit_theme(Theme.objects.filter(event=event, dissolved_at=None).first(), "Money", by=None)
    yield lambda: add_wording(scene.principles.principles.first(), "Power is handed over.", by=None)
    yield lambda: date_post(post, None, by=None)
    yield lambda: judge(
        Comment.objects.filter(state=State.SHOWN).first(), State.REMOVED, by=steward, why="No."
    )
    yield lambda: describe_person(
        Person.objects.filter(is_listed=True, email=None).first(),
        by=None,
        name="Eve Renamed",
        about="",
        website="",
    )


def test_after_every_act_a_kept_page_is_the_one_django_would_make(
    published: Scene, draft: Scene, ben: Viewer, dee: Viewer, steward: Viewer
) -> None:
    event, post = published.event, published.posts[0]
    principle = published.principles.principles.first()
    pages = [
        "/", "/events/", "/principles/", "/journal/", "/outcomes/", "/archive/",
        *(one.get_absolute_url() for one in (event, published.board, principle, post, published.notes[2])),
    ]  # fmt: skip
    with kept_site() as site:
        for number, act in enumerate(acts(published, ben, dee, steward)):
            for path in pages:
                site.get(path)
            act()
            site.hear()
            for path in pages:
                before, answer = site.counts.get("kept", 0), site.get(path)
                if site.counts.get("kept", 0) == before:
                    continue
                fresh = site.fresh(path)
                assert (answer.status, answer.body) == (fresh.status, fresh.body), (number, path)
        assert site.counts["kept"] > len(pages), "nothing was kept from one act to the next"
