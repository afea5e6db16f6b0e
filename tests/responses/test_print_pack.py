"""The pack for the wall: what is printed, for whom, and on how many pages."""

import re
from collections.abc import Callable

import pytest
from django.test import Client, override_settings
from django.urls import reverse

from coproduce.identifiers import in_fours
from people.consent import WORDINGS, consent_given
from people.guests import Viewer
from responses.leaves import pages_of, size_of_heading, size_of_words
from responses.models import Board, Note, Station, Stub
from responses.pack import pack_of, packs_of
from responses.stubs import change_stub_consent, print_stubs, tie_stub, withdraw_stub
from tests.sheets import code_on, on_paper

pytestmark = pytest.mark.django_db
SignIn = Callable[[Viewer], Client]


def address(board: Board, name: str = "board_print", *more: object) -> str:
    return reverse(name, args=[board.event.slug, board.slug, *more])


def pack_page(client: Client, board: Board, query: str = "") -> str:
    return client.get(address(board, "board_pack", 1) + query).text


@pytest.fixture
def pack(board: Board, ada: Viewer) -> list[Stub]:
    return print_stubs(board, by=ada, each=5)


def test_choosing_makes_a_pack_and_shows_it(signed_in: SignIn, ada: Viewer, board: Board) -> None:
    page = signed_in(ada).post(address(board), {"each": "2", "size": "large"}, follow=True)
    assert page.redirect_chain == [(address(board, "board_pack", 1) + "?size=large", 302)]
    assert "POW 1" in page.text
    assert "POW 2" in page.text
    assert "Pack 1, in large print" in page.text


@pytest.mark.parametrize("each", ["0", "61", "many", ""])
def test_a_wrong_number_is_told_on_the_form(signed_in: SignIn, ada: Viewer, board: Board, each: str) -> None:
    page = signed_in(ada).post(address(board), {"each": each})
    assert page.status_code == 422
    assert "from 1 to 60" in page.text
    assert not Stub.objects.exists()


def test_a_pack_of_many_headings_is_bounded(
    signed_in: SignIn, ada: Viewer, make_board: Callable[..., Board]
) -> None:
    board = make_board(*(f"{n:03} heading" for n in range(11)))
    page = signed_in(ada).post(address(board), {"each": "60"})
    assert page.status_code == 422
    assert "54 for each heading" in page.text


def test_codes_show_on_the_pack_to_those_who_run_the_event_alone(
    signed_in: SignIn, client: Client, ada: Viewer, researcher: Viewer, board: Board, pack: list[Stub]
) -> None:
    for viewer in (None, researcher):
        if viewer:
            signed_in(viewer)
        for name, more in (("board_print", ()), ("board_pack", (1,)), ("board_sheets", ())):
            answer = client.get(address(board, name, *more), follow=True)
            assert not any(in_fours(code_on(stub)) in answer.text for stub in pack)
            assert answer.status_code == 404 or answer.redirect_chain
    signed_in(ada)
    shown = client.get(address(board, "board_pack", 1))
    assert all(in_fours(code_on(stub)) in shown.text for stub in pack)
    for name in ("board", "board_facilitate", "board_print", "board_sheets"):
        assert not any(in_fours(code_on(stub)) in client.get(address(board, name)).text for stub in pack)


def test_the_page_with_the_codes_is_kept_nowhere(
    signed_in: SignIn, ada: Viewer, board: Board, pack: list[Stub]
) -> None:
    answer = signed_in(ada).get(address(board, "board_pack", 1))
    assert "no-store" in answer["Cache-Control"]
    assert '<meta name="robots" content="noindex">' in answer.text


def test_a_pack_that_was_not_made_is_not_there(
    signed_in: SignIn, ada: Viewer, board: Board, pack: list[Stub]
) -> None:
    assert signed_in(ada).get(address(board, "board_pack", 2)).status_code == 404


def test_the_code_of_a_sheet_in_use_is_shown_no_more(
    signed_in: SignIn, ada: Viewer, ben: Viewer, board: Board, station: Station, pack: list[Stub]
) -> None:
    tie_stub(on_paper(station), 1, by=ada)
    withdraw_stub(pack[1], by=ben, receipt=code_on(pack[1]))
    change_stub_consent(pack[2], consent_given(public=True, research=True), by=ben, receipt=code_on(pack[2]))
    page = pack_page(signed_in(ada), board)
    assert [in_fours(code_on(stub)) in page for stub in pack] == [False] * 3 + [True] * 2
    assert "3 sheets of this pack are left out" in page


def test_a_pack_is_made_again_after_the_secret_was_rotated(board: Board, ada: Viewer) -> None:
    with override_settings(SECRET_KEY="the old one"):
        (stub,) = print_stubs(board, by=ada, each=1)
        code = code_on(stub)
    with override_settings(SECRET_KEY="the new one", SECRET_KEY_FALLBACKS=["the old one"]):
        assert [sheet.receipt for sheet in pack_of(board, 1, is_large=False).sheets] == [code]
    with override_settings(SECRET_KEY="the new one", SECRET_KEY_FALLBACKS=[]):
        assert pack_of(board, 1, is_large=False).left_out == 1


def test_a_sheet_asks_both_questions_and_ticks_neither(
    signed_in: SignIn, ada: Viewer, board: Board, pack: list[Stub]
) -> None:
    page = pack_page(signed_in(ada), board)
    for question in WORDINGS[-1]:
        assert page.count(question) == len(pack)
    slips = page[page.index("slip-sheet") : page.rindex("</article>")]
    assert "checked" not in slips
    assert slips.count("slip-sheet__tick") == 2 * len(pack)


