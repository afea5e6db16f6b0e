"""The pages of a study: every step with forms alone, for those who work in it and for nobody else."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from archive.models import Code, Coding, Memo, Study
from archive.studies import finding
from archive.studies.acts import begin_study
from archive.studies.coding import add_code, code_notes
from archive.studies.memos import write_memo
from people.guests import Viewer
from responses.board import withdraw_note
from responses.models import Mark, Note, Station

pytestmark = pytest.mark.django_db


def at(study: Study, *parts: str) -> str:
    return "/".join([f"/studies/{study.identifier}", *parts, ""])


@pytest.fixture
def money(study: Study, ros: Viewer, notes: list[Note]) -> Code:
    code = add_code(study, "Money", by=ros, about="Any sum.")
    code_notes([code], notes[:2], by=ros)
    return code


def test_a_study_is_begun_and_found_again(as_ros: Client) -> None:
    assert "No study yet" in as_ros.get("/studies/").text
    answer = as_ros.post("/studies/new/", {"name": "Talk of money", "about": "Who says it?"})
    study = Study.objects.get()
    assert answer.url == study.get_absolute_url()
    assert "Talk of money" in as_ros.get("/studies/").text
    page = as_ros.get(answer.url)
    assert "Who says it?" in page.text
    assert page["Cache-Control"] == "private, no-store"


def test_a_form_with_faults_keeps_what_was_typed(as_ros: Client, study: Study, money: Code) -> None:
    for address, typed, said in (
        ("/studies/new/", {"name": " ", "about": "Kept words"}, "Give the study a name"),
        (at(study, "edit"), {"name": "", "about": "Kept words"}, "Give the study a name"),
        (at(study, "codes", "new"), {"name": "money", "about": "Kept words"}, "a code called “Money”"),
        (at(study, "people"), {"act": "add", "who": "Kept words"}, "Nobody here has an account"),
    ):
        answer = as_ros.post(address, typed)
        assert answer.status_code == 422
        assert said in answer.text
        assert "Kept words" in answer.text


def test_a_code_is_made_changed_and_taken_away(as_ros: Client, study: Study, money: Code) -> None:
    as_ros.post(at(study, "codes", "new"), {"name": "Whose", "about": "", "under": money.identifier})
    whose = Code.objects.get(name="Whose")
    assert whose.under == money
    codes = as_ros.get(study.get_absolute_url()).text.partition('id="codes"')[2]
    assert codes.index("Money") < codes.index("Whose")
    edit = at(study, "codes", whose.identifier, "edit")
    as_ros.post(edit, {"name": "Whose money", "about": "", "under": ""})
    whose.refresh_from_db()
    assert (whose.name, whose.under) == ("Whose money", None)
    assert "2 codings" in as_ros.get(at(study, "codes", money.identifier, "edit")).text
    as_ros.post(at(study, "codes", money.identifier, "edit"), {"act": "remove"})
    assert not Coding.objects.exists()


def test_a_code_shows_its_notes_and_lets_go_of_them(
    as_ros: Client, study: Study, money: Code, notes: list[Note]
) -> None:
    page = as_ros.get(at(study, "codes", money.identifier)).text
    assert "Put the budget up." in page
    assert "Soup." not in page
    off = {"uncode": money.identifier, "back": money.identifier}
    answer = as_ros.post(at(study, "notes", notes[0].identifier), off)
    assert answer.url == at(study, "codes", money.identifier)
    assert "Put the budget up." not in as_ros.get(answer.url).text


def test_a_note_is_coded_on_its_own_page(
    as_ros: Client, study: Study, money: Code, notes: list[Note]
) -> None:
    soup, to = notes[2].get_absolute_url(), at(study, "notes", notes[2].identifier)
    assert "In your studies" in as_ros.get(soup).text
    assert as_ros.post(to, {"code": money.identifier}).url == f"{soup}#studies"
    as_ros.post(to, {"new": "Food"})
    as_ros.post(to, {"new": "food"})
    assert set(Coding.objects.filter(note=notes[2]).values_list("code__name", flat=True)) == {"Money", "Food"}
    assert ">Food<" in as_ros.get(soup).text
    as_ros.post(to, {"code": ""})
    assert "Choose a code." in as_ros.get(soup).text
    as_ros.post(at(study, "memos", "new") + f"?note={notes[2].identifier}", {"text": "It is about warmth."})
    assert "It is about warmth." in as_ros.get(soup).text


def test_what_is_found_is_coded_in_one_go(
    as_ros: Client, study: Study, money: Code, notes: list[Note]
) -> None:
    search = at(study, "search")
    assert "Type a word" in as_ros.get(search).text
    page = as_ros.get(f"{search}?q=soup").text
    assert "Soup." in page
    assert "Whose budget?" not in page
    both = [note.identifier for note in notes[1:]]
    answer = as_ros.post(f"{search}?q=budget", {"code": money.identifier, "notes": both})
    assert answer.url == f"{search}?q=budget#notes"
    assert "is on 1 more note." in as_ros.get(f"{search}?q=budget").text
    assert Coding.objects.count() == 3


def test_what_cannot_be_coded_is_said_and_the_ticks_stay(
    as_ros: Client, study: Study, money: Code, notes: list[Note]
) -> None:
    search = at(study, "search") + "?q=soup"
    answer = as_ros.post(search, {"code": "", "notes": [notes[2].identifier]})
    assert answer.status_code == 422
    assert f'value="{notes[2].identifier}" checked' in answer.text
    assert "Tick the notes" in as_ros.post(search, {"code": money.identifier}).text
    assert as_ros.get(at(study, "search") + "?nonsense=1").status_code == 400


def test_the_next_notes_follow_even_where_one_was_withdrawn(
    as_ros: Client, study: Study, notes: list[Note], dee: Viewer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(finding, "A_PAGE", 1)
    first = as_ros.get(at(study, "search") + "?mark=tick")
    assert "Soup." in first.text
    after = first.context["found"].after
    assert after == notes[2].identifier
    withdraw_note(notes[2], by=dee)
    assert "Whose budget?" in as_ros.get(at(study, "search") + f"?mark=tick&after={after}").text


def test_memos_are_written_changed_and_taken_away(as_ros: Client, study: Study) -> None:
    as_ros.post(at(study, "memos", "new"), {"text": "One"})
    memo = Memo.objects.get()
    assert "One" in as_ros.get(study.get_absolute_url()).text
    as_ros.post(at(study, "memos", memo.identifier), {"text": "Two"})
    assert "Two" in as_ros.get(at(study, "memos", memo.identifier)).text
    as_ros.post(at(study, "memos", memo.identifier), {"act": "remove"})
    assert not Memo.objects.exists()


def test_somebody_asked_by_address_is_named_once_they_did_something(
    as_ros: Client, as_cai: Client, study: Study, ros: Viewer, cai: Viewer
) -> None:
    as_ros.post(at(study, "people"), {"act": "add", "who": "cai@example.org"})
    page = as_ros.get(at(study, "people")).text
    assert "Somebody asked by their address" in page
    assert "Cai" not in page
    assert "Talk of money" in as_cai.get("/studies/").text
    write_memo(study, "Hello", by=cai)
    assert "Cai" in as_ros.get(study.get_absolute_url()).text


def test_a_colleague_leaves_by_a_button(as_cai: Client, shared: Study, ros: Viewer) -> None:
    number = shared.colleagues.get().pk
    assert as_cai.get(at(shared, "edit")).status_code == 404
    assert as_cai.post(at(shared, "people", "leave"), {"number": number}).url == "/studies/"
    assert as_cai.get(shared.get_absolute_url()).status_code == 404


def test_it_is_ended_after_a_page_that_says_what_goes(
    as_ros: Client, study: Study, money: Code, ros: Viewer
) -> None:
    assert "1 code and 0 memos go" in as_ros.get(at(study, "end")).text
    assert as_ros.post(at(study, "end")).url == "/studies/"
    assert not Study.objects.exists()


def test_it_is_handed_over_by_a_button(as_ros: Client, shared: Study, cai: Viewer) -> None:
    write_memo(shared, "Hello", by=cai)
    as_ros.post(at(shared, "people"), {"act": "hand", "colleague": shared.colleagues.get().pk})
    assert Study.objects.get().by == cai.person


def test_ending_an_account_says_that_studies_go(as_ros: Client, study: Study) -> None:
    page = as_ros.get(reverse("account_end")).text
    assert "Your studies: 1" in page
    assert "hand it to a colleague" in page


@pytest.mark.parametrize("number", [1, 3])
def test_pages_cost_the_same_however_much_there_is(
    as_ros: Client, study: Study, ros: Viewer, cai: Viewer, station: Station, post_note: Callable, number: int
) -> None:
    for one in range(number - 1):
        begin_study(f"Another {one}", by=ros)
    codes = [add_code(study, f"Money {one}", by=ros) for one in range(number)]
    found = [post_note(station, f"Budget {one}", mark=Mark.HEART) for one in range(number)]
    code_notes(codes, found, by=ros)
    for note in found:
        write_memo(study, "Hm.", by=ros, note=note)
    pages = {
        "/studies/": 7,
        study.get_absolute_url(): 12,
        at(study, "codes", codes[0].identifier): 10,
        at(study, "search") + "?q=budget": 14,
        at(study, "people"): 7,
    }
    counted = {}
    for address in pages:
        as_ros.get(address)
        with CaptureQueriesContext(
            connection,
        ) as asked:
            assert as_ros.get(address).status_code == 200
        counted[address] = len(asked)
    assert counted == pages


def test_the_page_of_a_note_asks_more_only_for_people_with_studies(
    client: Client, as_ros: Client, as_cai: Client, study: Study, money: Code, notes: list[Note]
) -> None:
    def queries(browser: Client) -> int:
        browser.get(notes[0].get_absolute_url())
        with CaptureQueriesContext(connection) as asked:
            browser.get(notes[0].get_absolute_url())
        return len(asked)

    anybody, cai, ros = queries(Client()), queries(as_cai), queries(as_ros)
    assert ros == cai + 3
    assert not [one for one in [anybody] if one > cai]
