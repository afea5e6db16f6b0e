"""Every stored string is hostile at once, and every page is looked at, those for staff included."""

import re
from contextlib import suppress
from dataclasses import dataclass, field

import pytest
from allauth.usersessions.models import UserSession
from django.http import HttpResponse
from django.test import Client
from django.urls import NoReverseMatch, reverse

from people.guests import Viewer
from responses.models import Layout
from tests.rules.answers import LOOKS, MARKER, body_of, ways_out
from tests.rules.everything import LETTERS, name_in_vain
from tests.rules.places import ASKED, FOR_MACHINES, PLACES, addresses
from tests.rules.planting import (
    NO_PLACE,
    OF_OTHERS,
    Family,
    as_an_element,
    columns,
    every_column,
    markers,
    out_of_lines,
    out_of_markup,
    plant,
)
from tests.rules.scenes import Scene
from tests.rules.test_access import listed
from tests.sent import browser

pytestmark = pytest.mark.django_db
# What no page shows, and what it is stored for.
NOT_SHOWN = {
    "journal.comment.email": "a letter goes there",
    "journal.report.email": "a letter goes there",
    "outcomes.callupdate.evidence": "an address that runs is no link, so it is left out",
    "outcomes.decisionupdate.evidence": "an address that runs is no link, so it is left out",
    "outcomes.signature.email": "a letter goes there",
    "people.letter.to": "a letter goes there",
    "people.letter.subject": "goes out by mail",
    "people.letter.text": "goes out by mail",
    "people.letter.html": "goes out by mail",
    "people.letter.unsubscribe": "goes out by mail",
    "people.letter.key": "tells one letter from another",
    "people.act.actor": "compared with the kinds of actors there are",
    "people.consentwording.public_sentence": "pages have the sentences from the code",
    "people.consentwording.research_sentence": "pages have the sentences from the code",
    "archive.word.word": "shown only as a search that was typed is, and only where it finds something",
    "journal.learnedword.word": "compared with the words of what is sent",
    "responses.transcript.text": "the source as it came, for a second import",
    "responses.photo.why": "for the trace of what was taken down",
}
# What is only posted to or only leads on, what the scene has no files for, and what is not served in tests.
NOT_OPENED = {"person_listing", "event_draft", "post_draft", "event_together", "close_up", "receipt_close_up"}
NOT_OPENED |= {"photo_original", "shown_mail", "theme", "language", "tie_undo", "no_tie_undo"}
NOT_OPENED |= {
    "change_password",
    "study_leave",
    "study_note",
    "search_save",
    "export_job_file",
    "export_at_file",
    "release_file",
}
OPEN = {200, 409, 410}
FOR_PROGRAMMES = re.compile("iiif|feed")


def every_address(scenes: tuple[Scene, ...]) -> list[tuple[str, str]]:
    """The name of each route with each of its addresses, pages of accounts included."""
    found = [("invitation", reverse("invitation", args=[letter])) for letter in LETTERS]
    found += [("board_new", layout_address(layout)) for layout in Layout.objects.all()]
    for name in (name for name in listed() if name not in FOR_MACHINES):
        if name in PLACES or name in ASKED:
            found += {(name, address): "" for scene in scenes for address in addresses(name, scene)}
        else:
            with suppress(NoReverseMatch):
                found.append((name, reverse(name)))
    return found


