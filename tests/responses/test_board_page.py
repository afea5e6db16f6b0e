"""The board as a document."""

import re
from collections.abc import Callable
from uuid import uuid4

import pytest
from django.test import Client

from people.consent import consent_given
from people.guests import Viewer
from principles.models import PrincipleSet
from principles.wording import add_wording
from responses.board import add_reading, withdraw_note
from responses.changes import next_number
from responses.models import Board, Mark, Note, Reading, Station, Transcript

pytestmark = pytest.mark.django_db
Post = Callable[..., Note]


def read(client: Client, board: Board, query: str = "") -> str:
    page = client.get(f"{board.get_absolute_url()}{query}")
    assert page.status_code == 200
    return page.text


def from_paper(station: Station, state: str = "read", text: str = "", mark: str = "not_recorded") -> Note:
    note = Note.objects.create(
        station=station, board=station.board, number=next_number(station), key=uuid4(), mark=mark,
        text_state=state, origin="paper", text=text, consent=consent_given(public=True, research=True),
    )  # fmt: skip
    add_reading(note, Reading.Witness.IMPORTED_RECORD, by=None)
    return note


def labels(page: str) -> list[str]:
    return re.findall(r"Note </span>([A-Z]+-\d+)", page)


def test_a_board_reads_as_headings_and_lists(
    client: Client, make_board: Callable[..., Board], post_note: Post
) -> None:
    board = make_board("Power", "Time")
    for station in board.stations.all():
        post_note(station, f"About {station.heading}.")
    page = read(client, board)
    assert re.findall(r"<h([12])", page)[:3] == ["1", "2", "2"]
    assert page.count('<ul class="notes">') == 2
    assert labels(page) == ["POW-01", "TIM-01"]
    assert "About Power." in page


def test_every_note_has_an_anchor_a_label_and_its_three_facts_in_words(
    client: Client, station: Station, post_note: Post
) -> None:
    note = post_note(station, mark=Mark.SQUARE)
    page = read(client, station.board)
    assert f'id="{note.identifier}" data-mark="square" data-text="read" data-origin="own_device"' in page
    for words in ("Challenge", "Own device", "POW-01"):
        assert words in page


@pytest.mark.parametrize(
    ("stated", "sentence"),
    [
        (None, "<b>1</b> counted here"),
        (1, "<b>1</b> stated"),
        (3, "The record states more than is kept here."),
        (0, "More is kept here than the record states."),
    ],
)
def test_stated_and_counted_stand_side_by_side_and_a_difference_is_explained(
    client: Client, station: Station, stated: int | None, sentence: str
) -> None:
    station.stated_count = stated
    station.save()
    from_paper(station, text="One.")
    page = read(client, station.board)
    assert sentence in page
    assert ("We keep both numbers." in page) == (stated in (3, 0))


def test_the_states_of_the_words_and_the_origins_are_said_in_words(
    client: Client, station: Station, post_note: Post
) -> None:
    for state, text in (("partly", "Only [2 words]"), ("illegible", ""), ("drawing", "↑"), ("waiting", "")):
        from_paper(station, state, text)
    post_note(station)
    post_note(station, "")
    page = read(client, station.board)
    assert "1 with words, 1 without words, 1 partly legible, 1 illegible, 1 drawing, 1 not read yet" in page
    assert "2 from people’s own devices, 4 from paper" in page


def test_a_station_shows_the_words_it_asks_about_and_where_they_come_from(
    client: Client, station: Station, make_set: Callable[..., PrincipleSet]
) -> None:
    power, time = make_set().principles.all()
    station.pairings.create(principle=power)
    station.pairings.create(principle=time, wording=time.current_wording)
    add_wording(time, "Time is changed.", by=None)
    page = read(client, station.board)
    assert "Power is shared." in page
    assert "Time is shared." in page
    assert "Time is changed." not in page
    assert 'href="/principles/lanterns/time/v/1/"' in page
    assert "Transcribed, not yet checked" in page


def test_notes_that_answered_an_earlier_wording_are_told_apart(
    client: Client, station: Station, make_set: Callable[..., PrincipleSet], post_note: Post
) -> None:
    power = make_set().principles.first()
    station.pairings.create(principle=power)
    post_note(station)
    assert "an earlier wording" not in read(client, station.board)
    add_wording(power, "Power is given away.", by=None)
    page = read(client, station.board)
    assert "1 note here answered" in page
    assert "/principles/lanterns/power/v/1/" in page


def test_a_station_without_words_and_one_that_asks_what_is_missing_say_so(
    client: Client, station: Station, make_set: Callable[..., PrincipleSet]
) -> None:
    power = make_set().principles.first()
    power.wordings.all().delete()
    station.pairings.create(principle=power)
    Station.objects.create(board=station.board, heading="And?", code="AND", position=2, is_missing=True)
    page = read(client, station.board)
    assert "No wording was recorded." in page
    assert "What is missing?" in page


def test_captions_and_what_became_no_note_are_kept_on_the_page(client: Client, station: Station) -> None:
    station.captions = ["POWER AND TIME"]
    station.save()
    Transcript.objects.create(
        board=station.board, digest="d", text="t", added=2, preamble="Who spoke.", closing="Thanks <all>.",
        captions=["POWER AND TIME"], unplaced=["a loose line"],
    )  # fmt: skip
    page = read(client, station.board)
    for words in (
        "Caption of the photograph: POWER AND TIME",
        "Who spoke.",
        "Thanks &lt;all&gt;.",
        "a loose line",
    ):
        assert words in page


