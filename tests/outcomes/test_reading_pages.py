"""You said, we heard, we did: what everybody reads, from a note to a decision and back."""

from collections.abc import Callable
from xml.etree import ElementTree

import pytest
from django.test import Client

from events.models import Event, Series
from outcomes.decisions import draft_decision, publish_decision, update_decision, withdraw_decision
from outcomes.declining import decline_notes
from outcomes.models import Decision, Statement
from outcomes.statements import cite_notes, correct_statement, draft_statement, withdraw_statement
from people.guests import Viewer
from responses.board import withdraw_note
from responses.models import Mark, Note, Station
from tests.outcomes.makers import decided, heard

Post = Callable[..., Note]
ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture
def note(station: Station, post_note: Post) -> Note:
    return post_note(station, "Say who decides.")


@pytest.fixture
def statement(note: Note, ada: Viewer) -> Statement:
    return heard(note, ada)


@pytest.fixture
def decision(statement: Statement, ada: Viewer) -> Decision:
    return decided(statement, "will_do", ada)


def outcomes_of(event: Event) -> str:
    return f"/events/{event.slug}/outcomes/"


def test_a_note_leads_to_its_decision_and_the_decision_to_its_note(
    client: Client, note: Note, statement: Statement, decision: Decision
) -> None:
    of_note = client.get(note.get_absolute_url()).text
    assert f'href="{statement.get_absolute_url()}"' in of_note
    assert f'href="{decision.get_absolute_url()}"' in of_note
    of_decision = client.get(decision.get_absolute_url()).text
    assert f'href="{note.get_absolute_url()}"' in of_decision
    assert f'href="{statement.get_absolute_url()}"' in of_decision
    assert f'href="{decision.get_absolute_url()}"' in client.get(statement.get_absolute_url()).text


def test_a_note_that_nobody_answered_says_so(client: Client, note: Note) -> None:
    assert "Still waiting for an answer" in client.get(note.get_absolute_url()).text


def test_a_note_that_was_declined_says_why(client: Client, note: Note, ada: Viewer) -> None:
    decline_notes([note], "It is not ours to decide.", by=ada)
    page = client.get(note.get_absolute_url()).text
    assert "It is not ours to decide." in page
    assert "Still waiting" not in page


def test_the_page_of_an_event_tells_the_whole_chain(
    client: Client, note: Note, statement: Statement, decision: Decision, station: Station, post_note: Post
) -> None:
    post_note(station, "Nobody answered this.")
    page = client.get(outcomes_of(note.board.event)).text
    for said in (note.text, statement.text, decision.text, "Of 2 notes, 1 is answered, and 1 waits"):
        assert said in page, said
    assert "Nobody answered this." not in page


def test_agreement_is_shown_beside_the_challenge_of_the_same_statement(
    client: Client, station: Station, post_note: Post, ada: Viewer
) -> None:
    notes = [post_note(station, f"Yes, and number {n}.") for n in range(6)]
    square = post_note(station, "No.", mark=Mark.SQUARE)
    statement = heard(square, ada)
    for one in notes:
        statement.cites.create(note=one)
    page = client.get(outcomes_of(station.board.event)).text
    assert f'href="{square.get_absolute_url()}"' in page


def test_a_withdrawn_note_is_gone_from_all_of_it(
    client: Client, note: Note, statement: Statement, decision: Decision, ben: Viewer
) -> None:
    pages = [outcomes_of(note.board.event), statement.get_absolute_url(), decision.get_absolute_url()]
    assert all("Say who decides." in client.get(page).text for page in pages)
    withdraw_note(note, by=ben)
    assert not any("Say who decides." in client.get(page).text for page in pages)


def test_a_note_kept_to_its_board_counts_and_is_not_shown(
    client: Client, station: Station, post_note: Post, ada: Viewer
) -> None:
    kept = post_note(station, "For the room alone.", public=False)
    statement = heard(kept, ada)
    page = client.get(statement.get_absolute_url()).text
    assert "For the room alone." not in page
    assert "1 note counts whose words are kept by those who were there" in page


@pytest.mark.parametrize("back", [withdraw_statement, withdraw_decision])
def test_what_was_taken_back_stays_with_its_reason_and_counts_no_longer(
    client: Client, note: Note, statement: Statement, decision: Decision, ada: Viewer, back: Callable
) -> None:
    thing = statement if back is withdraw_statement else decision
    back(thing, "We were wrong.", by=ada)
    assert "because: We were wrong." in client.get(thing.get_absolute_url()).text
    assert thing.text not in client.get(outcomes_of(note.board.event)).text
    assert "is answered" not in client.get(outcomes_of(note.board.event)).text.replace("0 are answered", "")