def files_among(client: Client, places: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """The places of those routes whose first answers with a file: in a page, lines and formulas are words."""
    firsts = dict(reversed(places))
    files = {name for name, address in firsts.items() if is_file(client.get(address))}
    return [place for place in places if place[0] in files]


def is_file(answer: HttpResponse) -> bool:
    return not answer.headers.get("Content-Type", "text/html").startswith("text/html")


def layout_address(layout: Layout) -> str:
    return reverse("board_new", args=["wall-day"], query={"layout": f"kept-{layout.identifier}"})


def browser_of(viewer: Viewer, family: Family) -> Client:
    """A browser that gives a hostile name for itself where somebody signs in with it."""
    client = browser(viewer)
    client.raise_request_exception = False
    if viewer.person:
        agent = family(markers()["usersessions.usersession.user_agent"], None)
        key = client.session.session_key
        UserSession.objects.create(user=viewer.person, session_key=key, ip="::1", user_agent=agent)
    return client


@dataclass
class Found:
    """Ways out, the markers that came up anywhere, and the routes that opened."""

    ways: list[str] = field(default_factory=list)
    seen: set[str] = field(default_factory=set)
    opened: set[str] = field(default_factory=set)


def visit(client: Client, places: list[tuple[str, str]], found: Found) -> Found:
    """Look at each place, and add to what was found."""
    for number, (name, address) in enumerate(places):
        # From many networks, so that no limit on tries keeps a page back.
        answer = client.get(address, REMOTE_ADDR=f"10.{number // 250}.{number % 250}.1")
        body = body_of(answer)
        ways = dict.fromkeys(ways_out(name, answer, body))
        found.ways += [f"{name} {address}: {way}" for way in ways]
        found.seen |= set(MARKER.findall(body.decode(errors="replace")))
        found.opened |= {name} if answer.status_code in OPEN else set()
    return found


def columns_in(found: Found) -> set[str]:
    return {name for name, marker in markers().items() if marker in found.seen}


def test_every_column_of_words_is_hostile_or_has_its_reason() -> None:
    known = {str(field).lower() for field in every_column()}
    assert sorted(set(NO_PLACE) - known) == []
    assert sorted(OF_OTHERS - set(columns())) == []
    assert sorted(set(NOT_SHOWN) - set(columns())) == []
    assert {"people.person.name", "people.person.email", "journal.draft.blocks"} <= set(columns())


def test_no_stored_string_becomes_markup_on_any_page(
    everything: tuple[Scene, ...], steward: Viewer, ada: Viewer, ben: Viewer, cleo: Viewer
) -> None:
    assert sorted(plant(out_of_markup) - OF_OTHERS) == [], "There is no row of these in the scene."
    name_in_vain()
    places, found = every_address(everything), Found()
    for viewer in (steward, ada, ben, cleo):
        visit(browser_of(viewer, out_of_markup), places, found)
    assert found.ways == []
    # What is nowhere to be seen, and what nobody could open, proves nothing.
    assert sorted(set(columns()) - columns_in(found) - set(NOT_SHOWN)) == []
    assert sorted(columns_in(found) & set(NOT_SHOWN)) == []
    ours = {name for name, _ in places if not name.startswith(("account_", "mfa_"))}
    assert ours - found.opened == NOT_OPENED, sorted(ours - found.opened)


def test_no_stored_string_becomes_a_line_or_a_formula(
    everything: tuple[Scene, ...], steward: Viewer, cleo: Viewer
) -> None:
    plant(out_of_lines)
    found = Found()
    for viewer in (steward, cleo):
        client = browser_of(viewer, out_of_lines)
        visit(client, files_among(client, every_address(everything)), found)
    assert found.ways == []
    assert "notes_csv" in found.opened


def test_no_stored_string_is_an_element_to_readers_of_other_programmes(
    everything: tuple[Scene, ...], cleo: Viewer
) -> None:
    plant(as_an_element)
    places = [place for place in every_address(everything) if FOR_PROGRAMMES.search(place[0])]
    found = visit(browser_of(cleo, as_an_element), places, Found())
    assert found.ways == []
    assert {"events.event.name", "responses.photo.alt", "journal.post.summary"} <= columns_in(found)


# That the search finds what it looks for


UNSAFE = [
    ("text/html", "<p><zq001x>"), ("text/html", '<p class="" zq001x=1>'), ("text/html", "<p onfocus=a()>"),
    ("text/html", '<a href=" java\tscript:a()">b</a>'), ("text/html", "<p style='top:0'>"),
    ("text/html", "<p><!-- zq001x --></p>"), ("text/html", "<script>a='zq001x'</script>"),
    ("text/html", '<script type="application/json">["<zq001x>"]</script>'),
    ("application/ld+json", '{"summary": {"en": ["<zq001x>b</zq001x>"]}}'),
    ("application/ld+json", '{"body": {"format": "text/html", "value": "a <zq001x>"}}'),
    ("application/atom+xml", '<feed><summary type="html">&lt;zq001x></summary></feed>'),
    ("application/atom+xml", "<feed><zq001x/></feed>"), ("application/tei+xml", "<TEI>&zq001x;</TEI>"),
    ("application/tei+xml", "<TEI><ref target='javascript:a()'/></TEI>"),
    ("text/csv", 'a,b\r\n"=1+1",2\r\n'), ("text/csv", "a,b\r\n1\r\n"),
    ("text/calendar", "BEGIN:VCALENDAR\r\nX-ZQ001X: 1\r\nEND:VCALENDAR\r\n"),
    ("text/event-stream", "id: 1\nevent: note\ndata: <p>\ndata: <zq001x></p>\n\n"),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "said"), UNSAFE)
def test_the_search_finds(kind: str, said: str) -> None:
    name = "notes_excel" if kind == "text/csv" else "iiif_photo"
    assert list(LOOKS[kind](name, said.encode())) != []
