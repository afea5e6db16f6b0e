"""A study as a project: its notes with its codes and memos, and no word that may not go."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse
from lxml import etree

from archive.models import ExportLine, Study
from archive.studies.coding import add_code, code_notes
from archive.studies.memos import write_memo
from people.guests import Viewer
from people.terms import accept_terms
from responses.board import withdraw_note
from responses.joining import join
from responses.models import Note, Station
from tests.archive.qda.projects import SPACE, Project, opened

pytestmark = [pytest.mark.django_db, pytest.mark.filterwarnings("ignore::DeprecationWarning")]


def project(browser: Client, study: Study) -> Project:
    answer = browser.get(reverse("study_project", args=[study.identifier]))
    assert answer.status_code == 200
    assert answer["Cache-Control"] == "private, no-store"
    return opened(answer.getvalue())


@pytest.fixture
def coded(study: Study, ros: Viewer, notes: list[Note]) -> Study:
    money = add_code(study, "Money", by=ros, about="Any sum.")
    whose = add_code(study, "Whose", by=ros, under=money)
    code_notes([money, whose], notes[:1], by=ros)
    write_memo(study, "Is this irony?", by=ros, note=notes[1])
    write_memo(study, "On the whole", by=ros)
    return study


def test_it_holds_the_notes_it_codes_or_thinks_about(as_ros: Client, coded: Study, notes: list[Note]) -> None:
    made = project(as_ros, coded)
    assert made.said == {"POW-01": "Put the budget up.", "POW-02": "Whose budget?"}
    assert made.codes_on("POW-01") == {"Money", "Whose", "Agree", "Read"}
    tree = made.root.find(".//q:Code[@name='Money']", SPACE)
    assert tree.find("q:Code", SPACE).get("name") == "Whose"
    assert tree.find("q:Description", SPACE).text == "Any sum."


def test_memos_point_to_what_they_are_on(as_ros: Client, coded: Study) -> None:
    made = project(as_ros, coded)
    texts = {one.get("guid"): one.find("q:PlainTextContent", SPACE).text for one in made.all("Note")}
    on_note = made.root.find(".//q:PlainTextSelection/q:NoteRef", SPACE)
    on_whole = made.root.find("q:NoteRef", SPACE)
    assert texts[on_note.get("targetGUID")] == "Is this irony?"
    assert texts[on_whole.get("targetGUID")] == "On the whole"


def test_a_withdrawn_note_goes_from_it_with_its_memo(
    as_ros: Client, coded: Study, notes: list[Note], dee: Viewer
) -> None:
    withdraw_note(notes[1], by=dee)
    made = project(as_ros, coded)
    assert list(made.said) == ["POW-01"]
    assert [one.find("q:PlainTextContent", SPACE).text for one in made.all("Note")] == ["On the whole"]


def test_words_go_where_consent_lets_them_and_what_is_restricted_is_logged(
    as_ros: Client, study: Study, ros: Viewer, station: Station, post_note: Callable[..., Note]
) -> None:
    join(station.board.code, by=ros)
    kept = [
        post_note(station, words, public=False, research=free)
        for words, free in (("Free fern", True), ("Shut fern", False))
    ]
    code_notes([add_code(study, "Ferns", by=ros)], kept, by=ros)
    said = project(as_ros, study).said
    assert set(said.values()) == {"[kept by those who were there]"}
    assert not ExportLine.objects.exists()
    accept_terms(by=ros, purpose="To compare walls.", body="None")
    assert set(project(as_ros, study).said.values()) == {"Free fern", "[kept by those who were there]"}
    assert ExportLine.objects.get().rows == 1


def test_the_codebook_has_its_codes(as_ros: Client, coded: Study) -> None:
    answer = as_ros.get(reverse("study_codebook", args=[coded.identifier]))
    names = [one.get("name") for one in etree.fromstring(answer.getvalue()).iter("{*}Code")]
    assert names[:2] == ["Money", "Whose"]


def test_an_empty_study_is_a_project_too(as_ros: Client, study: Study) -> None:
    assert project(as_ros, study).said == {}
