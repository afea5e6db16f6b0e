"""A kept page is dropped when anything it was made from changes: what it was made from is noted whole,

and the database tells of every change to it. Nobody has to say so for a page, and nobody can forget.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import islice

import pytest
from django.db import connection, transaction
from django.test import Client

from coproduce.serving.kept.copies import may_be_kept
from coproduce.serving.kept.listener import TABLES, TOLD
from coproduce.serving.kept.places import OF_ONE_EVENT
from coproduce.serving.kept.reads import Reads
from coproduce.serving.kept.shelf import Shelf
from events.models import Event
from tests.rules.places import addresses, pages
from tests.rules.scenes import Scene
from tests.rules.sources import ROOT

pytestmark = pytest.mark.django_db

# Nothing tells of these, so that no page which reads one is ever kept.
UNTOLD = {
    "account_emailaddress": "who signs in",
    "account_emailconfirmation": "who signs in",
    "archive_code": "a researcher's own",
    "archive_coding": "a researcher's own",
    "archive_colleague": "a researcher's own",
    "archive_exportjob": "written while a file is made; behind a secret address",
    "archive_exportline": "who took what",
    "archive_memo": "a researcher's own",
    "archive_savedsearch": "a person's own",
    "archive_study": "a researcher's own",
    "auth_group": "of Django, and not used",
    "auth_group_permissions": "of Django, and not used",
    "auth_permission": "of Django, and not used",
    "cache": "anything",
    "django_migrations": "of Django",
    "django_session": "who is here",
    "django_tasks_database_dbtaskresult": "work that waits",
    "events_invitation": "behind a secret address",
    "journal_draft": "saved every few seconds; its writer's own",
    "journal_judgement": "of moderators",
    "journal_learnedword": "of moderators",
    "mfa_authenticator": "who signs in",
    "outcomes_outcomefollower": "who is written to",
    "people_act": "the log",
    "people_case": "complaints and requests: of stewards",
    "people_casenote": "complaints and requests: of stewards",
    "people_letter": "the outbox",
    "people_listingrequest": "of stewards",
    "people_ratecount": "changes with every request that counts",
    "people_subscriber": "who is written to",
    "people_termsacceptance": "a researcher's own",
    "responses_follower": "who is written to",
    "usersessions_usersession": "who is here",
}
OF_EACH = 3  # addresses of one route
# The main pages: a change that makes one of these differ for each visitor costs the site its speed.
KEPT = {
    "front", "event_list", "event", "series", "board", "note", "journal",
    "post", "principle_list", "principle_set", "principle", "outcomes", "archive", "people", "about",
}  # fmt: skip
# Cookies and headers are read here and nowhere else: whoever reads another one has to tell
# coproduce/serving/kept/asked.py, which answers for Django.
READERS = {
    "COOKIES": {
        "coproduce/guards.py", "coproduce/context.py", "coproduce/languages.py", "responses/live/admission.py"
    },
    "signed_cookie": {"people/guests.py", "archive/thread/kept.py"},
    r"set_cookie\(": {"coproduce/views.py"},
}  # fmt: skip
HEADERS = {
    "Sec-Fetch-Site", "X-Forwarded-For", "X-Part", "X-Upload", "X-Tray", "X-Draft", "If-None-Match",
    "Authorization", "HX-Request",
}  # fmt: skip


def told() -> dict[str, bool]:
    with connection.cursor() as cursor:
        cursor.execute(TOLD)
        return dict(cursor.fetchall())


def all_tables() -> set[str]:
    with connection.cursor() as cursor:
        cursor.execute(TABLES)
        return {name for (name,) in cursor.fetchall()}


def test_the_database_tells_of_every_table_but_those_that_no_kept_page_reads() -> None:
    """A new table: say `SELECT public.tell_changes_of('…')` in its migration, or name it in UNTOLD."""
    assert all_tables() - told().keys() == UNTOLD.keys()


def test_what_stands_in_the_database_reads_no_table_behind_the_back_of_a_page() -> None:
    """A view or a function that reads tables would hide them from whoever looks at a statement."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname FROM pg_class"
            " WHERE relkind IN ('v', 'm') AND relnamespace = 'public'::regnamespace"
        )
        assert cursor.fetchall() == []
        cursor.execute(
            "SELECT p.proname, coalesce(pg_get_function_sqlbody(p.oid), p.prosrc) FROM pg_proc p"
            " WHERE pronamespace = 'public'::regnamespace AND prorettype <> 'trigger'::regtype"
            " AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = p.oid AND d.deptype = 'e')"
        )
        bodies = dict(cursor.fetchall())
    assert "note_words" in bodies
    for name, body in bodies.items():
        assert not all_tables() & set(re.findall(r"\w+", body or "")), name


@pytest.fixture
def shelf() -> Shelf:
    shelf = Shelf(1024 * 1024)
    shelf.listen(all_tables(), told())
    return shelf


