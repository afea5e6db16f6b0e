"""The rows of files: the notes that count, as the models say them, with words where they may go."""

import csv
import io
from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.columns import NAMES
from archive.exports import as_typed
from archive.rows import Export
from archive.take.rows import Taking
from archive.take.tabular import csv_exact
from events.models import Event
from people.guests import Viewer
from people.refusals import Refused
from responses.models import Note, Origin, Reading
from responses.models.notes import words_as_plain
from responses.readings.ruling import accept_reading
from responses.tallies import tally_of_board
from tests.archive.take.conftest import GONE, NEVER, PUBLIC, RESEARCH, Wall, taking
from tests.paper import read_as

pytestmark = pytest.mark.django_db


def cells(made: Taking) -> list[dict[str, str]]:
    text = b"".join(csv_exact(made)).decode()
    return list(csv.DictReader(io.StringIO(text, newline="")))


def test_rows_are_those_the_models_make(wall: Wall) -> None:
    expected = [
        row for event in Event.objects.exclude(status="draft") for row in Export(event, wall_viewer()).rows()
    ]
    made = {row["note"]: row for row in taking().rows()}
    assert len(made) == wall.number == taking().number
    assert made == {row["note"]: row for row in expected}
    assert list(next(iter(made.values()))) == list(NAMES)


def wall_viewer() -> Viewer:
    return Viewer()


def test_a_ruling_a_second_reading_and_a_rejected_line_are_as_the_models_make_them(
    wall: Wall, ada: Viewer
) -> None:
    note = Note.objects.get(text__startswith="Say ~~who~~")
    accept_reading(read_as(note, "Say [two words] what.", by=ada), by=ada)
    Reading.objects.filter(note=note, number=1).update(is_held=True)
    for row in Export(note.board.event, wall_viewer()).rows():
        assert row == next(one for one in taking().rows() if one["note"] == row["note"])


def test_cells_say_what_values_say(wall: Wall) -> None:
    rows = list(taking().rows())
    assert cells(taking()) == [{name: as_typed(value) for name, value in row.items()} for row in rows]


def test_lines_end_as_rfc_4180_says_also_around_lines_within_words(wall: Wall) -> None:
    written = b"".join(csv_exact(taking()))
    assert written.count(b"\r\n") == wall.number + 1
    assert b"Say openquartz.\nTwo" in written


def test_counts_are_those_of_the_page(wall: Wall) -> None:
    tally = tally_of_board(wall.board)
    rows = [row for row in taking().rows() if row["board"] == wall.board.slug and row["event"] == "wall-day"]
    assert Counter(row["mark"] for row in rows) == tally.marks
    assert len(rows) == tally.total


def test_words_go_only_where_consent_lets_them(wall: Wall, trusted: Viewer) -> None:
    public, restricted = (
        b"".join(csv_exact(made)).decode() for made in (taking(), taking(viewer=trusted, restricted=True))
    )
    assert PUBLIC in public
    assert RESEARCH not in public
    assert RESEARCH in restricted
    for word in NEVER:
        assert word not in public + restricted, word


@pytest.mark.parametrize("who", ["cleo", "ben", "ada", "steward", "researcher"])
def test_restricted_rows_are_for_nobody_without_the_terms(
    who: str, wall: Wall, request: pytest.FixtureRequest
) -> None:
    with pytest.raises(Refused, match="terms"):
        taking(viewer=request.getfixturevalue(who), restricted=True)


def test_a_search_for_words_finds_no_note_that_may_not_be_read(wall: Wall, trusted: Viewer) -> None:
    assert taking(f"q={PUBLIC}").number == 2
    for word in (RESEARCH, *NEVER):
        number = 1 if word == "plainteasel" else 0
        assert taking(f"q={word}").number == taking(f"q={word}", trusted, restricted=True).number == number, (
            word
        )
    found = next(taking("q=plainteasel").rows())
    assert (found["plain"], found["words_withheld"]) == ("", "not_for_research")


def test_facets_count_every_note_on_the_wall(wall: Wall) -> None:
    assert taking("mark=tick&event=wall-day").number == 4
    assert taking("kind=event").number == 0
    assert {row["origin"] for row in taking("origin=paper").rows()} == {"paper"}


def test_each_row_says_its_terms(wall: Wall) -> None:
    rows = {row["note"]: row for row in taking().rows()}
    assert "quote it without a name" in rows[wall.public.identifier]["rights"]
    assert rows[wall.research.identifier]["rights"].startswith("Kept from the public record.")
    assert {row["licence"] for row in rows.values()} == {"http://testserver/archive/#h-terms"}


texts = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=30)
marked = st.lists(
    st.sampled_from(
        ["~~", "*", "[", "]", "[word?]", "[inserted: ", "a", " ", "\n", "\r", "e\u0301", "\u200b", "…", "..."]
    ),
    max_size=8,
).map("".join)


def test_the_database_and_the_parser_agree_on_which_words_are_plain(wall: Wall) -> None:
    note = Note.objects.filter(origin=Origin.PAPER, text_state="read").first()

    @given(st.one_of(texts, marked, st.builds(str.__add__, texts, marked)))
    def agree(text: str) -> None:
        Note.objects.filter(pk=note.pk).update(text=text or "x")
        found = next(row for row in taking().rows() if row["note"] == note.identifier)
        assert found["plain"] == words_as_plain(text or "x", Origin.PAPER)

    agree()


def test_a_hundred_and_more_numbers_stay_whole(wall: Wall, post_note: Callable) -> None:
    note = post_note(wall.board.stations.get(), "Late.")
    Note.objects.filter(pk=note.pk).update(number=1234)
    found = next(row for row in taking().rows() if row["note"] == note.identifier)
    assert found["label"] == "POW-1234"


def test_times_are_in_utc_to_the_second(wall: Wall) -> None:
    Note.objects.filter(pk=wall.public.pk).update(added_at=datetime(2026, 7, 1, 12, 0, 0, 999999, UTC))
    row = next(row for row in taking().rows() if row["note"] == wall.public.identifier)
    assert row["added_at"] == "2026-07-01T12:00:00+00:00"


def test_nothing_of_a_withdrawn_note_is_counted(wall: Wall) -> None:
    assert GONE not in str(list(taking().rows()))
    assert wall.board.notes.exclude(withdrawn_at=None).count() == 1
