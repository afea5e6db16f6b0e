"""An event as TEI: valid whatever people wrote, complete, and read back as it was stored."""

from collections.abc import Callable
from functools import cache

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from lxml import etree

from archive.tei import from_tei, tei_of
from events.models import Event
from people.guests import ANYBODY
from responses.board import take_down_note
from responses.imports import import_transcript
from responses.models import Board, Note, Photo, Station
from responses.transcription import read_markup, to_markup
from tests.archive.schemas import schema
from tests.archive.test_tei_pieces import TYPED
from tests.paper_walls import PaperWall

pytestmark = pytest.mark.django_db
TEI = "{http://www.tei-c.org/ns/1.0}"
ID = "{http://www.w3.org/XML/1998/namespace}id"
HOSTILE = [
    "]]><x/>", "<script>alert(1)</script>", "&lt;&#0;&unknown;", "bell\x07 \x1b[31m", "\u202eright to left",
    "שלום", "👩\u200d🏭", "e" + "\u0301" * 60, "[drawing: ]]>\x01]", "[note: <b>&amp;</b>\x02]", "\ufffe",
    "'\"` --> <?xml?>", "[removed: \x03 & <i>]",
]  # fmt: skip


@cache
def grammar() -> etree.RelaxNG:
    return etree.RelaxNG(etree.parse(schema("tei_all.rng")))


def document(client: Client, event: Event) -> etree._Element:
    answer = client.get(reverse("event_tei", args=[event.slug]))
    assert answer.status_code == 200
    return etree.fromstring(answer.content)


def is_valid(tree: etree._Element) -> bool:
    grammar().assertValid(tree.getroottree())
    return True


def responses(tree: etree._Element) -> dict[str, etree._Element]:
    """The notes in the document by their identifiers."""
    found = tree.iter(f"{TEI}ab")
    return {one.get(ID).removeprefix("note-"): one for one in found if one.get("type") == "response"}


def test_every_event_of_the_demo_is_valid(settings: object) -> None:
    call_command("seed", verbosity=0)
    for event in Event.objects.visible_to(ANYBODY):
        assert is_valid(etree.fromstring(tei_of(event, ANYBODY))), event


def test_what_was_typed_is_stored_encoded_and_comes_back(client: Client, wall: PaperWall) -> None:
    notes = {wall.pin(markup, others=("Something else [...]",)): markup for markup in TYPED}
    tree = document(client, wall.event)
    assert is_valid(tree)
    found = responses(tree)
    for note, markup in notes.items():
        response = found[note.identifier]
        typed = to_markup(read_markup(markup, imported=False))
        assert response.get("subtype") == note.text_state
        assert to_markup(from_tei(response)) == (note.text or "[no text]")
        assert note.text in ("", typed)


@pytest.mark.parametrize("hostile", HOSTILE)
def test_hostile_words_anywhere_leave_it_valid(
    client: Client, wall: PaperWall, post_note: Callable[..., Note], hostile: str
) -> None:
    plain = hostile.replace("\x00", "")
    Event.objects.filter(pk=wall.event.pk).update(name=plain, place=plain, summary=plain)
    Board.objects.filter(pk=wall.station.board_id).update(name=plain, question=plain, state="open", code="X")
    Station.objects.filter(pk=wall.station.pk).update(heading=plain, code="A' ü")
    Photo.objects.filter(pk=wall.photo.pk).update(alt=plain, caption=plain)
    wall.station.refresh_from_db()
    typed = post_note(wall.station, "Said on a phone")
    Note.objects.filter(pk=typed.pk).update(text=plain)
    note = wall.pin(hostile, others=(hostile,))
    tree = document(client, wall.event)
    assert is_valid(tree)
    found = responses(tree)
    assert to_markup(from_tei(found[note.identifier])) == (note.text or "[no text]")
    assert to_markup(from_tei(found[typed.identifier])) == plain


def test_a_wall_from_a_transcript_keeps_its_uncertain_gaps(client: Client, make_event: Callable) -> None:
    event = make_event()
    text = "Power (5)\n- Say ... who\n- [no text] x 2\n- [illeg.]\n- p[...] [word?]\n- (looks like) a [sic]\n"
    import_transcript(event, text, by=None)
    tree = document(client, event)
    assert is_valid(tree)
    assert len(tree.findall(f".//{TEI}gap/{TEI}certainty")) == 1
    stored = {note.identifier: note.text or "[no text]" for note in Note.objects.all()}
    assert {pk: to_markup(from_tei(one)) for pk, one in responses(tree).items()} == stored
    counts = tree.find(f".//{TEI}note[@type='counts']").text
    assert counts == "6 counted; the record states 5."


