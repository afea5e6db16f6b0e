"""The pages of joining: what they say, what they keep and what goes wrong on bad days."""

import re
from collections.abc import Callable
from urllib.parse import quote

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from people.guests import COOKIE, Viewer
from responses.joining import answering_page, is_in_the_room, join
from responses.models import Activity, Board, Participant
from responses.models.activities import LINK_DAYS
from responses.room import change_settings, close_activity, open_activity, show_station

pytestmark = pytest.mark.django_db


@pytest.fixture
def board(make_board: Callable[..., Board], ada: Viewer) -> Board:
    board = make_board("Power", "Time", state=Board.State.CLOSED)
    open_activity(board, by=ada)
    board.refresh_from_db()
    return board


def door(activity: Activity) -> str:
    return f"/j/{activity.code}/"


def test_opening_the_page_of_a_qr_code_changes_nothing(client: Client, board: Board) -> None:
    with CaptureQueriesContext(
        connection,
    ) as queries:
        page = client.get(door(board))
    assert page.status_code == 200
    writes = [q["sql"] for q in queries if re.match(r"(?i)\s*(insert|update|delete)", q["sql"])]
    assert writes == []
    assert set(page.cookies) == {"csrftoken", COOKIE}
    assert not Participant.objects.exists()


def test_a_wrong_code_changes_nothing_but_the_count_of_wrong_codes(client: Client, board: Board) -> None:
    with CaptureQueriesContext(connection) as queries:
        page = client.get("/j/ZZZZ2345/")
    assert page.status_code == 404
    writes = [q["sql"] for q in queries if re.search(r"(?i)\b(insert into|update|delete from)\s", q["sql"])]
    assert all("people_ratecount" in sql for sql in writes)
    assert COOKIE not in page.cookies


def test_the_page_says_what_is_joined_and_what_is_kept(client: Client, board: Board) -> None:
    page = client.get(door(board)).text
    for said in (
        "The wall",
        "Wall day",
        "nobody asks your name",
        f"tied to this device until {LINK_DAYS} days after closing",
        "not even you, unless you kept the receipt",
    ):
        assert said in page
    assert "under 18" not in page.lower()


def test_the_page_says_what_holds_where_under_18s_take_part(
    client: Client, board: Board, ada: Viewer
) -> None:
    change_settings(board, may_include_under_18s=True, by=ada)
    page = client.get(door(board)).text
    assert "nobody gives a name or sends a photo here" in page


def test_the_button_joins_and_leads_to_the_answering_page(client: Client, board: Board) -> None:
    client.get(door(board))
    answer = client.post(door(board))
    assert (answer.status_code, answer.url) == (302, "/events/wall-day/boards/wall/answer/")
    assert Participant.objects.in_the_room().count() == 1
    assert client.get(answer.url).status_code == 200


def test_where_one_station_is_shown_people_land_there(client: Client, board: Board, ada: Viewer) -> None:
    show_station(board, board.stations.last(), by=ada)
    assert client.post(door(board)).url == "/events/wall-day/boards/wall/answer/TIM/"


def test_a_poll_is_answered_on_its_own_page(board: Board) -> None:
    poll = Activity.objects.create(event=board.event, slug="ask", name="Ask", kind="poll")
    assert answering_page(poll) == "/events/wall-day/polls/ask/"


def test_pressing_the_button_twice_or_in_two_tabs_takes_one_seat(client: Client, board: Board) -> None:
    client.get(door(board))
    client.get(door(board))
    answers = [client.post(door(board)) for _ in range(2)]
    assert {answer.url for answer in answers} == {"/events/wall-day/boards/wall/answer/"}
    assert Participant.objects.in_the_room().count() == 1