class Look:
    """One page as a visitor gets it, and what was noted while it was made."""

    def __init__(self, address: str, shelf: Shelf) -> None:
        self.reads = Reads(shelf)
        with connection.execute_wrapper(self.reads.note):
            self.answer = Client(REMOTE_ADDR="10.9.0.1", raise_request_exception=False).get(address)
            self.reads.complete(self.answer, self.answer.request["PATH_INFO"])

    @property
    def is_kept(self) -> bool:
        headers = [
            (name.lower().encode(), value.encode("latin-1")) for name, value in self.answer.headers.items()
        ]
        start = {"status": self.answer.status_code, "headers": headers}
        return may_be_kept(start) and self.reads.is_whole and not self.answer.cookies

    @property
    def body(self) -> bytes:
        """What it says, without the tokens of forms, and the moment at which a feed has nothing to tell."""
        return re.sub(rb' value="[^"]+"| key="[^"]+"|<updated>[^<]+', b"", self.answer.content)


@contextmanager
def without(*statements: str) -> Iterator[None]:
    """The database after these, with nothing that follows from them, as long as the block lasts."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL session_replication_role = replica")
            for statement in statements:
                cursor.execute(statement)
        yield
        transaction.set_rollback(True)


def public_addresses(scene: Scene) -> Iterator[tuple[str, str]]:
    for name in pages():
        for address in islice(addresses(name, scene), OF_EACH):
            yield name, address


def test_a_kept_page_does_not_change_when_every_table_it_did_not_read_is_emptied(
    published: Scene, draft: Scene, shelf: Shelf
) -> None:
    kept = set()
    for name, address in public_addresses(published):
        look = Look(address, shelf)
        if not look.is_kept:
            continue
        kept.add(name)
        others = all_tables() - look.reads.tables - {"django_content_type", "django_migrations"}
        with without(*(f"DELETE FROM {table}" for table in sorted(others))):
            assert Look(address, shelf).body == look.body, address
        assert Look(address, shelf).body == look.body, f"{address} differs each time it is made"
    assert kept >= KEPT, "These are made for each visitor again."


# Rows that belong to other events than the first, those that are found by others before these.
ACTIVITIES = "SELECT id FROM responses_activity WHERE event_id <> {event}"
AT_STATIONS = f"station_id IN (SELECT id FROM responses_station WHERE board_id IN ({ACTIVITIES}))"
OF_ACTIVITIES = {
    "responses_reading": f"note_id IN (SELECT id FROM responses_note WHERE board_id IN ({ACTIVITIES}))",
    "responses_note_wordings": f"note_id IN (SELECT id FROM responses_note WHERE board_id IN ({ACTIVITIES}))",
    "responses_choice": f"option_id IN (SELECT id FROM responses_option WHERE poll_id IN ({ACTIVITIES}))",
    "responses_stand": f"card_id IN (SELECT id FROM responses_card WHERE cards_id IN ({ACTIVITIES}))",
    "responses_zonecount": f"card_id IN (SELECT id FROM responses_card WHERE cards_id IN ({ACTIVITIES}))",
    "responses_tallyrow": AT_STATIONS,
    "responses_handcount": AT_STATIONS,
    "responses_pairing": AT_STATIONS,
    "responses_region": "photo_id IN (SELECT id FROM responses_photo WHERE event_id <> {event})",
    "responses_photo": "event_id <> {event}",
    "responses_note": f"board_id IN ({ACTIVITIES})",
    "responses_station": f"board_id IN ({ACTIVITIES})",
    "responses_option": f"poll_id IN ({ACTIVITIES})",
    "responses_card": f"cards_id IN ({ACTIVITIES})",
    "responses_zone": f"cards_id IN ({ACTIVITIES})",
    "responses_picture": f"drawing_id IN ({ACTIVITIES})",
    "responses_participant": f"activity_id IN ({ACTIVITIES})",
    "responses_change": f"activity_id IN ({ACTIVITIES})",
    "responses_activity": "event_id <> {event}",
}


def test_a_page_of_one_event_does_not_change_when_the_responses_to_all_others_are_gone(
    published: Scene, draft: Scene, shelf: Shelf
) -> None:
    Event.objects.filter(pk=draft.event.pk).update(status=Event.Status.IN_PROGRESS)
    assert {table for table, names_event in told().items() if names_event} == OF_ACTIVITIES.keys()
    gone = [
        f"DELETE FROM {table} WHERE {rows.format(event=published.event.pk)}"
        for table, rows in OF_ACTIVITIES.items()
    ]
    for name in OF_ONE_EVENT:
        for address in addresses(name, published):
            look = Look(address, shelf)
            assert look.reads.event == published.event.pk
            with without(*gone):
                assert Look(address, shelf).body == look.body, address
    assert Look("/events/", shelf).reads.event is None


def test_cookies_and_headers_are_read_where_the_kept_pages_know_of_it() -> None:
    apps = ("coproduce", "people", "principles", "events", "responses", "outcomes", "journal", "archive")
    sources = {
        str(path.relative_to(ROOT)): path.read_text()
        for app in apps
        for path in (ROOT / app).rglob("*.py")
        if "serving" not in path.parts and "migrations" not in path.parts
    }
    for pattern, known in READERS.items():
        assert {name for name, text in sources.items() if re.search(pattern, text)} <= known, pattern
    read = {
        name
        for text in sources.values()
        for name in re.findall(r"headers(?:\.get\(|\[)\s*\"([^\"]+)\"", text)
        if "request.headers" in text
    }
    assert {name for name in read if f'request.headers.get("{name}"' in "".join(sources.values())} <= HEADERS