def test_other_readings_stand_beside_the_accepted_one(client: Client, wall: PaperWall) -> None:
    note = wall.pin("Say who", others=("Stay, [who?]",))
    response = responses(document(client, wall.event))[note.identifier]
    lem, rdg = response.find(f"{TEI}app/{TEI}lem"), response.find(f"{TEI}app/{TEI}rdg")
    assert (to_markup(from_tei(lem)), to_markup(from_tei(rdg))) == ("Say who", "Stay, [who?]")
    assert (lem.get("resp"), rdg.get("resp")) == ("#organiser", "#volunteer")
    assert (lem.get("n"), rdg.get("n")) == ("2", "1")
    assert {lem.get("wit"), rdg.get("wit")} == {"#witness-photo"}


def test_every_pointer_in_the_file_leads_somewhere(client: Client, wall: PaperWall) -> None:
    wall.box(wall.pin("Say who", others=("Stay",)))
    wall.pin("[no text]")
    tree = document(client, wall.event)
    known = {element.get(ID) for element in tree.iter() if element.get(ID)}
    pointed = {
        target.removeprefix("#")
        for element in tree.iter(f"{TEI}*")
        for name in ("facs", "ana", "wit", "resp", "who", "target")
        for target in element.get(name, "").split()
    }
    assert pointed - known == set()
    assert {f"photo-{wall.photo.identifier}", "organiser"} <= known


def test_a_note_leads_to_each_box_that_shows_it(client: Client, wall: PaperWall) -> None:
    note = wall.pin("Say who")
    wall.box(note)
    tree = document(client, wall.event)
    zones = [f"#{zone.get(ID)}" for zone in tree.iter(f"{TEI}zone")]
    assert len(zones) == 2
    assert responses(tree)[note.identifier].get("facs").split() == zones


def test_every_acceptance_is_a_change_of_the_file(client: Client, wall: PaperWall) -> None:
    first, second = wall.pin("Say who", others=("Stay",)), wall.pin("[no text]")
    (change,) = document(client, wall.event).iter(f"{TEI}change")
    assert set(change.get("target").split()) == {f"#note-{first.identifier}", f"#note-{second.identifier}"}
    assert f"reading 2 of {first.label}" in change.text
    assert change.get("who") == "#organiser"


def test_nothing_is_missing_without_being_counted(
    client: Client, wall: PaperWall, post_note: Callable[..., Note]
) -> None:
    Board.objects.filter(pk=wall.station.board_id).update(state="open", code="X")
    wall.station.refresh_from_db()
    post_note(wall.station, "Kept", public=False)
    take_down_note(post_note(wall.station, "Gone"), "It names somebody.", by=wall.ada)
    post_note(wall.station, "Shown")
    counts = document(client, wall.event).find(f".//{TEI}note[@type='counts']").text
    assert counts == "2 counted; 1 not in this file, kept by those who were there; 1 withdrawn."


def test_an_event_without_photographs_or_notes_is_a_file_all_the_same(
    client: Client, event_without_photos: Event
) -> None:
    tree = document(client, event_without_photos)
    assert is_valid(tree)
    assert tree.find(f"{TEI}facsimile") is None
    assert tree.find(f".//{TEI}body/{TEI}p").text == "No notes of this event are on record."


def test_the_file_says_how_it_was_made(client: Client, wall: PaperWall) -> None:
    declared = " ".join(document(client, wall.event).find(f".//{TEI}editorialDecl").itertext())
    assert "bare dots are dots on the note" in declared
    categories = {one.get(ID) for one in document(client, wall.event).iter(f"{TEI}category")}
    assert {"mark-square", "state-waiting", "origin-paper"} <= categories


def test_it_is_a_file_that_must_be_asked_for_again(client: Client, wall: PaperWall) -> None:
    answer = client.get(reverse("event_tei", args=[wall.event.slug]))
    assert answer["Content-Type"] == "application/tei+xml"
    assert answer["Content-Disposition"] == f'attachment; filename="{wall.event.slug}-tei.xml"'
    assert answer["Cache-Control"] == "no-cache"
    again = client.get(answer.request["PATH_INFO"], headers={"if-none-match": answer["ETag"]})
    assert again.status_code == 304


def test_the_number_of_queries_stays_with_the_number_of_notes(
    client: Client, wall: PaperWall, show_another: Callable[[], Photo]
) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            document(client, wall.event)
        return len(captured)

    wall.pin("One", others=("Once",))
    before = queries()
    for number in range(3):
        wall.pin(f"Note {number}", others=("A", "B"))
    wall.photo = show_another()
    wall.pin("On another photograph", others=("C",))
    assert queries() == before