def test_whoever_joined_and_comes_back_is_led_on(client: Client, board: Board) -> None:
    client.post(door(board))
    page = client.get(door(board))
    assert '<a class="btn btn--big" href="/events/wall-day/boards/wall/answer/">Go on</a>' in page.text
    assert ">Join</button>" not in page.text
    # The browser asks again when somebody goes back, and is not led to a shared copy.
    assert page["Cache-Control"] == "private, no-cache"


def test_whoever_signed_in_joins_as_themselves(client: Client, board: Board, ada: Viewer) -> None:
    client.force_login(ada.person)
    client.post(door(board))
    assert is_in_the_room(board, ada)
    assert COOKIE not in client.cookies


def test_a_form_that_expired_or_refused_cookies_is_answered_with_what_to_do(board: Board) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.get(door(board))
    strict.cookies.clear()
    page = strict.post(door(board))
    assert page.status_code == 403
    assert "refuses cookies from this site, allow them" in page.text
    assert f'href="{door(board)}"' in page.text


def test_a_form_from_before_a_restart_still_joins(board: Board) -> None:
    """Neither the token nor the guest is kept in the server: both are in cookies."""
    strict = Client(enforce_csrf_checks=True)
    page = strict.get(door(board)).text
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page).group(1)
    again = Client(enforce_csrf_checks=True)
    again.cookies.update(strict.cookies)
    assert again.post(door(board), {"csrfmiddlewaretoken": token}).status_code == 302


def test_an_expired_guest_cookie_joins_as_a_new_guest(client: Client, board: Board) -> None:
    client.get(door(board))
    del client.cookies[COOKIE]
    assert client.post(door(board)).status_code == 302
    assert client.cookies[COOKIE].value


def test_the_clock_of_the_phone_plays_no_part(client: Client, board: Board) -> None:
    """No page about joining sends a time, nor reads one."""
    page = client.get(door(board)).text
    assert "<time" not in page
    assert str(timezone.now().year) not in re.sub(r'value="[^"]*"', "", page.split("<main")[1])


@pytest.mark.parametrize("typed", ["{code}", " {low} ", "{dashed}", "https://example.org/j/{code}/"])
def test_the_form_takes_a_code_as_people_type_or_paste_it(client: Client, board: Board, typed: str) -> None:
    code = board.code
    typed = typed.format(code=code, low=f"{code[:4]} {code[4:]}".lower(), dashed="-".join(code))
    answer = client.get("/j/", {"code": typed})
    assert (answer.status_code, answer.url) == (302, door(board))


def test_an_address_typed_in_small_letters_opens_the_board(client: Client, board: Board) -> None:
    page = client.get(f"/j/{board.code[:4].lower()}%20{board.code[4:].lower()}/")
    assert page.status_code == 200
    assert f'action="{door(board)}"' in page.text


@pytest.mark.parametrize("typed", ["abcd efg0", "nonsense", "ZZZZ 2345", '"><script>'])
def test_a_wrong_code_is_404_and_stays_in_the_box(client: Client, board: Board, typed: str) -> None:
    page = client.get("/j/", {"code": typed}, follow=True)
    assert page.status_code == 404
    kept = re.search(r'<input type="text" name="code" value="([^"]*)"', page.text).group(1)
    assert kept.replace("&quot;", '"').replace("&gt;", ">").replace("&lt;", "<") in (typed, "ZZZZ2345")
    assert "<script>" not in page.text.split("<main")[1]
    assert "id_code_error" in page.text


@pytest.mark.parametrize("address", ["/j/?code=", "/j/?code=%20%20", "/j/?code=---", f"/j/?code={'A' * 999}"])
def test_no_code_at_all_asks_for_one(client: Client, board: Board, address: str) -> None:
    page = client.get(address)
    assert page.status_code in {404, 422}
    assert "eight letters and digits" in page.text or "8 letters and digits" in page.text


@pytest.mark.parametrize("code", ["%F0%9F%A6%94", quote("ﬀ") * 4, "%0A", "..", "é" * 300])
def test_odd_addresses_are_wrong_codes_and_nothing_else(client: Client, board: Board, code: str) -> None:
    assert client.get(f"/j/{code}/").status_code == 404


