"""A project opens in the programs it is for: valid, every note at its place, and no word too many."""

import unicodedata
from pathlib import Path

import pytest
from django.utils import timezone
from pyrefiqda import RefiProject

from archive.qda.plain import KEPT, fit, said_of
from archive.qda.project import write_project
from archive.take.forms import form_called
from archive.take.in_sight import left_since
from people.guests import Viewer
from people.models import Consent
from principles.models import Principle
from responses.models import Note
from responses.photos.publishing import take_down_photo
from tests.archive.qda.projects import SPACE, Project, opened
from tests.archive.take.conftest import NEVER, PUBLIC, RESEARCH, Wall, taking
from tests.paper_walls import PaperWall

pytestmark = [pytest.mark.django_db, pytest.mark.filterwarnings("ignore::DeprecationWarning")]
HOSTILE = (
    "Clap \U0001f44f\U0001f3fd twice \U0001f469\u200d\U0001f52c",
    "Close ]]> and <b>bold</b> & \"quotes\" 'too'",
    "\u05e9\u05dc\u05d5\u05dd \u202eright to left\u202c",
    "cafe\u0301 in two characters, \u2028 a line of its own \u0085 and \ufeff nothing",
    "a\nb\n\nc\ttab",
)


def project(question: str = "") -> Project:
    return opened(b"".join(write_project(taking(question))))


def test_every_note_that_counts_has_its_place(wall: Wall) -> None:
    made = project()
    assert len(made.said) == wall.number
    notes = {note.label: note for note in taking().notes.select_related("station", "consent")}
    assert {label: said_of(note, sees_all=False) for label, note in notes.items()} == made.said
    assert made.said[wall.public.label] == fit(wall.public.plain)


def test_a_strict_reader_loads_it(wall: Wall, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)  # it unpacks where it stands
    file = tmp_path / "all.qdpx"
    file.write_bytes(b"".join(write_project(taking())))
    loaded = RefiProject.load(file)
    assert len(loaded.sources.text_source) == 2


def test_words_go_only_by_consent(wall: Wall, trusted: Viewer) -> None:
    said = str(project().texts)
    assert PUBLIC in said
    assert not [word for word in (RESEARCH, *NEVER) if word in said]
    restricted = opened(b"".join(write_project(taking("", trusted, restricted=True))))
    assert RESEARCH in str(restricted.texts)
    assert not [word for word in NEVER if word in str(restricted.texts)]


def test_a_note_whose_words_stay_counts_with_its_codes(wall: Wall) -> None:
    made = project()
    assert made.said[wall.research.label] == KEPT
    assert {"Agree", "Read"} <= made.codes_on(wall.research.label)


@pytest.mark.parametrize("words", HOSTILE)
def test_places_hold_whatever_people_write(wall: Wall, words: str) -> None:
    """The note stands first on its wall, so that every place after it would be wrong."""
    Note.objects.filter(pk=wall.public.pk).update(text=words)
    made = project()
    assert made.said[wall.public.label] == unicodedata.normalize("NFC", words)
    assert made.said[wall.research.label] == KEPT


def test_what_no_program_could_read_leaves_a_mark_in_its_place() -> None:
    assert fit("a\r\nb\rc\x0bd\x1ae") == "a\nb\nc\ufffdd\ufffde"


def test_a_note_is_coded_by_what_it_answers_its_mark_and_its_state(wall: Wall) -> None:
    principle = Principle.objects.order_by("pk").first()
    wall.board.stations.get().pairings.create(principle=principle)
    assert project().codes_on(wall.public.label) == {principle.name, "Agree", "Read"}


def test_taking_it_again_gives_the_same_guids_and_bytes(wall: Wall) -> None:
    first, second = (b"".join(write_project(taking())) for _ in range(2))
    assert first == second
    some = {one.get("guid") for one in project("event=wall-day").all("PlainTextSelection")}
    assert some < {one.get("guid") for one in opened(first).all("PlainTextSelection")}


def test_each_event_is_a_case_with_its_date(wall: Wall) -> None:
    cases = project().all("Case")
    assert [case.find("q:VariableValue/q:DateValue", SPACE).text for case in cases] == ["2019-03-06"] * len(
        cases
    )
    assert len(cases) == len(project().texts)


def test_nobody_is_named_in_it(wall: Wall, ada: Viewer) -> None:
    Note.objects.filter(pk=wall.public.pk).update(signed="Zebedee")
    made = project()
    assert "Zebedee" not in str(made.files)
    assert len(made.all("User")) == 1


def test_a_search_that_finds_nothing_is_a_project_without_sources(wall: Wall) -> None:
    made = project("q=nobodysaidthis")
    assert made.all("TextSource") == []


def test_a_photograph_has_a_box_for_each_note(photographed: PaperWall) -> None:
    note = photographed.pin("Say who decides.")
    made = project()
    (picture,) = made.all("PictureSource")
    (box,) = picture.findall("q:PictureSelection", SPACE)
    assert box.get("name") == note.label
    assert (int(box.get("firstX")), int(box.get("secondX"))) == (20, 120)
    assert made.files[f"sources/{picture.get('guid')}.jpg"].startswith(b"\xff\xd8")


def test_no_photograph_goes_that_shows_words_which_may_not(photographed: PaperWall) -> None:
    note = photographed.pin("Say who decides.")
    assert project().all("PictureSource")
    note.consent = Consent.objects.create(public=True, research=False, basis="Said so.")
    note.save(update_fields=["consent"])
    assert project().all("PictureSource") == []


def test_a_kept_project_goes_when_a_photograph_does(photographed: PaperWall) -> None:
    since = timezone.now()
    assert form_called("qdpx").holds_photos
    assert not left_since(since, timezone.now(), form="qdpx", restricted=False)
    take_down_photo(photographed.photo, "It shows a face.", by=photographed.ada)
    assert left_since(since, timezone.now(), form="qdpx", restricted=False)
    assert not left_since(since, timezone.now(), form="csv", restricted=False)
