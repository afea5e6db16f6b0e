"""Makers with defaults, and a fixed cast: Ada hosts, Ben takes part, Cleo is a stranger, Dee withdrew."""

import gc
import socket
from collections.abc import Callable, Iterator
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.test import override_settings
from django_tasks_db.models import DBTaskResult
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings
from pytest_django import DjangoDbBlocker

from coproduce.work import run_ready
from events.models import Appointment, Duty, Event
from events.record import announce_event
from journal.writing import write_at_once
from people.consent import consent_given
from people.guests import ANYBODY, Viewer
from people.models import Person, Role
from principles.models import Principle, PrincipleSet, Wording
from responses.board import add_note
from responses.codes import new_code
from responses.models import Board, Mark, Note, Station
from tests.template import template

# No test depends on a clock, and on a busy machine everything is slow at times.
hypothesis_settings.register_profile(
    "any machine", deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
hypothesis_settings.load_profile("any machine")

FORGET_SIZES = """
    SELECT pg_clear_relation_stats(nspname, relname)
    FROM pg_class JOIN pg_namespace ON pg_namespace.oid = relnamespace
    WHERE nspname = 'public' AND relkind IN ('r', 'p', 'm') AND reltuples >= 0
"""
LOCAL = {"127.0.0.1", "::1", "localhost"}


def pytest_collection_finish() -> None:
    """What is there before the first test stays to the end: the search for garbage need not go over it."""
    gc.collect()
    gc.freeze()


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings: None, django_db_blocker: DjangoDbBlocker
) -> None:
    """To make every table takes as long as hundreds of tests; to copy a database takes a moment."""
    with django_db_blocker.unblock():
        connection.settings_dict["TEST"]["TEMPLATE"] = template()


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """The database goes, though a thread of the site may keep its connection a moment after the last test."""
    yield
    with django_db_blocker.unblock():
        # Its own may be one that the server has closed since.
        connection.close()
        end_other_sessions()


def end_other_sessions() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )


@pytest.fixture(autouse=True, scope="module")
def as_new(django_db_blocker: DjangoDbBlocker) -> None:
    """What tests before left behind goes: counts of limits, in a table that no model flushes, chores of a
    site that ran beside them, and sizes of tables.

    PostgreSQL plans for tables as it found them last, and that was empty. A table of which nothing is
    known it takes for one of a few pages, as it is in tests.
    """
    if connection.settings_dict["NAME"] == connection.creation._get_test_db_name():
        with django_db_blocker.unblock(), connection.cursor() as cursor:
            cursor.execute("DELETE FROM people_ratecount")
            DBTaskResult.objects.all().delete()
            cursor.execute(FORGET_SIZES)


@pytest.fixture(autouse=True)
def no_outside_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing in a test may leave this machine."""
    connect = socket.socket.connect

    def connect_here(self: socket.socket, address: object) -> None:
        if isinstance(address, tuple) and address[0] not in LOCAL:
            raise AssertionError(f"A test tried to reach {address[0]}.")
        connect(self, address)

    monkeypatch.setattr(socket.socket, "connect", connect_here)


@pytest.fixture
def no_window_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    """Time stands still, and with it the windows of limits, however slow the machine is."""
    now = 1_900_000_020
    monkeypatch.setattr("people.limits.time.time", lambda: float(now))
    # Or the next test would be the first of a day, which sweeps.
    monkeypatch.setattr("people.limits._swept_on", now // 86_400)


@pytest.fixture(autouse=True, scope="session")
def pictures_elsewhere(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """No test writes to the site's own pictures and tombstones, nor a demo that many tests share."""
    here = tmp_path_factory.getbasetemp()
    with override_settings(MEDIA_ROOT=here / "media", TOMBSTONES=here / "tombstones.jsonl"):
        yield


def make_person(name: str, *roles: str) -> Person:
    person = Person.objects.create_user(f"{name.lower()}@example.org", name=name)
    for kind in roles:
        Role.objects.create(person=person, kind=kind)
    return person


@pytest.fixture
def ada(db: None) -> Viewer:
    """Ada hosts."""
    return Viewer(person=make_person("Ada", Role.Kind.ORGANISER))


@pytest.fixture
def ben() -> Viewer:
    """Ben takes part, without an account."""
    return Viewer(guest_key="ben")


