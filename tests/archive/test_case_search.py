"""Stewards find everything that is stored of somebody, by the same list that says how long it is kept."""

import json
import re
from collections.abc import Callable
from uuid import uuid4

import pytest
from django.apps import apps
from django.test import Client

from archive.cases import finding
from archive.cases.finding import DRAWN, columns, found
from archive.retention import columns as kept_columns
from events.models import Event, SignUp
from events.record import add_quotation
from journal.models import PostAuthor
from people.cases import send_case
from people.guests import ANYBODY, Viewer
from people.models import Act, Letter, Person, Subscriber
from people.records import put_on_record
from responses.models import Board, Note
from tests.conftest import make_person
from tests.sent import browser, make_open_post, say

pytestmark = pytest.mark.django_db
NAME, EMAIL = "Perpetua Quillfeather", "perpetua@example.org"
# The nine places of a seeded person.
PLACES = {
    "people.person", "people.letter", "people.subscriber", "people.case", "events.signup", "events.quotation",
    "journal.comment", "journal.postauthor", "responses.note",
}  # fmt: skip


@pytest.fixture
def perpetua(board: Board, post_note: Callable[..., Note], ada: Viewer) -> Person:
    """Somebody who is on record in nine places, in some by name and in others by address."""
    event = board.event
    Letter.objects.create(kind="news", to=EMAIL, subject="Hello", text="Hello", html="Hello")
    Subscriber.objects.create(email=EMAIL)
    send_case("access", "What is held on me?", by=ANYBODY, key=uuid4(), network="", email=EMAIL.upper())
    SignUp.objects.create(event=event, name="P.", email=EMAIL, token_hash="0" * 64)
    add_quotation(event, "We ate well.", said_by=NAME, by=ada)
    say(post := make_open_post(), f"I agree with {NAME}.", by=Viewer(guest_key="ben"))
    PostAuthor.objects.create(post=post, name=NAME, position=9)
    post_note(board.stations.get(), f"Ask {NAME.lower()}.")
    return put_on_record(NAME, by=None)


def tables(*asked: str) -> set[str]:
    """The tables in which anything was found."""
    return {hit.row._meta.label_lower for words in asked for kind in found(words) for hit in kind.hits}


def test_all_nine_places_of_somebody_are_found(perpetua: Person) -> None:
    assert tables(NAME, EMAIL) >= PLACES


def test_what_leads_to_an_account_is_found_by_its_name_and_by_its_address(
    make_event: Callable[..., Event], ada: Viewer
) -> None:
    make_event()
    for words in (ada.person.name, ada.person.email):
        assert {"events.eventorganiser", "people.role", "people.person"} <= tables(words)


def test_every_column_with_words_or_a_person_is_looked_through() -> None:
    left_out = set(kept_columns()) - set(columns())
    for column in left_out:
        label, _, name = column.rpartition(".")
        field = apps.get_model(label)._meta.get_field(name)
        is_machine = bool(getattr(field, "choices", None)) or name in DRAWN or "UUID" in type(field).__name__
        is_file = "File" in type(field).__name__
        stands_for_nobody_named = field.is_relation and field.related_model is not Person
        assert is_machine or is_file or stands_for_nobody_named, column


def test_a_column_that_is_forgotten_loses_a_place(perpetua: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(finding, "DRAWN", DRAWN | {"said_by"})
    assert "events.quotation" not in tables(NAME, EMAIL)


def test_which_notes_somebody_left_without_a_name_is_not_found(
    board: Board, post_note: Callable[..., Note], ada: Viewer
) -> None:
    post_note(board.stations.get(), "Say who decides.", by=ada)
    assert "responses.note" not in tables(ada.person.name, ada.person.email)
    assert "responses.participant" not in tables(ada.person.name)


def test_the_page_leads_to_where_each_thing_stands(perpetua: Person, steward: Viewer) -> None:
    page = browser(steward).post("/requests/search/", {"words": NAME, "act": "look"}).text
    assert f'href="{perpetua.get_absolute_url()}"' in page
    for address in set(re.findall(r'<li><a href="(/[^"]+)"', page.split("h-found")[1])):
        assert browser(steward).get(address).status_code in {200, 301, 302}, address


def test_the_file_has_all_of_it(perpetua: Person, steward: Viewer) -> None:
    answer = browser(steward).post("/requests/search/", {"words": NAME, "act": "file"})
    told = json.loads(answer.content)
    assert "attachment" in answer["Content-Disposition"]
    assert any(NAME in str(thing["columns"]) for thing in told["found"])


def test_nobody_but_stewards_searches(client: Client, ada: Viewer, researcher: Viewer) -> None:
    for viewer in (ada, researcher):
        assert browser(viewer).post("/requests/search/", {"words": NAME}).status_code == 404
    assert client.post("/requests/search/", {"words": NAME}).status_code == 302


def test_each_search_leaves_a_trace_without_its_words(steward: Viewer) -> None:
    case = send_case("access", "Mine.", by=ANYBODY, key=uuid4(), network="")
    browser(steward).post("/requests/search/", {"words": NAME, "case": case.identifier})
    act = Act.objects.get(verb="searched_what_is_held")
    assert (act.person, act.subject) == (steward.person, case.identifier)
    assert NAME not in f"{act.why}{act.subject}{act}"


def test_opening_the_page_searches_nothing(steward: Viewer) -> None:
    assert browser(steward).get("/requests/search/?words=Perpetua").status_code == 200
    assert not Act.objects.filter(verb="searched_what_is_held").exists()


@pytest.mark.parametrize("number", [1, 3])
def test_a_search_asks_as_much_for_three_as_for_one(
    number: int, steward: Viewer, django_assert_max_num_queries: Callable
) -> None:
    for place in range(number):
        make_person(f"Quill{place}")
    with django_assert_max_num_queries(2 * len({column.rpartition(".")[0] for column in columns()}) + 12):
        found("Quill")
