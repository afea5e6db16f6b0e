"""The pages of notes that wait, and of what organisers write about them."""

from collections.abc import Callable
from urllib.parse import urlencode

import pytest
from django.test import Client
from django.urls import reverse

from outcomes.models import Declined, Statement
from outcomes.standing import Standings, standings_of_event
from people.guests import Viewer
from responses.board import withdraw_note
from responses.models import Mark, Note, Station
from tests.outcomes.makers import decided, heard

WORDS = "People ask who decides."


@pytest.fixture
def host(ada: Viewer) -> Client:
    client = Client()
    client.force_login(ada.person)
    return client


def waiting(station: Station, /, **asked: str) -> str:
    return f"{reverse('event_waiting', args=[station.board.event.slug])}?{urlencode(asked)}"


def text_of(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


def test_everybody_reads_which_notes_wait_challenges_first(
    client: Client, station: Station, post_note: Callable[..., Note]
) -> None:
    post_note(station, "Fine by me.")
    post_note(station, "Nobody asked us.", mark=Mark.SQUARE)
    page = text_of(client, waiting(station))
    assert "2 notes still wait for an answer" in page
    assert page.index("Nobody asked us.") < page.index("Fine by me.")
    assert "<button" not in page.split('id="h-notes"')[1].split("</section>")[0]


def test_a_note_is_found_by_mark_heading_and_words(
    client: Client, station: Station, post_note: Callable[..., Note]
) -> None:
    post_note(station, "Fine by me.")
    post_note(station, "Nobody asked us.", mark=Mark.SQUARE)
    for asked in ({"mark": "square"}, {"words": "ASKED"}, {"mark": "square", "station": station.identifier}):
        page = text_of(client, waiting(station, **asked))
        assert "Nobody asked us." in page
        assert "Fine by me." not in page
    assert "Fine by me." in text_of(client, waiting(station, mark="no such", station="no such"))


def test_words_kept_to_the_board_are_counted_and_not_found(
    client: Client, station: Station, post_note: Callable[..., Note]
) -> None:
    """Nor does looking for a word tell whether one of them has it."""
    post_note(station, "For the room alone.", public=False)
    page = text_of(client, waiting(station))
    assert "For the room alone." not in page
    assert "1 more note counts." in page
    looked_for, missed = (text_of(client, waiting(station, words=word)) for word in ("room", "xylophone"))
    assert looked_for.replace("room", "") == missed.replace("xylophone", "")


def test_a_withdrawn_note_waits_no_more(
    client: Client, station: Station, post_note: Callable[..., Note], ben: Viewer
) -> None:
    withdraw_note(post_note(station, "Gone soon."), by=ben)
    page = text_of(client, waiting(station))
    assert "No note waits for an answer" in page
    assert "Gone soon." not in page


def test_marks_without_words_are_ticked_together(
    host: Client, station: Station, post_note: Callable[..., Note], dee: Viewer, ben: Viewer
) -> None:
    for who in (ben, dee):
        post_note(station, "", by=who)
    heap = f"{station.identifier}.tick"
    assert f'value="{heap}"' in text_of(host, waiting(station))
    host.post(waiting(station), {"act": "decline", "pick": heap, "why": "Agreed already."})
    assert standings_of_event(station.board.event) == Standings(declined=2)


def test_ticked_notes_go_with_the_organiser_to_a_new_statement(
    host: Client, station: Station, post_note: Callable[..., Note], ada: Viewer
) -> None:
    note = post_note(station)
    answer = host.post(waiting(station), {"act": "heard", "pick": note.identifier})
    page = text_of(host, answer["Location"])
    assert f'value="{note.identifier}" checked' in page
    sent = {"act": "draft", "text": WORDS, "pick": note.identifier}
    answer = host.post(answer["Location"], sent)
    statement = Statement.objects.get()
    assert answer["Location"] == reverse("statement_edit", args=[statement.identifier])
    assert (statement.author, list(statement.notes.all())) == (ada.person, [note])


def test_looking_for_more_notes_keeps_what_was_typed_and_ticked(
    host: Client, station: Station, post_note: Callable[..., Note]
) -> None:
    first, second = post_note(station, "Who decides?"), post_note(station, "Name who pays.")
    address = reverse("statement_new", args=[station.board.event.slug])
    sent = {"act": "find", "text": WORDS, "pick": first.identifier, "words": "pays"}
    page = host.post(address, sent).content.decode()
    assert WORDS in page
    assert f'value="{first.identifier}" checked' in page
    assert f'value="{second.identifier}">' in page
    assert not Statement.objects.exists()


def test_nothing_is_done_with_no_note_ticked(host: Client, station: Station, post_note: Callable) -> None:
    post_note(station)
    for act in ("heard", "decline"):
        answer = host.post(waiting(station), {"act": act, "why": "The lease."})
        assert answer.status_code == 422
        assert b"Tick at least one note first" in answer.content
    assert b"The lease." in answer.content


def test_a_no_without_a_reason_keeps_the_ticks(
    host: Client, station: Station, post_note: Callable[..., Note]
) -> None:
    note = post_note(station)
    answer = host.post(waiting(station), {"act": "decline", "pick": note.identifier, "why": " "})
    assert answer.status_code == 422
    assert f'value="{note.identifier}" checked' in answer.content.decode()
    assert not Declined.objects.exists()


def test_a_no_is_shown_with_its_reason_and_taken_back(
    client: Client, host: Client, station: Station, post_note: Callable[..., Note]
) -> None:
    note = post_note(station, "A second door, please.")
    sent = {"act": "decline", "pick": note.identifier, "why": "The lease forbids it."}
    assert host.post(waiting(station), sent).status_code == 302
    page = text_of(client, waiting(station, filter="declined"))
    assert "A second door, please." in page
    assert "The lease forbids it." in page
    assert "Take this no back" not in page
    declined = Declined.objects.get()
    host.post(waiting(station, filter="declined"), {"act": "undo", "declined": declined.pk})
    assert standings_of_event(station.board.event) == Standings(waiting=1)


def test_notes_are_added_to_a_statement(
    host: Client, station: Station, post_note: Callable[..., Note], ada: Viewer
) -> None:
    statement = heard(post_note(station), ada)
    more = post_note(station, "Who pays?")
    sent = {"act": "add", "pick": more.identifier, "statement": statement.identifier}
    host.post(waiting(station), sent)
    assert more in statement.notes.all()


@pytest.mark.parametrize("act", ["heard", "add", "decline", "undo"])
def test_only_organisers_answer_notes(
    act: str, client: Client, station: Station, post_note: Callable[..., Note], facilitator: Viewer
) -> None:
    note = post_note(station)
    sent = {"act": act, "pick": note.identifier, "why": "No."}
    assert client.post(waiting(station), sent).status_code == 403
    client.force_login(facilitator.person)
    assert client.post(waiting(station), sent).status_code == 403
    assert not Declined.objects.exists()


@pytest.mark.parametrize("number", [1, 3])
def test_the_page_costs_the_same_however_many_wait(
    number: int,
    host: Client,
    station: Station,
    post_note: Callable[..., Note],
    django_assert_num_queries: Callable,
) -> None:
    for at in range(number):
        post_note(station, f"Note {at}.")
    host.get(waiting(station))
    with django_assert_num_queries(14):
        host.get(waiting(station))


@pytest.mark.parametrize("number", [1, 3])
def test_the_answered_cost_the_same_however_many(
    number: int,
    client: Client,
    station: Station,
    post_note: Callable[..., Note],
    ada: Viewer,
    django_assert_num_queries: Callable,
) -> None:
    for at in range(number):
        decided(heard(post_note(station, f"Note {at}."), ada, f"Heard {at}."), "done", ada, f"Did {at}.")
    with django_assert_num_queries(10):
        page = text_of(client, waiting(station, filter="answered"))
    assert "Did 0." in page