@pytest.fixture
def cleo() -> Viewer:
    """Cleo is a stranger."""
    return ANYBODY


@pytest.fixture
def dee() -> Viewer:
    """Dee withdrew."""
    return Viewer(guest_key="dee")


@pytest.fixture
def steward(db: None) -> Viewer:
    return Viewer(person=make_person("Sam", Role.Kind.STEWARD))


@pytest.fixture
def researcher(db: None) -> Viewer:
    return Viewer(person=make_person("Ros", Role.Kind.RESEARCHER))


@pytest.fixture
def site_moderator(db: None) -> Viewer:
    """Mo moderates everywhere."""
    return Viewer(person=make_person("Mo", Role.Kind.MODERATOR))


@pytest.fixture
def facilitator(make_helper: Callable[..., Viewer]) -> Viewer:
    """Fen facilitates every event there is when this is asked for."""
    return make_helper("Fen", Duty.FACILITATOR)


@pytest.fixture
def transcriber(make_helper: Callable[..., Viewer]) -> Viewer:
    return make_helper("Tam", Duty.TRANSCRIBER)


@pytest.fixture
def moderator(make_helper: Callable[..., Viewer]) -> Viewer:
    return make_helper("Mia", Duty.MODERATOR)


@pytest.fixture
def make_helper(db: None) -> Callable[..., Viewer]:
    def make(name: str, duty: str) -> Viewer:
        """Somebody with this role in every event there is now."""
        person = make_person(name)
        for event in Event.objects.all():
            Appointment.objects.create(person=person, duty=duty, event=event)
        return Viewer(person=person)

    return make


@pytest.fixture
def make_set(db: None) -> Callable[..., PrincipleSet]:
    def make(*names: str, slug: str = "lanterns", name: str = "Lanterns") -> PrincipleSet:
        made = PrincipleSet.objects.create(slug=slug, name=name, authors="A reading group", year="2018")
        for position, principle in enumerate(names or ("Power", "Time"), 1):
            member = Principle.objects.create(
                set=made, position=position, letter=principle[0], name=principle,
                slug=principle.lower().replace(" ", "-"),
            )  # fmt: skip
            Wording.objects.create(
                principle=member, version=1, text=f"{principle} is shared.", status=Wording.Status.TRANSCRIBED
            )
        return made

    return make


@pytest.fixture
def make_event(ada: Viewer) -> Callable[..., Event]:
    def make(slug: str = "wall-day", body: str = "", **fields: object) -> Event:
        defaults = {"name": "Wall day", "date": "2019-03-06", "status": Event.Status.IN_PROGRESS}
        event = announce_event(by=ada, organisers=[ada.person], slug=slug, **(defaults | fields))
        if body:
            write_at_once(event, body, by=ada)
        return event

    return make


@pytest.fixture
def make_board(make_event: Callable[..., Event]) -> Callable[..., Board]:
    def make(
        *headings: str, slug: str = "wall", state: str = Board.State.OPEN, event: Event | None = None
    ) -> Board:
        code = new_code() if state == Board.State.OPEN else None
        fields = {"slug": slug, "name": "The wall", "state": state, "code": code}
        board = Board.objects.create(event=event or make_event(), **fields)
        for position, heading in enumerate(headings or ("Power",), 1):
            Station.objects.create(board=board, heading=heading, code=heading[:3].upper(), position=position)
        return board

    return make


@pytest.fixture
def board(make_board: Callable[..., Board]) -> Board:
    return make_board()


@pytest.fixture
def station(board: Board) -> Station:
    return board.stations.get()


@pytest.fixture
def post_note(ben: Viewer) -> Callable[..., Note]:
    """Post as Ben, shown in public and free for research, unless told otherwise."""

    def post(
        station: Station,
        words: str = "Say who decides.",
        *,
        by: Viewer = ben,
        mark: str = Mark.TICK,
        key: UUID | None = None,
        public: bool = True,
        research: bool = True,
    ) -> Note:
        consent = consent_given(public=public, research=research)
        return add_note(station, by=by, key=key or uuid4(), mark=mark, consent=consent, words=words).note

    return post


@pytest.fixture
def do_work(db: None, django_capture_on_commit_callbacks: Callable) -> Callable[[], int]:
    """Does all work that waits in the background; how many tasks that was."""

    def do() -> int:
        with django_capture_on_commit_callbacks(execute=True):
            return run_ready()

    return do