def test_a_withdrawn_note_is_a_count_on_the_board(
    client: Client, station: Station, post_note: Post, ben: Viewer
) -> None:
    withdraw_note(post_note(station, "Canary."), by=ben)
    page = read(client, station.board)
    assert "1 withdrawn" in page
    assert "Canary." not in page


def test_one_mark_can_be_read_alone_and_challenges_are_never_out_of_sight(
    client: Client, station: Station, post_note: Post
) -> None:
    post_note(station, "Yes.", mark=Mark.TICK)
    post_note(station, "No.", mark=Mark.SQUARE)
    squares, ticks = (read(client, station.board, f"?mark={mark}") for mark in ("square", "tick"))
    assert labels(squares) == ["POW-02"]
    assert labels(ticks) == ["POW-01", "POW-02"]
    assert "Strongest challenge of 1" in ticks
    assert "1 challenge was made at this heading." in ticks
    assert "No note here has that mark." in read(client, station.board, "?mark=heart")


def test_the_most_contested_station_can_come_first(
    client: Client, make_board: Callable[..., Board], post_note: Post
) -> None:
    board = make_board("Power", "Time", "Place")
    time = board.stations.get(code="TIM")
    for words in ("No.", "Never."):
        post_note(time, words, mark=Mark.SQUARE)
    codes = [
        re.findall(r'class="station" id="(\w+)"', read(client, board, q)) for q in ("", "?order=contested")
    ]
    assert codes == [["POW", "TIM", "PLA"], ["TIM", "POW", "PLA"]]


@pytest.mark.parametrize("query", ["?mark=star", "?order=random", "?mark=%27%3B--&order=%F0%9F%8E%88"])
def test_a_choice_that_does_not_exist_is_left_out_with_a_sentence(
    client: Client, station: Station, post_note: Post, query: str
) -> None:
    post_note(station)
    page = read(client, station.board, query)
    assert "There is no such choice" in page
    assert labels(page) == ["POW-01"]


def test_no_challenge_is_not_taken_for_agreement(client: Client, station: Station, post_note: Post) -> None:
    sentence = "It can also mean that nobody felt able."
    assert sentence not in read(client, station.board)
    note = post_note(station)
    assert sentence in read(client, station.board)
    from_paper(station, text="Perhaps a challenge.")
    assert sentence not in read(client, station.board)
    assert labels(read(client, station.board)) == [note.label, "POW-02"]


def test_an_empty_board_says_that_it_is_empty(client: Client, board: Board) -> None:
    page = read(client, board)
    assert "Nothing is on the board yet." in page
    board.stations.all().delete()
    assert "This board has no headings yet" in read(client, board)


def test_a_closed_board_says_so_and_asks_for_nothing(
    client: Client, make_board: Callable[..., Board]
) -> None:
    page = read(client, make_board(state=Board.State.CLOSED))
    assert "This board is closed." in page
    assert "Answer" not in page


def test_those_who_run_the_event_go_on_from_the_page_to_run_it_and_others_do_not(
    client: Client, board: Board, ada: Viewer, researcher: Viewer
) -> None:
    console = f"{board.get_absolute_url()}facilitate/"
    assert console not in read(client, board)
    client.force_login(researcher.person)
    assert console not in read(client, board)
    client.force_login(ada.person)
    assert console in read(client, board)


@pytest.mark.parametrize(("signed", "most"), [(False, 13), (True, 19)])
def test_a_board_takes_as_many_queries_for_one_as_for_three(
    client: Client, make_board: Callable[..., Board], make_set: Callable[..., PrincipleSet], ada: Viewer,
    django_assert_num_queries: Callable, signed: bool, most: int,
) -> None:  # fmt: skip
    principles = list(make_set("Power", "Time", "Place").principles.all())
    if signed:
        client.force_login(ada.person)
    for slug, number in (("one", 1), ("three", 3)):
        event = {"event": Board.objects.get().event} if slug == "three" else {}
        board = make_board(*[p.name for p in principles[:number]], slug=slug, **event)
        for station, principle in zip(board.stations.all(), principles, strict=False):
            station.pairings.create(principle=principle)
            for index in range(number):
                from_paper(station, "illegible" if index else "read", text="" if index else "One.")
        with django_assert_num_queries(most):
            read(client, board)


def test_those_who_run_a_board_see_what_happened_on_it_and_nobody_else_does(
    client: Client, station: Station, post_note: Callable[..., Note], ada: Viewer
) -> None:
    note = post_note(station)
    withdraw_note(note, by=Viewer(guest_key="ben"))
    address = station.board.get_absolute_url()
    assert "What happened here" not in client.get(address).text
    client.force_login(ada.person)
    page = client.get(address).text
    assert "1. Note added" in page
    assert "2. Note withdrawn" in page
    assert page.count("by a guest or the site") == 2


def test_choosing_a_mark_fetches_the_sheets_alone_and_the_page_shows_the_same(
    client: Client, station: Station, post_note: Callable[..., Note]
) -> None:
    post_note(station, "Who pays?", mark=Mark.SQUARE)
    address = f"{station.board.get_absolute_url()}?mark=square"
    sheets = client.get(address, headers={"hx-request": "true"})
    assert sheets.text.startswith('<div id="sheets">')
    assert "<html" not in sheets.text
    whole = client.get(address)
    assert sheets.text.strip() in whole.text
    assert "HX-Request" in whole["Vary"]
    assert "HX-Request" in sheets["Vary"]
