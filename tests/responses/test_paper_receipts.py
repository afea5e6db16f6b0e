"""Receipts of notes on paper: before they are on record, as they were read, and their feeds."""

from collections.abc import Callable
from xml.etree import ElementTree as ET

import pytest
from django.db import connection
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from coproduce.identifiers import in_fours, is_plausible
from people.consent import consent_given
from people.guests import ANYBODY, Viewer
from responses.board import correct_note, withdraw_note
from responses.following import follow_address
from responses.models import Board, Note, Photo, Reading, Region, Station, Stub
from responses.moderation import hide_note
from responses.photos.regions import add_region, make_note
from responses.readings.ruling import accept_reading
from responses.receipts import receipt_for
from responses.stubs import tie_stub, withdraw_stub
from tests.photos import make_photo
from tests.sheets import a_stub, code_on, on_paper

pytestmark = pytest.mark.django_db
Post = Callable[..., Note]
ATOM = "{http://www.w3.org/2005/Atom}"
CANARY = "marramgrass"
BOX = (100, 100, 300, 200)


@pytest.fixture
def stub(station: Station, ada: Viewer) -> Stub:
    return a_stub(station, ada)


@pytest.fixture
def receipt(stub: Stub) -> str:
    return f"/receipt/{code_on(stub)}/"


@pytest.fixture
def tied(stub: Stub, station: Station, ada: Viewer) -> Note:
    """A note that was read and given its sheet."""
    note = on_paper(station, CANARY)
    tie_stub(note, stub.number, by=ada)
    return note


@pytest.fixture
def pictured(stub: Stub, station: Station, ada: Viewer) -> Region:
    """A box on a photograph of the wall, with the note of a sheet."""
    photo = make_photo(station.board.event, ada, board=station.board)
    region = add_region(photo, BOX, by=ada, station=station)
    make_note(region, by=ada, sheet=stub.number)
    region.refresh_from_db()
    return region


def close_up(stub: Stub, region: Region) -> str:
    box = "-".join(map(str, region.box))
    return reverse("receipt_close_up", args=[code_on(stub), region.identifier, box])


def steps(client: Client, followed: Note | Stub) -> list[str]:
    """The titles of a feed, the newest first."""
    tree = ET.fromstring(client.get(path_of(followed)).content)
    return [entry.findtext(f"{ATOM}title", "") for entry in tree.iter(f"{ATOM}entry")]


def path_of(followed: Note | Stub) -> str:
    return "/" + follow_address(followed).partition("://")[2].partition("/")[2]


# Before the note is on record


def test_a_stub_whose_note_is_not_on_record_says_so(client: Client, stub: Stub, receipt: str) -> None:
    page = client.get(receipt)
    assert "Your note POW 1" in page.text
    assert "It is not on record yet." in page.text
    assert "checked" not in page.text


def test_typing_the_code_of_a_stub_finds_it(client: Client, stub: Stub, receipt: str) -> None:
    answer = client.post("/receipt/", {"code": in_fours(code_on(stub)).upper()})
    assert (answer.status_code, answer.url) == (302, receipt)


def test_what_is_chosen_with_a_stub_holds_from_the_first_moment(
    client: Client, station: Station, stub: Stub, receipt: str, ada: Viewer
) -> None:
    client.post(receipt, {"act": "consent", "public": "on", "asked": "1"})
    assert client.get(receipt).text.count("checked") == 1
    note = on_paper(station)
    tie_stub(note, stub.number, by=ada)
    assert note.consent == consent_given(public=True, research=False)


def test_a_note_taken_back_before_it_was_photographed_never_shows(
    client: Client, station: Station, stub: Stub, receipt: str, ada: Viewer
) -> None:
    assert "Take your note POW 1 back?" in client.get(f"{receipt}withdraw/").text
    client.post(f"{receipt}withdraw/")
    assert "You took this note back" in client.get(receipt).text
    note = on_paper(station, CANARY)
    tie_stub(note, stub.number, by=ada)
    client.force_login(ada.person)
    for page in (receipt, note.get_absolute_url(), station.board.get_absolute_url(), path_of(stub)):
        assert CANARY not in client.get(page).text
    assert client.get(note.get_absolute_url()).status_code == 410


def test_where_under_18s_may_take_part_a_stub_asks_nothing(
    client: Client, board: Board, stub: Stub, receipt: str
) -> None:
    Board.objects.filter(pk=board.pk).update(may_include_under_18s=True)
    page = client.get(receipt)
    assert "every note on it stays with those who were there" in page.text
    assert 'name="public"' not in page.text
    refused = client.post(receipt, {"public": "on", "asked": "1"})
    assert refused.status_code == 422
    stub.refresh_from_db()
    assert stub.consent is None


