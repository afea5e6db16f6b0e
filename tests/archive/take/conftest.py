"""A wall with notes of every kind of consent, paper and covered ones, and canary words in each."""

from collections.abc import Callable
from dataclasses import dataclass

import pytest
from django.http import QueryDict

from archive.search.query import read_query
from archive.take.rows import Taking
from events.models import Event
from people.guests import ANYBODY, Viewer
from people.models import Role
from people.terms import accept_terms
from responses.board import withdraw_note
from responses.imports import import_transcript
from responses.models import Board, Mark, Moderation, Note

# The canary words of notes that anybody may take, and of those they may not.
PUBLIC, RESEARCH, KEPT, QUOTED = "openquartz", "quietsedge", "hushedfern", "plainteasel"
GONE, HIDDEN, WAITING, COVERED, DRAFT = "lostheron", "veiledwren", "tardysnipe", "cloakedshrew", "marramgrass"
NEVER = (KEPT, QUOTED, GONE, HIDDEN, WAITING, COVERED, DRAFT)
MARKED = "- Say ~~who~~ [word?] £5 → openquartz"
PAPER = f"Power | Time (4)\n{MARKED}\n- [no text]\n- =1+1 and more\n- [illegible]\n"


@dataclass
class Wall:
    board: Board
    public: Note
    research: Note
    number: int


@pytest.fixture
def wall(
    make_board: Callable[..., Board], make_event: Callable[..., Event], make_set: Callable,
    post_note: Callable[..., Note], dee: Viewer, settings: object,
) -> Wall:  # fmt: skip
    """Nine notes count for anybody: four of devices with words, one without, and four of paper."""
    settings.SITE_URL = "http://testserver"
    board = make_board()
    station = board.stations.get()
    public = post_note(station, f"Say {PUBLIC}.\nTwo “lines”, =1")
    research = post_note(station, f"Only {RESEARCH}.", public=False)
    post_note(station, f"Not for research {QUOTED}.", research=False)
    post_note(station, f"Board only {KEPT}.", public=False, research=False)
    post_note(station, "", mark=Mark.SQUARE)
    withdraw_note(post_note(station, GONE, by=dee), by=dee)
    for words, moderation in ((HIDDEN, Moderation.HIDDEN), (WAITING, Moderation.WAITING)):
        Note.objects.filter(pk=post_note(station, words).pk).update(moderation=moderation)
    cover(make_board, make_event, post_note)
    draft(make_board, make_event, post_note)
    paper = make_event("paper-day", name="Paper day")
    paper.principle_sets.add(make_set())
    import_transcript(paper, PAPER, by=None)
    return Wall(board, public, research, 9)


def cover(make_board: Callable, make_event: Callable, post_note: Callable) -> None:
    board = make_board(slug="covered", event=make_event("covered-day", name="Covered day"))
    post_note(board.stations.get(), COVERED)
    Board.objects.filter(pk=board.pk).update(hides_until_reveal=True)


def draft(make_board: Callable, make_event: Callable, post_note: Callable) -> None:
    board = make_board(slug="drafted", event=make_event("draft-day", name="Draft day"))
    post_note(board.stations.get(), DRAFT)
    Event.objects.filter(slug="draft-day").update(status=Event.Status.DRAFT, summary=DRAFT)


@pytest.fixture
def trusted(researcher: Viewer) -> Viewer:
    """Ros is known as a researcher and accepted the terms."""
    assert researcher.person.roles.filter(kind=Role.Kind.RESEARCHER).exists()
    accept_terms(by=researcher, purpose="To compare walls.", body="None")
    return researcher


def taking(question: str = "", viewer: Viewer = ANYBODY, *, restricted: bool = False) -> Taking:
    return Taking(read_query(QueryDict(question)), viewer, restricted=restricted)
