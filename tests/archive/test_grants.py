"""The roles of the database: the site writes rows and nothing else; exports see what anybody may."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from io import StringIO
from uuid import uuid4

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import ProgrammingError, connection, transaction
from django.test import Client, RequestFactory

from archive.forgetting import forget_due
from archive.grants import LOGS, SCHEMA, statements, views, written_out
from events.models import Event
from people.guests import COOKIE, Viewer
from people.trace import leave_trace
from responses.board import withdraw_note
from responses.models import Board, Note, Station
from responses.moderation import hide_note
from tests.responses.conftest import answer_address

pytestmark = pytest.mark.django_db
PREFIX = "drill"


@pytest.fixture
def roles(db: None) -> None:
    """Both roles, for as long as a test lasts: PostgreSQL takes them back with the transaction."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT rolsuper OR rolcreaterole FROM pg_roles WHERE rolname = current_user")
        if not cursor.fetchone()[0]:
            pytest.skip("The role of DATABASE_URL may not create roles, so none could be tried.")
        for statement in statements(PREFIX):
            cursor.execute(statement)


@contextmanager
def acting_as(name: str) -> Iterator[None]:
    with connection.cursor() as cursor:
        cursor.execute(f"SET LOCAL ROLE {PREFIX}_{name}")
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("RESET ROLE")


def denied(sql: str) -> bool:
    """Whether PostgreSQL refuses it because of who asks; any other error is one of the test."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql)
    except ProgrammingError as error:
        return "permission denied" in str(error) or "must be owner" in str(error)
    return False


@pytest.mark.parametrize(
    "sql",
    [
        "CREATE TABLE mine (id int)",
        "CREATE TEMPORARY TABLE mine (id int)",
        "CREATE SCHEMA mine",
        "CREATE FUNCTION mine() RETURNS int LANGUAGE sql AS 'SELECT 1'",
        "DROP TABLE responses_note",
        "TRUNCATE responses_note",
        "ALTER TABLE people_act DISABLE TRIGGER people_act_stays",
        "DROP TRIGGER people_act_stays ON people_act",
        "CREATE ROLE mine",
        "UPDATE people_act SET why = 'another reason'",
        "UPDATE people_act SET verb = 'nothing'",
        "UPDATE journal_judgement SET after = 'shown'",
        "UPDATE events_recordchange SET what = ''",
        "UPDATE outcomes_statementchange SET before = ''",
        "UPDATE archive_exportline SET rows = 0",
        "UPDATE people_consentwording SET public_sentence = 'Anything goes.'",
        "DELETE FROM people_consentwording",
        "DELETE FROM django_migrations",
        "COPY people_person TO PROGRAM 'cat'",
    ],
)
def test_the_site_changes_no_table_and_rewrites_no_log(roles: None, sql: str) -> None:
    with acting_as("web"):
        assert denied(sql)


def test_the_owner_may(roles: None) -> None:
    assert not denied("CREATE TABLE mine (id int)")
    assert not denied("UPDATE archive_exportline SET rows = 0")


def test_a_line_of_the_trace_stays_even_with_its_rights(roles: None, steward: Viewer) -> None:
    act = leave_trace("hid", steward.person, by=steward, why="A reason.")
    with acting_as("web"):
        assert denied("UPDATE people_act SET person_id = NULL, why = ''")
        with pytest.raises(ProgrammingError, match="only added to"), transaction.atomic():
            act.delete()


def test_every_log_is_a_table_of_ours() -> None:
    tables = {model._meta.db_table for model in apps.get_models()}
    assert set(LOGS) <= tables


def guest_key(client: Client) -> str:
    """Whom the cookie of a browser stands for."""
    request = RequestFactory().get("/")
    request.COOKIES[COOKIE] = client.cookies[COOKIE].value
    return request.get_signed_cookie(COOKIE, salt="guest")


def test_a_workshop_goes_on_with_the_rights_of_the_site(
    roles: None, board: Board, station: Station, ada: Viewer, client: Client
) -> None:
    hosting = Client()
    with acting_as("web"):
        assert client.get("/").status_code == 200
        assert client.post(f"/j/{board.code}/").status_code == 302
        form = {"mark": "tick", "key": str(uuid4()), "words": "Share the agenda.", "public": "on"}
        assert client.post(answer_address(station), form).status_code == 302
        note = Note.objects.get()
        assert "Share the agenda." in client.get(board.get_absolute_url()).text
        assert b"<mark>agenda</mark>" in client.get("/search/", {"q": "agenda"}).getvalue()
        hide_note(note, "It names somebody.", by=ada)
        assert "Share the agenda." not in Client().get(board.get_absolute_url()).text
        hosting.force_login(ada.person)
        assert hosting.get("/desk/").status_code == 200
        withdraw_note(note, by=Viewer(guest_key=guest_key(client)))
        assert Client().get(note.get_absolute_url()).status_code in (404, 410)
        forget_due()


def test_somebody_signs_in_with_the_rights_of_the_site(
    roles: None, ada: Viewer, client: Client, do_work: Callable[[], int]
) -> None:
    with acting_as("web"):
        answer = client.post("/account/login/", {"login": ada.person.email})
        assert answer.status_code == 302
        assert do_work() >= 1


def rows(view: str) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {SCHEMA}.{view}")
        return cursor.fetchall()


def test_exports_see_what_anybody_may_and_nothing_else(
    roles: None, station: Station, post_note: Callable, ada: Viewer, dee: Viewer, make_event: Callable
) -> None:
    post_note(station, "Shown to all.")
    post_note(station, "Kept to the board.", public=False)
    hide_note(post_note(station, "Hidden."), "It names somebody.", by=ada)
    withdraw_note(post_note(station, "Withdrawn.", by=dee), by=dee)
    make_event("later", name="A draft", status=Event.Status.DRAFT)
    with acting_as("export"):
        notes, events = rows("notes"), rows("events")
    assert [row[6] for row in notes] == ["Shown to all."]
    assert {row[1] for row in events} == {station.board.event.slug}


@pytest.mark.parametrize(
    "table",
    [
        "responses_note",
        "events_event",
        "people_person",
        "people_act",
        "django_session",
        "responses_participant",
    ],
)
def test_exports_read_no_table(roles: None, table: str) -> None:
    with acting_as("export"):
        assert denied(f"SELECT * FROM public.{table}")


def test_exports_write_nothing(roles: None) -> None:
    with acting_as("export"):
        assert denied(f"INSERT INTO {SCHEMA}.events DEFAULT VALUES")
        assert denied("CREATE TABLE public.mine (id int)")


def test_no_view_holds_a_time_that_was_now_once() -> None:
    """A rule of sight that asks for the time would be frozen in a view at the hour it was made."""
    assert not [name for name, found in views().items() if "::timestamp" in written_out(found)]


def test_the_sql_is_printed_and_a_strange_name_refused(roles: None) -> None:
    call_command("database_roles", prefix=PREFIX, stdout=(told := StringIO()))
    assert f'"{PREFIX}_web"' in told.getvalue()
    with pytest.raises(CommandError, match="cannot begin the name of a role"):
        call_command("database_roles", prefix='x"; DROP')


def test_it_can_be_applied_again(roles: None) -> None:
    call_command("database_roles", prefix=PREFIX, apply=True, stdout=StringIO())
    assert rows("notes") == []