# Once it is on record


def test_the_receipt_on_a_stub_is_that_of_its_note(
    client: Client, tied: Note, stub: Stub, receipt: str
) -> None:
    page = client.get(receipt)
    assert "Your note POW-01" in page.text
    assert "You wrote it on sheet POW 1." in page.text
    assert CANARY in page.text


def test_a_correction_waits_and_the_page_says_so(
    client: Client, tied: Note, stub: Stub, receipt: str
) -> None:
    answer = client.post(receipt, {"act": "correct", "words": "openquartz"}, follow=True)
    assert "an organiser looks at it before the note says so" in answer.text
    assert "openquartz" in answer.text
    assert "waits for an organiser" in answer.text
    tied.refresh_from_db()
    assert tied.text == CANARY


def test_withdrawing_by_the_stub_takes_the_words_at_once(client: Client, tied: Note, receipt: str) -> None:
    client.post(f"{receipt}withdraw/")
    tied.refresh_from_db()
    assert (tied.text, tied.ending) == ("", Note.Ending.WITHDRAWN)
    assert CANARY not in client.get(receipt).text


def test_the_receipt_of_another_sheet_opens_no_note(
    client: Client, tied: Note, station: Station, ada: Viewer
) -> None:
    other = f"/receipt/{code_on(a_stub(station, ada))}/"
    assert CANARY not in client.get(other).text
    client.post(f"{other}withdraw/")
    tied.refresh_from_db()
    assert tied.withdrawn_at is None


# As photographs show it


def test_the_holder_sees_their_own_note_cut_out(
    client: Client, pictured: Region, stub: Stub, receipt: str
) -> None:
    address = close_up(stub, pictured)
    assert f'src="{address}"' in client.get(receipt).text
    answer = client.get(address)
    assert (answer.status_code, answer["Content-Type"]) == (200, "image/jpeg")
    assert "private" in answer["Cache-Control"]
    assert client.get(pictured.close_up_address).status_code == 404


def test_a_receipt_opens_no_other_box(
    client: Client, pictured: Region, stub: Stub, station: Station, ada: Viewer
) -> None:
    beside = add_region(pictured.photo, (500, 100, 200, 200), by=ada, station=station)
    another = a_stub(station, ada)
    make_note(beside, by=ada, sheet=another.number)
    beside.refresh_from_db()
    assert client.get(close_up(another, beside)).status_code == 200
    assert client.get(close_up(stub, beside)).status_code == 404
    assert client.get(close_up(another, pictured)).status_code == 404


def test_no_cut_out_where_something_is_still_to_be_covered(
    client: Client, pictured: Region, stub: Stub
) -> None:
    Photo.objects.update(covers=[[1, 1, 10, 10]])
    assert client.get(close_up(stub, pictured)).status_code == 404


@pytest.mark.parametrize("which", ["under 18", "covered", "withdrawn", "ended", "moved", "taken down"])
def test_a_cut_out_goes_with_what_it_shows(
    client: Client, pictured: Region, stub: Stub, ben: Viewer, which: str
) -> None:
    address = close_up(stub, pictured)
    {
        "under 18": lambda: Board.objects.update(may_include_under_18s=True),
        "covered": lambda: Region.objects.update(covered_at=pictured.photo.added_at),
        "withdrawn": lambda: withdraw_note(pictured.note, by=ben, receipt=code_on(stub)),
        "ended": lambda: Note.objects.update(
            withdrawn_at=pictured.photo.added_at, ending=Note.Ending.NO_NOTE
        ),
        "moved": lambda: Region.objects.update(x=7),
        "taken down": lambda: Photo.objects.update(
            taken_down_at=pictured.photo.added_at, files="", digest="", alt="", caption=""
        ),
    }[which]()
    assert client.get(address).status_code == 404


# Limited tries


@pytest.mark.usefixtures("no_window_ends")
def test_wrong_receipts_are_limited_at_pages_pictures_and_feeds_together(client: Client) -> None:
    wrong = ["/receipt/{}/", "/receipt/{}/withdraw/", "/receipt/{}/feed/", "/receipt/{}/box/b/1-1-1-1.jpg"]
    for at in range(10):
        assert client.get(wrong[at % 4].format(f"0000{at}")).status_code == 404
    for address in wrong:
        answer = client.get(address.format("00012"))
        assert answer.status_code == 429
        assert int(answer["Retry-After"]) > 0


