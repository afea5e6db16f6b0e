"""Whatever shows agreement with a principle shows what was said against it.

Every route of the site is asked, by everybody. Those that show agreement are listed here, so that
a new one fails until it is: either it shows the challenge too, or it is about less than a principle.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from uuid import uuid4

import pytest
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from people.consent import consent_given
from people.guests import Viewer, remember_guest
from responses.board import add_note, withdraw_note
from responses.models import Board, Mark, Note, Station
from responses.moderation import hide_note
from tests.outcomes.amending import opened
from tests.rules.dissent import AGREES, CHALLENGES, ONE_LOOK, PARTS, shows
from tests.rules.places import addresses, pages
from tests.rules.scenes import Scene
from tests.tries import tries

# They show what was answered to a principle, or at a station that asks about it.
BOTH = {
    "front", "archive", "contested", "amendment", "principle", "wording", "event",
    "board", "board_live", "board_projector", "changes",
    "notes_csv", "notes_excel", "notes_jsonl", "event_tei", "api_tallies",
    "compare", "compare_principle", "compare_sets", "compare_time",
    "compare_principle_file", "compare_sets_file", "compare_time_file", "search", "export_file",
}  # fmt: skip
# Looked at whole: a challenge whose words are kept to the room stands in the counts beside the wall,
# what was said of a principle below the notes that an amendment answers, and how many of what a search
# found challenge in the sentence above it.
WHOLE = {"board_live", "board_projector", "amendment", "search"}
ONE_NOTE = "the page of one note"
OWN = "what the reader said themselves"
ON_A_PHOTO = "what one photograph shows"
CITED = "a text, with the notes that its writer cites"
CHOSEN = "the notes that somebody put together, counted with none left out"
# They show agreement too, but of less than all that was said about a principle.
APART = {
    "components": "how the site draws, with invented notes",
    "board_facilitate": "the desk of a board, where notes are hidden or pinned one by one",
    **dict.fromkeys(("note", "note_take_down", "note_rule", "my_note", "my_note_withdraw"), ONE_NOTE),
    **dict.fromkeys(("receipt", "receipt_withdraw"), ONE_NOTE),
    **dict.fromkeys(("receipt_thread", "receipt_thread_file"), ONE_NOTE),
    **dict.fromkeys(("my_notes", "my_thread", "my_thread_file"), OWN),
    **dict.fromkeys(("photo", "iiif_event", "iiif_photo", "iiif_notes"), ON_A_PHOTO),
    **dict.fromkeys(("event_version", "event_compare"), CITED),
    **dict.fromkeys(("event_themes", "theme_page", "call"), CHOSEN),
    **dict.fromkeys(("statement", "decision", "event_outcomes", "series_outcomes"), CHOSEN),
    "api_list": "single notes, page by page; their counts with the challenge are in api_tallies",
    **dict.fromkeys(("api_item", "api_readings"), ONE_NOTE),
    **dict.fromkeys(("cite", "cite_version", "cite_file"), "how one thing is cited, by its own words"),
    "study_codebook": "the names of marks, as codes",
    "oai": "single notes, as a library lists them one by one",
    "api_schema": "the names of marks, in the form of an answer",
    "search_feed": "what has come to a search, thing by thing; its page counts the challenges",
    "event_waiting": "what waits for an answer, the challenges first",
}
# For programs that cite: a note that is not public has no reference there, whatever its mark.
REFERENCES = {f"/export/{form}/" for form in ("ris", "bibtex", "csl")}
# The same pages, narrowed down to agreement.
ASKED = {
    "principle": ("?mark=tick", "?page=2"),
    "contested": ("?order=agreed", "?set=lanterns", "?year=2019"),
    "board": ("?mark=tick",),
    "search": ("?kind=note",),
}
WHO = ("cleo", "ben", "ada")


@dataclass(frozen=True, slots=True)
class Answer:
    """One note at the station: what becomes of it is "stands", "withdrawn" or "hidden"."""

    mark: str
    words: str
    public: bool
    research: bool
    becomes: str = "stands"


YES_NO = st.booleans()
OTHERS = st.builds(
    Answer,
    st.sampled_from([mark for mark in Mark if mark != Mark.NOT_RECORDED]),
    st.sampled_from(["", AGREES]),
    YES_NO,
    YES_NO,
    st.sampled_from(["stands", "stands", "withdrawn", "hidden"]),
)
A_TICK = st.builds(Answer, st.just(Mark.TICK), st.sampled_from(["", AGREES]), YES_NO, YES_NO)
A_SQUARE = st.builds(Answer, st.just(Mark.SQUARE), st.sampled_from(["", CHALLENGES]), YES_NO, YES_NO)


@pytest.fixture
def browsers(ada: Viewer, ben: Viewer) -> dict[str, Client]:
    """A browser for each who looks, who had it open before."""
    made = {name: Client() for name in WHO}
    made["ada"].force_login(ada.person)
    remember_guest(welcomed := HttpResponse(), ben)
    made["ben"].cookies.update(welcomed.cookies)
    return made


@pytest.fixture
def asking(make_set: Callable, make_board: Callable[..., Board], ada: Viewer) -> Scene:
    """A board that asks about one principle, for which other words are proposed."""
    board, principles = make_board(), make_set()
    power = principles.principles.first()
    board.stations.get().pairings.create(principle=power)
    opened(power, ada, event=board.event)
    return Scene(board.event, board, [], [], principles)


def found(client: Client, name: str, scene: Scene) -> Iterator[tuple[str, bool, list[str]]]:
    """Each address of a route, whether it shows agreement, and where it does so alone."""
    for address in (each + more for each in addresses(name, scene) for more in ("", *ASKED.get(name, ()))):
        answer = client.get(address)
        content = b"".join(answer.streaming_content) if answer.streaming else answer.content
        kind = answer.headers.get("Content-Type", "").partition(";")[0]
        if answer.status_code == 200 and not kind.startswith("image/"):
            parts = ONE_LOOK if name in WHOLE else PARTS
            yield address, *shows(kind, content.decode(errors="replace"), parts)


def say(station: Station, answer: Answer, by: Viewer) -> None:
    """Past no act: what a guest says, takes back, or what is hidden."""
    consent = consent_given(public=answer.public, research=answer.research)
    note = add_note(station, by=by, key=uuid4(), mark=answer.mark, consent=consent, words=answer.words).note
    if answer.becomes == "withdrawn":
        withdraw_note(note, by=by)
    elif answer.becomes == "hidden":
        hide_note(note, "It names somebody.", by=None)


@pytest.mark.parametrize("viewer", WHO)
def test_every_route_that_shows_agreement_is_known(
    viewer: str,
    published: Scene,
    draft: Scene,
    browsers: dict[str, Client],
    post_note: Callable[..., Note],
    dee: Viewer,
) -> None:
    station = published.board.stations.get()
    post_note(station, f"{AGREES} says yes.", by=dee)
    post_note(station, f"{CHALLENGES} asks who pays.", by=dee, mark=Mark.SQUARE)
    showing = {name for name in pages() for _, shown, _ in found(browsers[viewer], name, published) if shown}
    assert sorted(showing - BOTH - APART.keys()) == [], "Say in BOTH or APART what these show."
    if viewer == "ada":
        assert sorted(BOTH - showing) == [], "These show no agreement any more."


# Without shrinking: each try asks for all these pages again.
@settings(
    max_examples=tries(20),
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(viewer=st.sampled_from(WHO), others=st.lists(OTHERS, max_size=5), agrees=A_TICK, challenges=A_SQUARE)
def test_agreement_with_a_principle_never_stands_without_its_challenge(
    asking: Scene, browsers: dict[str, Client], ben: Viewer,
    viewer: str, others: list[Answer], agrees: Answer, challenges: Answer,
) -> None:  # fmt: skip
    with transaction.atomic():
        station = asking.board.stations.get()
        for number, answer in enumerate([agrees, *others, challenges]):
            say(station, answer, ben if number == 1 else Viewer(guest_key=f"guest {number}"))
        alone = [
            (address, parts)
            for name in sorted(BOTH)
            for address, _, parts in found(browsers[viewer], name, asking)
            if parts and address not in REFERENCES
        ]
        transaction.set_rollback(True)
    assert alone == []


# A row of a table that counts what agrees, and what challenges.
COUNTED = (
    "<table><tr><td><b aria-hidden='true'><i data-mark='tick'></i></b><span>4 <small>80 %</small></span></td>"
    "<td><b aria-hidden='true'><i data-mark='square'></i></b><span>{}</span></td></tr></table>"
)


@pytest.mark.parametrize(
    "body",
    [
        "<main><section><p>3 agree, 1 important</p></section><section><p>2 challenge</p></section></main>",
        "<section><article class='note' data-mark='tick'>Yes</article><p>No challenge</p></section>",
        "<main><ol class='chart'><li><p>1 agree</p></li><li><p>1 challenge</p></li></ol></main>",
        "<main><ul><li data-mark='tick' data-n='2'></li><li data-mark='square' data-n='0'></li></ul></main>",
        "<main><div class='glyphs'><span data-mark='tick'></span></div></main>",
        "<main><ul><li><p>Agree 4, Important 0, Challenge 0</p></li></ul></main>",
        COUNTED.format("0"),
        "<main><p>3 agree</p><p>3 notes, none of them a challenge.</p></main>",
        "<main><h3>Strongest agreement of 2</h3><div class='legend'>1 challenge</div></main>",
    ],
)
def test_the_look_sees_agreement_alone(body: str) -> None:
    assert shows("text/html", f"<html><body>{body}</body></html>")[1] != []


@pytest.mark.parametrize(
    "body",
    [
        "<main><p>3 agree, 1 challenge</p></main>",
        "<main><p>3 agree</p><p>4 notes, 1 of them a challenge.</p></main>",
        COUNTED.format("1"),
        "<main><ol class='chart'><li><p>1 agree</p><p>1 challenge</p></li></ol></main>",
        "<section><p class='note'>3 agree</p><article class='note' data-mark='square'>No</article></section>",
        "<main><form><input data-mark='tick'>1 agree</form></main>",
        "<main><section>Nothing was said.</section></main>",
        "",
    ],
)
def test_the_look_lets_both_sides_pass(body: str) -> None:
    assert shows("text/html", f"<html><body>{body}</body></html>")[1] == []


def test_the_look_reads_files_whole() -> None:
    assert shows("text/csv", "mark\r\ntick\r\n") == (True, ["text/csv"])
    assert shows("text/csv", "mark\r\ntick\r\nsquare\r\n") == (True, [])
    assert shows("text/csv", "mark\r\nheart\r\n") == (False, [])