def test_a_full_board_says_so_on_the_page(client: Client, board: Board, ben: Viewer, ada: Viewer) -> None:
    change_settings(board, seats=1, by=ada)
    join(board.code, by=ben)
    page = client.post(door(board))
    assert page.status_code == 422
    assert "This board is full" in page.text


def test_the_form_sets_no_cookie_for_those_who_only_look(client: Client) -> None:
    page = client.get("/j/")
    assert not page.cookies
    for said in ('autocapitalize="characters"', 'autocorrect="off"', 'inputmode="text"', "Paper notes count"):
        assert said in page.text


def test_every_page_leads_to_joining_and_the_front_page_asks_for_the_code(client: Client, db: None) -> None:
    assert '<a class="btn btn--quiet" href="/j/"><span>Join<span' in client.get("/about/").text
    front = client.get("/").text
    assert '<form action="/j/"><input class="input input--code" id="code" name="code"' in front
    assert front.index('id="code"') < front.index("<h1")


def test_joining_takes_a_fixed_number_of_queries(
    client: Client, board: Board, django_assert_max_num_queries: Callable
) -> None:
    for number in range(30):
        join(board.code, by=Viewer(guest_key=f"guest {number}"))
    with django_assert_max_num_queries(4):
        client.get(door(board))
    with django_assert_max_num_queries(16):
        client.post(door(board))


# Leaving, and the answering pages


def test_the_phone_pages_name_the_board_and_lead_back_to_it(client: Client, board: Board) -> None:
    for page in (client.get(door(board)), client.get("/events/wall-day/boards/wall/answer/POW/")):
        assert re.search(r'class="livebar">.*The wall.*href="/events/wall-day/boards/wall/">Leave', page.text)


def test_the_answer_form_says_before_posting_how_long_notes_are_ones_own(
    client: Client, board: Board
) -> None:
    page = client.get("/events/wall-day/boards/wall/answer/POW/").text
    said = f"tied to this device until {LINK_DAYS} days after closing"
    assert page.index(said) < page.index("Stick it up")
    assert f"{LINK_DAYS} days after" in client.get("/privacy/").text


# The sheet


def test_the_sheet_shows_code_and_address_to_those_who_joined_while_it_is_open(
    client: Client, board: Board, ada: Viewer, settings: object
) -> None:
    settings.SITE_URL = "https://record.example"
    sheet = "/events/wall-day/boards/wall/join-sheet/"
    assert client.get(sheet).status_code == 404
    client.post(door(board))
    page = client.get(sheet).text
    assert f"{board.code[:4]} {board.code[4:]}" in page
    assert "record.example/j</b>" in page
    assert f"QR code: opens record.example/j/{board.code}/" in page
    close_activity(board, by=ada)
    assert client.get(sheet).status_code == 404
    client.force_login(ada.person)
    assert "It has a code while it is open." in client.get(sheet).text


@pytest.mark.parametrize("kinds", ["polls", "walls", "cards"])
def test_a_sheet_is_found_under_its_own_kind_only(
    client: Client, board: Board, ada: Viewer, kinds: str
) -> None:
    client.force_login(ada.person)
    assert client.get("/events/wall-day/boards/wall/join-sheet/").status_code == 200
    assert client.get(f"/events/wall-day/{kinds}/wall/join-sheet/").status_code == 404


def test_those_who_joined_find_the_sheet_from_the_board_while_it_is_open_and_strangers_never(
    client: Client, board: Board, ada: Viewer
) -> None:
    link = 'href="/events/wall-day/boards/wall/join-sheet/"'
    assert link not in client.get("/events/wall-day/boards/wall/").text
    client.post(door(board))
    assert link in client.get("/events/wall-day/boards/wall/").text
    close_activity(board, by=ada)
    assert link not in client.get("/events/wall-day/boards/wall/").text