def test_a_well_formed_code_costs_the_same_as_a_misread_one(client: Client, stub: Stub) -> None:
    asked = {}
    fitting = receipt_for(stub.key, "another secret")
    misread = fitting[:-1] + ("0" if fitting[-1] != "0" else "1")
    assert is_plausible(fitting)
    assert not is_plausible(misread)
    for code in (fitting, misread):
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert client.get(f"/receipt/{code}/").status_code == 404
        asked[code] = len(queries)
    assert len(set(asked.values())) == 1


# Following it


def test_a_feed_tells_the_steps_of_a_note(client: Client, tied: Note, stub: Stub, ada: Viewer) -> None:
    correct_note(tied, "openquartz", by=ANYBODY, receipt=code_on(stub))
    accept_reading(tied.readings.get(), by=ada)
    assert steps(client, tied) == [
        "Reading 1 was accepted by an organiser.",
        "You said what it says.",
        "Where it may go was changed.",
        "It is on record as note POW-01.",
        "Sheet POW 1 was printed. It waits on paper.",
    ]


def test_a_feed_never_says_a_word_of_the_note(
    client: Client, tied: Note, stub: Stub, ada: Viewer, ben: Viewer
) -> None:
    tied.readings.create(number=1, witness=Reading.Witness.PHOTO, text=CANARY, text_state="read", mark="tick")
    address = path_of(tied)
    assert CANARY not in client.get(address).text
    hide_note(tied, f"It says {CANARY}.", by=ada)
    assert CANARY not in client.get(address).text
    withdraw_note(tied, by=ben, receipt=code_on(stub))
    answer = client.get(address)
    assert CANARY not in answer.text
    assert "Withdrawn by whoever wrote it." in answer.text


def test_the_address_of_a_feed_stays_when_the_note_goes_on_record(
    client: Client, station: Station, stub: Stub, ada: Viewer
) -> None:
    before = follow_address(stub)
    note = on_paper(station)
    tie_stub(note, stub.number, by=ada)
    assert follow_address(note) == before
    assert follow_address(Note.objects.get(pk=note.pk)) == before


def test_a_stub_taken_back_is_told_in_its_feed(client: Client, stub: Stub, ben: Viewer) -> None:
    withdraw_stub(stub, by=ben, receipt=code_on(stub))
    assert steps(client, stub)[0] == "You took it back before it was on record."


def test_the_address_of_a_feed_gives_no_right_to_the_note(client: Client, tied: Note, stub: Stub) -> None:
    address = path_of(tied)
    code = address.split("/")[2]
    assert code_on(stub) not in client.get(address).text + address
    for page in (f"/receipt/{code}/", f"/receipt/{code}/withdraw/"):
        assert client.post(page).status_code == 404
    tied.refresh_from_db()
    assert tied.withdrawn_at is None


def test_a_receipt_is_no_address_of_a_feed(client: Client, tied: Note, stub: Stub) -> None:
    assert client.get(f"/receipt/{code_on(stub)}/feed/").status_code == 404


def test_the_code_of_a_feed_cannot_be_made_up(client: Client, tied: Note, stub: Stub) -> None:
    code = path_of(tied).split("/")[2]
    named, _, seal = code.partition(".")
    for wrong in (f"{tied.identifier}.{seal}", f"{named}.{seal[:-1]}", named, f"{named}9.{seal}", "."):
        assert client.get(f"/receipt/{wrong}/feed/").status_code == 404


def test_a_feed_is_kept_by_nobody_else_and_found_by_no_search(client: Client, tied: Note) -> None:
    answer = client.get(path_of(tied))
    assert answer["Content-Type"].startswith("application/atom+xml")
    assert answer["X-Robots-Tag"] == "noindex"
    assert {"private", "no-cache"} <= set(answer["Cache-Control"].replace(" ", "").split(","))


def test_a_feed_outlives_the_rotation_of_the_secret(client: Client, tied: Note) -> None:
    with override_settings(SECRET_KEY="the old one"):
        address = path_of(tied)
    with override_settings(SECRET_KEY="the new one", SECRET_KEY_FALLBACKS=["the old one"]):
        assert client.get(address).status_code == 200


def test_a_note_from_a_phone_is_followed_too(client: Client, station: Station, post_note: Post) -> None:
    note = post_note(station, CANARY)
    assert follow_address(note) in client.get(f"/receipt/{receipt_for(note.key)}/").text
    assert steps(client, note) == ["You wrote it.", "It is on record as note POW-01."]
