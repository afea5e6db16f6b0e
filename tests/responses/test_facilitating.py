"""The console: one page for a tired volunteer, where every act is a plain form."""

import re
from collections.abc import Callable

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from people.guests import Viewer, remember_guest
from responses.board import correct_note
from responses.models import Activity, Board, Note, Station
from responses.moderation import hide_note, show_note
from responses.room import change_settings, close_activity, open_activity

Post = Callable[..., Note]


def address(activity: Activity) -> str:
    return reverse(f"{activity.kind}_facilitate", args=[activity.event.slug, activity.slug])


@pytest.fixture
def live(make_board: Callable[..., Board], ada: Viewer) -> Board:
    board = make_board("Power", "Time", state=Board.State.CLOSED)
    open_activity(board, by=ada)
    change_settings(board, by=ada, is_premoderated=True)
    board.refresh_from_db()
    return board


@pytest.fixture
def hosting(client: Client, ada: Viewer) -> Client:
    client.force_login(ada.person)
    return client


@pytest.fixture
def do(hosting: Client, live: Board) -> Callable[..., HttpResponse]:
    def do(act: str, **typed: object) -> HttpResponse:
        return hosting.post(address(live), {"act": act, **typed}, follow=True)

    return do


def queue_of(page: str) -> str:
    return re.search(r'<ul class="queue" data-queue>.*?</ul>', page, re.S).group()


def test_the_code_the_way_to_the_screens_and_what_waits_are_on_it(
    hosting: Client, live: Board, post_note: Post
) -> None:
    post_note(live.stations.first(), "Please look.")
    page = hosting.get(address(live)).text
    assert f"{live.code[:4]} {live.code[4:]}" in page
    assert 'class="qr"' in page
    assert reverse("board_projector", args=[live.event.slug, live.slug]) in page
    assert "1 note waits" in page
    assert "Please look." in queue_of(page)


@pytest.mark.parametrize("who", ["cleo", "ben", "researcher"])
def test_nobody_else_opens_it_or_does_anything_from_it(
    client: Client, live: Board, request: pytest.FixtureRequest, who: str
) -> None:
    viewer = request.getfixturevalue(who)
    if viewer.person:
        client.force_login(viewer.person)
    for answer in (client.get(address(live)), client.post(address(live), {"act": "close"})):
        assert answer.status_code == (404 if viewer.person else 302)
    live.refresh_from_db()
    assert live.is_open


def test_opening_and_closing_say_what_came_of_it_where_they_were_done(
    do: Callable[..., HttpResponse], live: Board
) -> None:
    closed = do("close")
    assert closed.redirect_chain[-1][0].endswith("#steps")
    steps = re.search(r'id="steps".*?</section>', closed.text, re.S).group()
    assert "It is closed." in steps
    assert closed.text.count("It is closed.") == 1, "said once, at its place"
    assert "Open it again" in steps
    opened = do("open")
    live.refresh_from_db()
    assert f"People join with {live.code[:4]} {live.code[4:]}." in opened.text


def test_a_note_is_shown_hidden_and_put_back_with_one_tap_each(
    do: Callable[..., HttpResponse], live: Board, post_note: Post
) -> None:
    note = post_note(live.stations.first(), "Please look.")
    shown = do("show", note=note.identifier, reading=1)
    assert f"{note.label} is on the wall." in shown.text
    assert "Please look." not in queue_of(shown.text)
    hidden = do("hide_shown", note=note.identifier, why="It names somebody.")
    assert "Whoever wrote it is shown your reason." in hidden.text
    assert "Hidden: It names somebody." in hidden.text
    undone = do("undo_hiding", note=note.identifier)
    assert f"Undone: {note.label} is back where it was." in undone.text
    note.refresh_from_db()
    assert note.moderation == "shown"


def test_words_that_changed_since_the_page_was_loaded_are_not_shown(
    do: Callable[..., HttpResponse], live: Board, post_note: Post, ben: Viewer
) -> None:
    note = post_note(live.stations.first(), "Harmless.")
    correct_note(note, "Not harmless.", by=ben)
    page = do("show", note=note.identifier, reading=1)
    assert "Read it again, then show it." in page.text
    assert "Not harmless." in queue_of(page.text)


@pytest.mark.parametrize(
    ("act", "typed", "said"),
    [
        ("phase", {"phase": "mark"}, "Now: Mark."),
        ("phase", {"phase": "dance"}, "There is no such step here."),
        ("code", {}, "There is a new code."),
        ("timer", {"minutes": "5"}, "The timer runs"),
        ("timer", {"minutes": "five"}, "Type a whole number"),
        ("timer", {"minutes": "9999"}, "from 1 to 180 minutes"),
        ("extend", {"minutes": "1"}, "There is more time"),
        ("stop", {}, "The timer is off."),
        ("lock", {"station": "POW"}, "“Power” takes no more answers for now."),
        ("unlock", {"station": "POW"}, "“Power” takes answers again."),
        ("show_alone", {"station": "TIM"}, "The room is shown “Time” alone."),
        ("show_alone", {"station": "XXX"}, "There is no such heading"),
        ("show_all", {}, "The room is shown every heading."),
        ("show", {"note": "nothing", "reading": "1"}, "That note is gone"),
        ("layout", {"name": "Our four"}, "Kept as “Our four”."),
        ("layout", {"name": " "}, "Give the layout a name"),
    ],
)
def test_every_act_answers_in_a_sentence(
    do: Callable[..., HttpResponse], act: str, typed: dict[str, str], said: str
) -> None:
    page = do(act, **typed)
    assert page.status_code == 200
    assert said in page.text


