"""The pages on which organisers write what they heard and what they decided."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from outcomes.decisions import draft_decision
from outcomes.models import Decision, Theme
from outcomes.standing import Standings, standings_of_event
from outcomes.statements import draft_statement
from people.guests import Viewer
from responses.models import Note, Station
from tests.outcomes.makers import decided, heard

WORDS = "People ask who decides."


@pytest.fixture
def host(ada: Viewer) -> Client:
    client = Client()
    client.force_login(ada.person)
    return client


def text_of(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


def test_a_draft_is_published_from_its_page(
    host: Client, client: Client, station: Station, post_note: Callable[..., Note], ada: Viewer
) -> None:
    note = post_note(station)
    statement = draft_statement(station.board.event, WORDS, by=ada, notes=[note])
    address = reverse("statement_edit", args=[statement.identifier])
    assert client.get(address).status_code in (302, 404)
    assert WORDS in text_of(host, address)
    assert host.post(address, {"act": "publish"})["Location"] == statement.get_absolute_url()
    statement.refresh_from_db()
    assert statement.is_standing


def test_a_draft_that_cites_nothing_says_what_is_missing(host: Client, station: Station, ada: Viewer) -> None:
    statement = draft_statement(station.board.event, WORDS, by=ada)
    address = reverse("statement_edit", args=[statement.identifier])
    page = host.post(address, {"act": "publish"}, follow=True).content.decode()
    assert "Cite at least one note first" in page


def test_everything_on_the_page_of_a_statement_can_be_done(
    host: Client, station: Station, post_note: Callable[..., Note], ada: Viewer
) -> None:
    note, more, grouped = (post_note(station, words) for words in ("Who decides?", "Who pays?", "When?"))
    theme = Theme.objects.create(event=station.board.event, name="When", author=ada.person)
    theme.notes.add(grouped)
    statement = heard(note, ada)
    address = reverse("statement_edit", args=[statement.identifier])
    host.post(address, {"act": "cite", "pick": more.identifier, "themes": theme.identifier})
    assert set(statement.notes.all()) == {note, more, grouped}
    host.post(address, {"act": "uncite", "note": note.identifier})
    assert set(statement.notes.all()) == {more, grouped}
    assert host.post(address, {"act": "correct", "text": "Other.", "why": ""}).status_code == 422
    host.post(address, {"act": "correct", "text": "People ask who pays.", "why": "Clearer."})
    host.post(address, {"act": "withdraw", "why": "Misheard."})
    statement.refresh_from_db()
    assert (statement.text, statement.withdrawn_why) == ("People ask who pays.", "Misheard.")
    assert "Take it back" not in text_of(host, address)


def test_a_decision_is_written_published_and_followed_up(
    host: Client, station: Station, post_note: Callable[..., Note], ada: Viewer
) -> None:
    statement = heard(post_note(station), ada)
    new = reverse("decision_new", args=[station.board.event.slug])
    assert f'value="{statement.identifier}" id="id_statements_0" checked' in text_of(
        host, f"{new}?statement={statement.identifier}"
    ).replace('checked id="id_statements_0"', 'id="id_statements_0" checked')
    sent = {"act": "publish", "kind": "will_do", "text": "We print a list.", "due": "March 2027",
            "statements": statement.identifier, "person": ada.person.identifier}  # fmt: skip
    host.post(new, sent)
    decision = Decision.objects.get()
    assert (decision.is_standing, decision.due, decision.person) == (True, "2027-03", ada.person)
    update = reverse("decision_update", args=[decision.identifier])
    assert "We print a list." in text_of(host, update)
    told = {"text": "It hangs in the hall.", "kind": "done", "due": "March 2027", "words": decision.text}
    assert host.post(update, told)["Location"] == decision.get_absolute_url()
    assert decision.updates.get().kind == "done"
    assert standings_of_event(station.board.event) == Standings(answered=1)


def test_a_plain_no_asks_for_its_reason(
    host: Client, station: Station, post_note: Callable[..., Note], ada: Viewer
) -> None:
    statement = heard(post_note(station), ada)
    sent = {"act": "draft", "kind": "will_not", "text": "A second door.", "statements": statement.identifier}
    answer = host.post(reverse("decision_new", args=[station.board.event.slug]), sent)
    assert answer.status_code == 422
    assert b"Say why it will not be done" in answer.content
    assert b"A second door." in answer.content


def test_a_public_decision_is_taken_back_from_its_page(
    host: Client, station: Station, post_note: Callable[..., Note], ada: Viewer
) -> None:
    decision = decided(heard(post_note(station), ada), "done", ada)
    more = heard(post_note(station, "Who pays?"), ada, "People ask who pays.")
    address = reverse("decision_edit", args=[decision.identifier])
    host.post(address, {"act": "more", "statements": more.identifier})
    assert more in decision.statements.all()
    assert host.post(address, {"act": "withdraw", "why": ""}).status_code == 422
    host.post(address, {"act": "withdraw", "why": "Not ours to decide."})
    assert standings_of_event(station.board.event) == Standings(cited=2)


def test_a_draft_decision_is_changed_on_its_page(
    host: Client, station: Station, post_note: Callable[..., Note], ada: Viewer
) -> None:
    statement = heard(post_note(station), ada)
    decision = draft_decision(statement.event, "done", "Done.", by=ada, statements=[statement])
    address = reverse("decision_edit", args=[decision.identifier])
    assert "Done." in text_of(host, address)
    sent = {"act": "edit", "kind": "under_way", "text": "Begun.", "statements": statement.identifier}
    host.post(address, sent)
    decision.refresh_from_db()
    assert (decision.kind, decision.text) == ("under_way", "Begun.")
    update = reverse("decision_update", args=[decision.identifier])
    assert host.get(update)["Location"] == address


@pytest.mark.parametrize("route", ["statement_edit", "decision_edit", "decision_update"])
def test_nobody_else_finds_the_pages_to_write_on(
    route: str, client: Client, station: Station, post_note: Callable[..., Note], ada: Viewer,
    facilitator: Viewer,
) -> None:  # fmt: skip
    statement = heard(post_note(station), ada)
    thing = statement if route == "statement_edit" else decided(statement, "done", ada)
    client.force_login(facilitator.person)
    assert client.get(reverse(route, args=[thing.identifier])).status_code == 404
