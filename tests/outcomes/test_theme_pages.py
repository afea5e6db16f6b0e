"""The pages of themes: read by everybody, signed, and changed with boxes and buttons alone."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from outcomes.groupings import A_PAGE
from outcomes.models import Theme
from outcomes.themes import dissolve_theme, make_theme
from people.guests import Viewer
from responses.board import withdraw_note
from responses.models import Board, Mark, Note, Station
from responses.moderation import hide_note

pytestmark = pytest.mark.django_db

THEMES = "/events/wall-day/themes/"
NEW = f"{THEMES}new/"


@pytest.fixture
def notes(station: Station, post_note: Callable[..., Note]) -> list[Note]:
    said = ((Mark.TICK, "Put the budget up."), (Mark.SQUARE, "Whose budget?"), (Mark.HEART, "Soup."))
    return [post_note(station, words, mark=mark) for mark, words in said]


@pytest.fixture
def as_ada(client: Client, ada: Viewer) -> Client:
    client.force_login(ada.person)
    return client


@pytest.fixture
def theme(board: Board, notes: list[Note], ada: Viewer) -> Theme:
    return make_theme(board.event, "Budgets", by=ada, about="Who pays.", notes=notes[:2])


@pytest.fixture
def of_fen(theme: Theme, notes: list[Note], facilitator: Viewer) -> Theme:
    return make_theme(theme.event, "Comfort", by=facilitator, notes=notes[1:])


def edit(theme: Theme) -> str:
    return f"{theme.get_absolute_url()}edit/"


def keep(client: Client, theme: Theme, ticked: list[Note], was: list[Note] = (), **more: str) -> str:
    typed = {"notes": [note.identifier for note in ticked], "was": [note.identifier for note in was]}
    answer = client.post(edit(theme), typed | more)
    assert answer.status_code == 302
    return answer.url.removeprefix(edit(theme))


def test_groupings_stand_side_by_side_with_their_authors(client: Client, theme: Theme, of_fen: Theme) -> None:
    page = client.get(THEMES).text
    for said in ("Grouped by Ada", "Grouped by Fen", "Who pays.", "1 of them nobody else grouped"):
        assert said in " ".join(page.split()).replace("Grouped by  ", "Grouped by ")
    assert "2</b> notes: 1 agree, 1 challenge." in page


def test_note_by_note_one_sees_where_each_stands(client: Client, theme: Theme, of_fen: Theme) -> None:
    rows = client.get(THEMES).text.split("<tr>")[2:]
    assert [("Budgets" in row, "Comfort" in row) for row in rows] == [
        (True, False), (True, True), (False, True)
    ]  # fmt: skip


def test_a_theme_of_somebody_who_left_stays(client: Client, theme: Theme) -> None:
    Theme.objects.update(author=None)
    assert "Somebody who left" in client.get(THEMES).text
    assert "Grouped by somebody who left" in client.get(theme.get_absolute_url()).text


def test_what_nobody_grouped_is_a_number_that_leads_to_the_notes(client: Client, theme: Theme) -> None:
    page = client.get(THEMES).text
    assert "1 note of this event stands in no theme" in page
    assert "Soup." not in page
    assert "Soup." in client.get(f"{THEMES}?loose=1").text


def test_a_theme_never_shows_agreement_without_the_challenge(
    client: Client, theme: Theme, notes: list[Note], ada: Viewer
) -> None:
    page = client.get(theme.get_absolute_url()).text
    assert "Strongest agreement of 1" in page
    assert "Strongest challenge of 1" in page
    calm = make_theme(theme.event, "Calm", by=ada, notes=notes[:1])
    assert "No challenge on record" in client.get(calm.get_absolute_url()).text
    assert "No challenge among them." in client.get(THEMES).text


def test_a_theme_says_what_counts_and_cannot_be_read(
    client: Client, theme: Theme, station: Station, post_note: Callable, ada: Viewer, ben: Viewer
) -> None:
    kept = post_note(station, "Hushed fern", public=False)
    make_theme(theme.event, "Kept", by=ada, notes=[kept, *theme.notes.all()])
    withdraw_note(theme.notes.first(), by=ben)
    page = client.get(Theme.objects.get(name="Kept").get_absolute_url()).text
    assert "And 1 note kept to its board" in page
    assert "1 note was withdrawn" in page
    assert "Hushed fern" not in page
    assert "Put the budget up." not in page


def test_a_note_that_is_hidden_later_is_said_and_not_counted(
    client: Client, theme: Theme, notes: list[Note], ada: Viewer
) -> None:
    hide_note(notes[1], "It names somebody.", by=ada)
    page = client.get(theme.get_absolute_url()).text
    assert "Not counted now: 1 hidden by the organisers." in page
    assert "1 note in it" in page
    assert "Whose budget?" not in page


def test_a_theme_taken_apart_leaves_a_tombstone_without_its_words(
    client: Client, theme: Theme, ada: Viewer
) -> None:
    dissolve_theme(theme, by=ada)
    answer = client.get(theme.get_absolute_url())
    assert answer.status_code == 410
    assert "Budgets" not in answer.text
    assert "Budgets" not in client.get(THEMES).text


def test_its_author_puts_it_back_together(as_ada: Client, theme: Theme) -> None:
    apart = f"{theme.get_absolute_url()}dissolve/"
    assert "Take “Budgets” apart?" in as_ada.get(apart).text
    as_ada.post(apart, {"act": "dissolve"})
    assert "Put it back together" in as_ada.get(THEMES).text
    as_ada.post(apart, {"act": "restore"})
    assert as_ada.get(theme.get_absolute_url()).status_code == 200


def test_a_theme_is_named_first_and_then_its_notes_are_picked(
    as_ada: Client, board: Board, notes: list[Note]
) -> None:
    assert "Your name, Ada, will stand beside it in public." in as_ada.get(NEW).text
    answer = as_ada.post(NEW, {"name": "Budgets", "about": "Who pays."})
    theme = Theme.objects.get()
    assert answer.url == edit(theme)
    keep(as_ada, theme, notes[:2])
    assert set(theme.notes.all()) == set(notes[:2])


def test_a_form_with_faults_keeps_what_was_typed(as_ada: Client, theme: Theme) -> None:
    for typed, said in (({"name": " "}, "Give the theme a name"), ({"name": "Budgets"}, "here already")):
        answer = as_ada.post(NEW, typed | {"about": "Typed with care."})
        assert answer.status_code == 422
        assert said in answer.text
        assert "Typed with care." in answer.text


def test_a_theme_is_renamed_by_its_author(as_ada: Client, theme: Theme) -> None:
    typed = {"act": "name", "name": "Money", "about": ""}
    assert as_ada.post(edit(theme), typed).status_code == 302
    theme.refresh_from_db()
    assert (theme.name, theme.about, theme.notes.count()) == ("Money", "", 2)
    answer = as_ada.post(edit(theme), typed | {"name": ""})
    assert (answer.status_code, "Give the theme a name" in answer.text) == (422, True)
    assert as_ada.get(f"{edit(theme)}?act=name").status_code == 200


def test_ticks_are_kept_whichever_button_is_pressed(as_ada: Client, theme: Theme, notes: list[Note]) -> None:
    assert keep(as_ada, theme, [notes[1], notes[2]], was=notes[:2], page="2") == "?page=2#notes"
    assert set(theme.notes.all()) == {notes[1], notes[2]}
    where = keep(as_ada, theme, notes, was=notes[1:], words="soup", mark="heart", which="nonsense")
    assert where == "?words=soup&mark=heart#notes"
    assert set(theme.notes.all()) == set(notes)


def test_nothing_is_ticked_that_is_not_in_the_theme(as_ada: Client, theme: Theme, notes: list[Note]) -> None:
    ticked = [label for label in as_ada.get(edit(theme)).text.split("<label") if " checked" in label]
    assert [note.identifier in label for note, label in zip(notes, ticked, strict=False)] == [True, True]
    assert "checked" not in as_ada.get(f"{edit(theme)}?like=1").text


def test_notes_that_read_alike_are_offered(
    as_ada: Client, theme: Theme, station: Station, post_note: Callable
) -> None:
    near = post_note(station, "Put a budget up")
    page = as_ada.get(f"{edit(theme)}?like=1").text
    assert near.identifier in page
    assert "Soup." not in page
    assert near not in theme.notes.all()


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("words=budget", {0, 1}),
        ("words=budget+whose", {1}),
        ("words=budgit", {0, 1}),
        ("mark=heart", {2}),
        ("which=held", {0, 1}),
        ("which=loose", {0, 1, 2}),
        ("words=zebra", set()),
    ],
)
def test_notes_are_found_by_words_mark_and_theme(
    as_ada: Client, theme: Theme, notes: list[Note], asked: str, found: set[int]
) -> None:
    page = as_ada.get(f"{edit(theme)}?{asked}").text
    assert {n for n, note in enumerate(notes) if f'value="{note.identifier}"' in page} == found


def test_notes_of_one_heading_and_of_no_other_theme_are_found(
    as_ada: Client, theme: Theme, of_fen: Theme, notes: list[Note], station: Station
) -> None:
    page = as_ada.get(f"{edit(theme)}?station={station.identifier}&which=loose").text
    assert [f'value="{note.identifier}"' in page for note in notes] == [True, False, False]


def test_a_note_that_went_meanwhile_is_not_put_in_and_the_rest_is(
    as_ada: Client, theme: Theme, notes: list[Note], station: Station, post_note: Callable, dee: Viewer
) -> None:
    gone = post_note(station, "Going.", by=dee)
    withdraw_note(gone, by=dee)
    keep(as_ada, theme, [gone, *notes], was=notes[:2])
    assert set(theme.notes.all()) == set(notes)
    assert "not on a wall of this event any more" in as_ada.get(edit(theme)).text


def test_one_makes_ones_own_from_somebody_elses(as_ada: Client, theme: Theme, of_fen: Theme) -> None:
    assert "Make my own from this one" in as_ada.get(of_fen.get_absolute_url()).text
    begin = f"{NEW}?from={of_fen.identifier}"
    assert 'value="Comfort"' in as_ada.get(begin).text
    as_ada.post(begin, {"name": "Comfort, to me", "about": ""})
    own = Theme.objects.get(name="Comfort, to me")
    assert (own.author, set(own.notes.all())) == (theme.author, set(of_fen.notes.all()))


def test_nobody_else_opens_the_desk_of_a_theme(
    client: Client, theme: Theme, of_fen: Theme, steward: Viewer, facilitator: Viewer, moderator: Viewer
) -> None:
    for viewer in (steward, facilitator, moderator):
        client.force_login(viewer.person)
        for part in ("edit/", "dissolve/"):
            address = theme.get_absolute_url() + part
            assert [client.get(address).status_code, client.post(address).status_code] == [404, 404]
    assert client.get(NEW).status_code == 404
    assert Theme.objects.get(pk=theme.pk).dissolved_at is None


def test_the_event_and_the_board_lead_to_themes_and_offer_grouping_to_some(
    client: Client, board: Board, notes: list[Note], ada: Viewer
) -> None:
    pages = ("/events/wall-day/", board.get_absolute_url())
    assert not any(THEMES in client.get(page).text for page in pages)
    make_theme(board.event, "Budgets", by=ada)
    assert all(THEMES in client.get(page).text for page in pages)
    assert not any(NEW in client.get(page).text for page in pages)
    client.force_login(ada.person)
    assert all(NEW in client.get(page).text for page in pages)


def test_a_big_board_is_picked_from_page_by_page(
    as_ada: Client, theme: Theme, station: Station, post_note: Callable
) -> None:
    for n in range(A_PAGE):
        post_note(station, f"Note {n}")
    first = as_ada.get(edit(theme)).text
    assert first.count('type="checkbox"') == A_PAGE
    assert "Keep, and next" in first
    assert as_ada.get(f"{edit(theme)}?page=2").text.count('type="checkbox"') == 3


@pytest.mark.parametrize("number", [1, 3])
def test_the_pages_ask_the_same_however_many_there_are(
    client: Client,
    board: Board,
    station: Station,
    post_note: Callable,
    ada: Viewer,
    number: int,
) -> None:
    for n in range(number):
        notes = [post_note(station, f"{n}, {m}") for m in range(number)]
        last = make_theme(board.event, f"Theme {n}", by=ada, notes=notes)
        make_theme(board.event, f"Beside {n}", by=ada, notes=notes)
        post_note(station, f"{n}, loose")
    looks = {THEMES: 7, f"{THEMES}?loose=1": 7, last.get_absolute_url(): 7}
    assert {page: queries_of(client, page) for page in looks} == looks
    client.force_login(ada.person)
    desk = {edit(last): 9, f"{edit(last)}?like=1": 11}
    client.get(edit(last))
    assert {page: queries_of(client, page) for page in desk} == desk


def queries_of(client: Client, page: str) -> int:
    with CaptureQueriesContext(connection) as asked:
        assert client.get(page).status_code == 200
    return len(asked)