def test_an_act_that_is_none_is_not_there(do: Callable[..., HttpResponse]) -> None:
    assert do("dance").status_code == 404


def test_settings_that_do_not_fit_come_back_as_they_were_typed(
    do: Callable[..., HttpResponse], live: Board
) -> None:
    page = do("settings", seats="0", hides_until_reveal="on")
    assert page.status_code == 422
    assert 'value="0"' in page.text
    live.refresh_from_db()
    assert not live.hides_until_reveal
    kept = do("settings", seats="40", hides_until_reveal="on", is_premoderated="on")
    assert "Kept. It holds from now on." in kept.text
    live.refresh_from_db()
    assert (live.seats, live.hides_until_reveal, live.is_premoderated) == (40, True, True)


def test_the_queue_alone_can_be_fetched(hosting: Client, live: Board, post_note: Post) -> None:
    post_note(live.stations.first(), "Please look.")
    part = hosting.get(f"{address(live)}?queue").text
    assert "Please look." in queue_of(part)
    assert "<html" not in part


def test_one_note_can_be_looked_up_from_its_page(
    hosting: Client, live: Board, post_note: Post, ada: Viewer
) -> None:
    note = post_note(live.stations.first(), "An old one.")
    show_note(note, by=ada)
    for number in range(9):
        post_note(live.stations.first(), "", by=Viewer(guest_key=f"guest-{number}"))
    assert "An old one." not in hosting.get(address(live)).text
    way = f"{address(live)}?note={note.identifier}"
    assert way in hosting.get(note.get_absolute_url()).text
    assert "An old one." in hosting.get(way).text


def test_the_log_says_who_did_what_and_why(
    do: Callable[..., HttpResponse], live: Board, post_note: Post
) -> None:
    note = post_note(live.stations.first())
    do("hide", note=note.identifier, why="It names somebody.")
    page = do("lock", station="POW")
    log = re.search(r'id="log".*?</section>', page.text, re.S).group()
    assert "Station locked “Power”, by Ada." in log
    said = re.sub(r"<[^>]+>", "", log)
    assert f"Note hidden {note.label}, by Ada. It names somebody." in said


def test_the_writer_is_told_that_a_note_waits_or_why_it_was_hidden(
    live: Board, post_note: Post, ada: Viewer, ben: Viewer
) -> None:
    note, browser = post_note(live.stations.first()), Client()
    remember_guest(welcomed := HttpResponse(), ben)
    browser.cookies.update(welcomed.cookies)
    pages = [reverse("my_notes"), reverse("my_note", args=[note.identifier]), note.get_absolute_url()]
    for page in pages:
        assert "It waits for an organiser." in browser.get(page).text, page
    hide_note(note, "It names somebody.", by=ada)
    for page in pages:
        assert "It names somebody." in browser.get(page).text, page
    assert Client().get(note.get_absolute_url()).status_code == 404


def test_where_under_18s_take_part_nobody_is_asked_where_a_note_may_go(
    client: Client, live: Board, ada: Viewer
) -> None:
    form = reverse("answer_station", args=[live.event.slug, live.slug, "POW"])
    assert "Where may this note go?" in client.get(form).text
    change_settings(live, by=ada, may_include_under_18s=True)
    page = client.get(form).text
    assert "Where may this note go?" not in page
    assert "Under-18s may take part here." in page
    assert 'name="public"' not in page


def test_a_closed_console_says_how_to_begin(hosting: Client, live: Board, ada: Viewer) -> None:
    close_activity(live, by=ada)
    page = hosting.get(address(live)).text
    assert "While it is closed it has no code." in page
    assert "data-live" not in page


def test_an_empty_board_says_so(hosting: Client, live: Board) -> None:
    Station.objects.filter(board=live).delete()
    page = hosting.get(address(live)).text
    assert "Nothing waits" in page
    assert "Nothing is up yet." in page
    assert "This board has no headings yet" in page


def test_the_console_takes_as_many_queries_for_one_as_for_three(
    hosting: Client, make_board: Callable[..., Board], post_note: Post, ada: Viewer,
    django_assert_num_queries: Callable,
) -> None:  # fmt: skip
    for slug, number in (("one", 1), ("three", 3)):
        event = {"event": Board.objects.get().event} if slug == "three" else {}
        board = make_board(*("Power", "Time", "Place")[:number], slug=slug, state="closed", **event)
        open_activity(board, by=ada)
        change_settings(board, by=ada, is_premoderated=True)
        for station in board.stations.all():
            post_note(station, "Waits.")
            hide_note(post_note(station, "Hidden."), "Not now.", by=ada)
            show_note(post_note(station, "Shown."), by=ada)
        hosting.get(address(board))
        with django_assert_num_queries(20):
            hosting.get(address(board))