def test_where_under_18s_may_take_part_nothing_is_asked(
    signed_in: SignIn, ada: Viewer, board: Board, pack: list[Stub]
) -> None:
    Board.objects.filter(pk=board.pk).update(may_include_under_18s=True)
    page = pack_page(signed_in(ada), board)
    assert not any(question in page for question in WORDINGS[-1])
    assert page.count("this note stays with those who were there") == len(pack)
    assert "no picture of this wall is published" in page


def test_a_sheet_for_the_wall_says_what_is_answered_and_how(
    signed_in: SignIn, ada: Viewer, board: Board, station: Station, pack: list[Stub], make_set: Callable
) -> None:
    principle = make_set().principles.first()
    station.pairings.create(principle=principle)
    page = pack_page(signed_in(ada), board)
    assert principle.current_wording.text in page
    assert re.search(r"Power, Lanterns\. Wording 1, \d+ \w+ \d{4}\. Transcribed, not yet checked\.", page)
    assert reverse("answer_station", args=[board.event.slug, board.slug, station.code]) in page
    assert f"{board.code[:4]} {board.code[4:]}" in page


def test_a_closed_board_is_answered_on_paper_alone(
    signed_in: SignIn, ada: Viewer, make_board: Callable[..., Board]
) -> None:
    board = make_board(state=Board.State.CLOSED)
    print_stubs(board, by=ada, each=1)
    page = pack_page(signed_in(ada), board)
    assert "Write on paper and stick it here." in page
    assert "/answer/" not in page


def test_the_page_counts_its_paper(make_board: Callable[..., Board], ada: Viewer) -> None:
    board = make_board("Power", "Time")
    print_stubs(board, by=ada, each=5)
    ordinary, large = (pack_of(board, 1, is_large=is_large) for is_large in (False, True))
    assert [len(page) for page in ordinary.note_pages] == [4, 1, 4, 1]
    assert ordinary.pages == 2 + 1 + 4 + 1 + 1
    assert large.pages == 2 + 1 + 10 + 1 + 1


def test_words_are_as_large_as_one_page_allows() -> None:
    short, long = [("We share power.", "Lanterns")], [("Every word of it counts. " * 20, "Lanterns")]
    assert (size_of_heading("Power"), size_of_heading("What we ask of each other " * 8)) == (1, 4)
    assert (size_of_words("Power", short), pages_of("Power", short)) == (1, 1)
    assert (size_of_words("Power", long) > 1, pages_of("Power", long)) == (True, 1)
    assert pages_of("Power", long * 6) > 1


def test_packs_say_what_became_of_them(
    board: Board, station: Station, ada: Viewer, ben: Viewer, pack: list[Stub]
) -> None:
    print_stubs(board, by=ada, each=1)
    tie_stub(on_paper(station), 1, by=ada)
    withdraw_stub(pack[1], by=ben, receipt=code_on(pack[1]))
    told = [(one.number, one.sheets, one.on_record, one.taken_back) for one in packs_of(board, ada)]
    assert told == [(2, 1, 0, 0), (1, 5, 1, 1)]
    assert packs_of(board, ben) == []


def sheets(client: Client, board: Board, **typed: str) -> str:
    return client.post(address(board, "board_sheets"), typed, follow=True).text


def test_a_note_is_tied_and_taken_from_its_sheet_on_the_page(
    signed_in: SignIn, ada: Viewer, board: Board, station: Station, pack: list[Stub]
) -> None:
    note, client = on_paper(station), signed_in(ada)
    typed = {"station": station.code, "number": "1", "note": str(note.number), "public": "on", "asked": "1"}
    assert "Sheet POW 1 is note POW-01 from now on." in sheets(client, board, act="tie", **typed)
    note.refresh_from_db()
    assert (note.consent.public, note.consent.research) == (True, False)
    assert "holds from now on" in sheets(client, board, act="ticks", sheet="POW 1", research="on", asked="1")
    note.refresh_from_db()
    assert (note.consent.public, note.consent.research) == (False, True)
    assert "Sheet POW 1 has no note now." in sheets(client, board, act="untie", sheet="POW 1")
    assert not Note.objects.exclude(receipt_hash=None).exists()


def test_what_cannot_be_tied_is_told_with_the_form(
    signed_in: SignIn, ada: Viewer, board: Board, station: Station, pack: list[Stub]
) -> None:
    note, client = on_paper(station), signed_in(ada)
    asked = {"act": "tie", "station": station.code}
    assert "There is no note POW-77" in sheets(client, board, number="1", note="77", **asked)
    assert "No sheet POW 9 was printed" in sheets(client, board, number="9", note=str(note.number), **asked)


@pytest.mark.parametrize("sheet", ["", "POW", "POW x", "POW 99", "NOT 1", "POW 9999", "POW ²"])
def test_a_sheet_of_no_such_number_is_not_there(
    signed_in: SignIn, ada: Viewer, board: Board, pack: list[Stub], sheet: str
) -> None:
    form = {"act": "untie", "sheet": sheet}
    assert signed_in(ada).post(address(board, "board_sheets"), form).status_code == 404


def test_the_way_to_the_pack_is_where_boards_are_run(
    signed_in: SignIn, client: Client, ada: Viewer, board: Board
) -> None:
    pages = [address(board, name) for name in ("board", "board_facilitate")]
    pages.append(reverse("join_sheet", args=[board.event.slug, "boards", board.slug]))
    assert not any(address(board) in client.get(page).text for page in pages)
    signed_in(ada)
    assert all(address(board) in client.get(page).text for page in pages)