def test_notes_that_are_cited_later_are_told_apart(
    client: Client, statement: Statement, station: Station, post_note: Post, ada: Viewer
) -> None:
    assert "added after" not in client.get(statement.get_absolute_url()).text
    cite_notes(statement, [post_note(station, "And when.")], by=ada)
    assert "1 of them was added after it was published." in client.get(statement.get_absolute_url()).text


def test_words_that_were_corrected_keep_their_own_address(
    client: Client, statement: Statement, ada: Viewer
) -> None:
    before = statement.text
    correct_statement(
        statement, "People ask who decides, and when.", "The question of when was left out.", by=ada
    )
    page = client.get(statement.get_absolute_url()).text
    assert "The question of when was left out." in page
    first, second = (f"{statement.get_absolute_url()}v/{number}/" for number in (1, 2))
    assert before in client.get(first).text
    assert "It was corrected since" in client.get(first).text
    assert "and when." in client.get(second).text
    assert client.get(f"{statement.get_absolute_url()}v/3/").status_code == 404


def test_what_became_of_a_decision_is_a_log_with_what_it_said_before(
    client: Client, decision: Decision, ada: Viewer
) -> None:
    before = decision.text
    update_decision(decision, "It took longer.", by=ada, kind="under_way", words="We print two lists.")
    page = client.get(decision.get_absolute_url()).text
    for said in ("It took longer.", f"It said before: {before}", "Under way", "We print two lists."):
        assert said in page, said


def test_a_draft_is_for_those_who_run_the_event(client: Client, note: Note, ada: Viewer) -> None:
    draft = draft_statement(note.board.event, "Only a draft.", by=ada, notes=[note])
    for address in (draft.get_absolute_url(), f"{draft.get_absolute_url()}v/1/"):
        assert client.get(address).status_code == 404
    assert "Only a draft." not in client.get(outcomes_of(note.board.event)).text
    client.force_login(ada.person)
    assert "Only a draft." in client.get(outcomes_of(note.board.event)).text
    assert client.get(draft.get_absolute_url()).status_code == 200
    assert client.get(f"{draft.get_absolute_url()}v/1/").status_code == 404


def test_the_feed_of_an_event_tells_what_was_heard_decided_and_done(
    client: Client, note: Note, decision: Decision, ada: Viewer
) -> None:
    update_decision(decision, "The list hangs.", by=ada, kind="done")
    draft_statement(note.board.event, "Only a draft.", by=ada, notes=[note])
    feed = ElementTree.fromstring(client.get(f"{outcomes_of(note.board.event)}feed/").content)
    titles = [entry.find(f"{ATOM}title").text for entry in feed.iter(f"{ATOM}entry")]
    assert titles == ["Done: what became of it", "Done", "We heard"]
    links = {entry.find(f"{ATOM}id").text for entry in feed.iter(f"{ATOM}entry")}
    assert len(links) == 3


def test_a_series_adds_up_its_events(client: Client, make_event: Callable, decision: Decision) -> None:
    series = Series.objects.create(slug="walks", name="Walks")
    Event.objects.filter(pk=decision.event_id).update(series=series, position=1)
    page = client.get("/series/walks/outcomes/").text
    assert "1 of 1 notes is answered" in page
    assert decision.text in page


def test_nothing_yet_is_said_in_a_sentence(client: Client, make_event: Callable[..., Event]) -> None:
    event = make_event()
    assert "Nothing is on record yet" in client.get(outcomes_of(event)).text
    assert "Nothing is decided yet" in client.get("/outcomes/").text


def test_what_is_late_comes_first_and_once(
    client: Client, statement: Statement, decision: Decision, ada: Viewer
) -> None:
    done = draft_decision(
        statement.event, Decision.Kind.DONE, "The lift was mended.", statements=[statement], by=ada
    )
    publish_decision(done, by=ada)
    Decision.objects.filter(pk=decision.pk).update(due="2019", due_last="2019-12-31")
    page = client.get("/outcomes/").text
    assert page.index("Late</h2>") < page.index(decision.text) < page.index("Other decisions")
    assert page.index("Other decisions") < page.index(done.text)
    assert page.count(decision.text) == 1


@pytest.mark.parametrize("number", [1, 3])
def test_the_pages_take_as_many_queries_for_one_statement_as_for_three(
    number: int, client: Client, station: Station, post_note: Post, ada: Viewer,
    django_assert_num_queries: Callable,
) -> None:  # fmt: skip
    for at in range(number):
        decision = decided(
            heard(post_note(station, f"Note {at}."), ada, f"Heard {at}."), "done", ada, f"Did {at}."
        )
        update_decision(decision, f"Step {at}.", by=ada)
    for page, queries in ((outcomes_of(station.board.event), 8), ("/outcomes/", 7)):
        client.get(page)
        with django_assert_num_queries(queries):
            client.get(page)
