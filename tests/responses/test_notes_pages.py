"""The page of one note, for good."""

from collections.abc import Callable

import pytest
from django.test import Client

from people.consent import consent_on_basis
from people.guests import Viewer
from principles.models import PrincipleSet
from principles.wording import add_wording
from responses.board import correct_note, take_back_mark, take_down_note, withdraw_note
from responses.models import Mark, Note, Reading, Station

pytestmark = pytest.mark.django_db
Post = Callable[..., Note]


def test_a_note_says_its_three_facts_where_it_stood_and_how_it_was_read(
    client: Client, station: Station, post_note: Post
) -> None:
    note = post_note(station, "Say who decides.", mark=Mark.SQUARE)
    page = client.get(note.get_absolute_url()).text
    for words in (
        "Note POW-01",
        "Challenge. I challenge or disagree.",
        "Own device",
        "Say who decides.",
        "Reading 1 of 1",
        "Whoever wrote it",
        "anyone may quote it without a name",
        "Wall day, 6 March 2019.",
        f"http://localhost:8000{note.get_absolute_url()}",
    ):
        assert words in page


def test_a_note_is_shown_with_the_wording_it_answered(
    client: Client, station: Station, make_set: Callable[..., PrincipleSet], post_note: Post
) -> None:
    power = make_set().principles.first()
    station.pairings.create(principle=power)
    note = post_note(station)
    assert "What it answered" in client.get(note.get_absolute_url()).text
    add_wording(power, "Power is given.", by=None)
    page = client.get(note.get_absolute_url()).text
    assert "Answered when it read" in page
    assert "Power is shared." in page
    assert "<del>shared</del><ins>given</ins>" in page


def test_a_note_without_consent_for_research_says_so(
    client: Client, station: Station, post_note: Post
) -> None:
    page = client.get(post_note(station, research=False).get_absolute_url()).text
    assert "It is not given for research." in page


def test_an_imported_note_shows_its_line_as_it_came_and_why_it_is_here(
    client: Client, station: Station, post_note: Post
) -> None:
    note = post_note(station)
    Note.objects.update(
        origin="paper",
        text_state="partly",
        text="Only [2 words]",
        consent=consent_on_basis("Printed in 2019."),
    )
    Reading.objects.update(
        witness="imported_record", text="Only [2 words]", verbatim="- Only [..] <b>", text_state="partly"
    )
    page = client.get(note.get_absolute_url()).text
    assert "Imported record" in page
    assert "- Only [..] &lt;b&gt;" in page
    assert "two words unread" in page
    assert "Published on this basis: Printed in 2019." in page


def test_each_reading_has_an_address_of_its_own(
    client: Client, station: Station, post_note: Post, ben: Viewer
) -> None:
    note = post_note(station, "Frist.")
    correct_note(note, "First.", by=ben)
    pages = [client.get(f"{note.get_absolute_url()}v/{number}/") for number in (1, 2, 3)]
    assert [page.status_code for page in pages] == [200, 200, 404]
    assert "Frist." in pages[0].text
    assert "Frist." not in pages[1].text
    assert client.get(f"{note.get_absolute_url()}v/{10**20}/").status_code == 404


def test_the_readers_of_a_note_are_named_to_nobody_but_those_who_run_the_event(
    client: Client, station: Station, post_note: Post, ada: Viewer
) -> None:
    note = post_note(station, by=ada)
    note.readings.create(
        number=2, witness="photo", reader=ada.person, text="T.", text_state="read", mark="tick"
    )
    addresses = [note.get_absolute_url(), f"{note.get_absolute_url()}v/2/"]
    for address in addresses:
        page = client.get(address).text
        assert "An organiser, from the photograph" in page
        assert "Ada" not in page
    client.force_login(ada.person)
    for address in addresses:
        assert "Ada, from the photograph" in client.get(address).text
    assert "Ada" not in client.get(f"{note.get_absolute_url()}v/1/").text.split("<main")[1]


@pytest.mark.parametrize(
    ("mark", "words", "act", "sentence"),
    [
        ("tick", "Canary.", withdraw_note, "Withdrawn by whoever wrote it"),
        ("tick", "", take_back_mark, "A mark was taken back"),
    ],
)
def test_a_withdrawn_note_answers_410_with_what_it_was_and_why_it_went(
    client: Client, station: Station, post_note: Post, ben: Viewer,
    mark: str, words: str, act: Callable[..., None], sentence: str,
) -> None:  # fmt: skip
    note = post_note(station, words, mark=mark)
    act(note, by=ben)
    page = client.get(note.get_absolute_url())
    assert page.status_code == 410
    assert sentence in page.text
    assert "Canary" not in page.text
    assert "somebody’s own device" in page.text


def test_a_note_that_was_taken_down_says_by_whom_in_general(
    client: Client, station: Station, post_note: Post, ada: Viewer
) -> None:
    note = post_note(station)
    take_down_note(note, "It names Mr Example.", by=ada)
    page = client.get(note.get_absolute_url())
    assert page.status_code == 410
    assert "Taken down by the organisers" in page.text
    assert "Mr Example" not in page.text


def test_a_code_that_was_misread_is_told_from_one_that_is_unknown(
    client: Client, station: Station, post_note: Post
) -> None:
    identifier = post_note(station).identifier
    swapped = identifier[:-1] + ("0" if identifier[-1] != "0" else "1")
    misread, unknown = client.get(f"/r/{swapped}/"), client.get("/r/0000000000/")
    assert (misread.status_code, unknown.status_code) == (404, 404)
    assert "seems misread" in misread.text
    assert "seems misread" not in unknown.text
    assert "&lt;i&gt;" in client.get("/r/<i>/").text


def test_a_code_in_capitals_with_dashes_leads_to_the_note(
    client: Client, station: Station, post_note: Post
) -> None:
    note = post_note(station)
    typed = f"{note.identifier[:4]}-{note.identifier[4:]}".upper()
    assert client.get(f"/r/{typed}/").headers["Location"] == note.get_absolute_url()


def test_those_who_run_the_event_take_a_note_down_for_a_reason(
    signed_in: Callable[[Viewer], Client], station: Station, post_note: Post, ada: Viewer
) -> None:
    note, browser = post_note(station, "Canary."), signed_in(ada)
    address = f"{note.get_absolute_url()}take-down/"
    assert address in browser.get(note.get_absolute_url()).text
    assert browser.post(address, {"why": ""}).status_code == 422
    landed = browser.post(address, {"why": "It names somebody."}, follow=True)
    assert "POW-01 is down." in landed.text
    assert "Canary." not in landed.text


def test_nobody_else_can_take_a_note_down(
    client: Client, station: Station, post_note: Post, researcher: Viewer
) -> None:
    note = post_note(station)
    address = f"{note.get_absolute_url()}take-down/"
    assert client.post(address, {"why": "No."}).status_code == 302
    client.force_login(researcher.person)
    assert client.post(address, {"why": "No."}).status_code == 404
    note.refresh_from_db()
    assert note.withdrawn_at is None


def test_a_note_takes_as_many_queries_for_one_reading_as_for_three(
    client: Client, station: Station, post_note: Post, ben: Viewer, django_assert_num_queries: Callable,
    make_set: Callable[..., PrincipleSet],
) -> None:  # fmt: skip
    station.pairings.create(principle=make_set().principles.first())
    note = post_note(station)
    with django_assert_num_queries(10):
        client.get(note.get_absolute_url())
    for words in ("Two.", "Three."):
        correct_note(note, words, by=ben)
    with django_assert_num_queries(10):
        client.get(note.get_absolute_url())
