"""The desk in a browser's eyes: what it asks, what it keeps to itself until one has read, what comes next."""

import re
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from people.guests import Viewer
from people.models import Person
from responses.models import Board, Mark, Moderation, Note, Photo, Reading, Region, Station
from responses.photos.regions import show_note
from responses.readings.correcting import offer_correction
from responses.readings.ruling import accept_reading, reject_reading
from tests.conftest import make_person
from tests.reading import asked, box_on, note_on, photo_of, says

CANARY = "veiledwren"
SAID = {"state": "read", "markup": "Say who decides.", "mark": "tick"}


@pytest.fixture
def photo(board: Board) -> Photo:
    return photo_of(board.event)


@pytest.fixture
def notes(photo: Photo, station: Station, ada: Viewer) -> list[Note]:
    return [note_on(photo, station, by=ada) for _ in range(3)]


@pytest.fixture
def note(notes: list[Note]) -> Note:
    return notes[0]


@pytest.fixture
def eve(db: None) -> Person:
    return make_person("Eve")


@pytest.fixture
def reader(client: Client, eve: Person) -> Client:
    """A browser in which Eve signed in, who runs nothing."""
    client.force_login(eve)
    return client


def address(note: Note) -> str:
    return reverse("read_note", args=[note.identifier])


def save(client: Client, note: Note, **said: str) -> object:
    return client.post(address(note), SAID | said)


def as_text(answer: object) -> str:
    return answer.content.decode()


def test_the_desk_asks_for_words_and_mark(reader: Client, note: Note) -> None:
    page = as_text(reader.get(address(note)))
    for asked_for in ("Can you read the words?", "What it says", "Which mark does it carry?"):
        assert asked_for in page
    assert page.count('name="state"') == page.count('name="mark"') == 5
    assert "I cannot see a mark" in page
    assert f"Save and read {note.station.code}-02" in page
    region = note.regions.get()
    assert region.close_up_address in page
    assert f'x="{region.x}" y="{region.y}"' in page


def test_saving_adds_a_reading_and_leads_to_the_next_note(
    reader: Client, notes: list[Note], eve: Person
) -> None:
    answer = save(reader, notes[0], confidence="sure", comment="very clear", wants_better_photo="on")
    reading = notes[0].readings.get()
    assert answer.url == f"{address(notes[1])}?on"
    assert (reading.reader, reading.text, reading.mark) == (eve, "Say who decides.", "tick")
    assert (reading.confidence, reading.comment, reading.wants_better_photo) == ("sure", "very clear", True)
    assert reading.region == notes[0].regions.get()
    after = as_text(reader.get(answer.url))
    assert "Saved: POW-01." in after
    assert re.search(r'value="read"[^>]*autofocus', after)


def test_after_the_last_note_comes_the_list(reader: Client, notes: list[Note]) -> None:
    for note in notes:
        answer = save(reader, note)
    assert answer.url == reverse("reading", args=[notes[0].board.event.slug])
    assert "That was the last one" in as_text(reader.get(answer.url))


def test_pressing_save_twice_makes_one_reading(reader: Client, note: Note) -> None:
    save(reader, note)
    save(reader, note)
    assert note.readings.count() == 1


@pytest.mark.parametrize(
    ("said", "advice"),
    [
        ({"state": ""}, "Say first whether the words can be read."),
        ({"mark": ""}, "say that you cannot see one"),
        ({"markup": "the [2 words]"}, "there is a gap after “the”"),
        ({"markup": "x" * 1001}, "is it more than one note"),
        ({"markup": "so [sic]"}, "Are the brackets of [sic] on the note itself?"),
        ({"markup": "[removed: a name]"}, "Only those who run the event"),
        ({"comment": "x" * 301}, "at most 300 characters"),
    ],
)
def test_what_cannot_be_meant_comes_back_with_advice_and_all_that_was_typed(
    reader: Client, note: Note, said: dict[str, str], advice: str
) -> None:
    answer = save(reader, note, **said)
    page = as_text(answer)
    assert answer.status_code == 422
    assert advice in page
    assert (said | SAID | said)["markup"] in page
    assert not note.readings.exists()


def test_brackets_that_are_on_the_note_are_kept(reader: Client, note: Note) -> None:
    save(reader, note, markup="so [sic]", brackets="on")
    assert note.readings.get().text == "so [sic]"
    again = as_text(reader.get(address(note)))
    assert '<input type="hidden" name="brackets" value="on">' in again


def test_looking_how_it_reads_keeps_everything_and_saves_nothing(reader: Client, note: Note) -> None:
    typed = {"state": "partly", "markup": "say [...] <b>[who?]", "mark": "heart", "comment": "a smudge"}
    answer = reader.post(address(note), typed | {"act": "look"})
    page = as_text(answer)
    assert answer.status_code == 200
    assert '<span class="gap">some words unread</span> &lt;b&gt;<span class="guess">' in page
    assert "1 gap of unknown length, 1 guess." in page
    assert re.search(r'value="partly"[^>]* checked', page)
    assert re.search(r'value="heart"[^>]* checked', page)
    assert "a smudge" in page
    assert not note.readings.exists()


def test_a_script_gets_the_look_alone(reader: Client, note: Note) -> None:
    sent = {"act": "look", "markup": "say [2 words] [sic]"}
    page = as_text(reader.post(address(note), sent, headers={"X-Part": "preview"}))
    assert "<html" not in page
    assert "two words unread" in page
    assert "2 words missing." in page
    assert "Did the note have brackets" in page
    assert 'name="brackets"' in page


@pytest.fixture
def hushed(note: Note, station: Station, board: Board, ben: Viewer) -> Note:
    """A note that others have read and said much of, by desk, record and receipt."""
    event = board.event
    says(note, f"{CANARY} decides.", by=asked("cat", event), comment=f"{CANARY} perhaps")
    says(note, f"the {CANARY} decided.", by=asked("dan", event), mark=Mark.SQUARE)
    offer_correction(board, note, f"{CANARY} decides, I wrote.", by=ben)
    Reading.objects.create(
        note=note, number=9, witness=Reading.Witness.IMPORTED_RECORD, text=f"the {CANARY}",
        verbatim=f"- the {CANARY}", text_state="read", mark="tick",
    )  # fmt: skip
    return note


@pytest.mark.parametrize("who", ["eve", "ada"])
def test_nothing_of_what_others_read_is_told_before_one_has_saved(
    client: Client, hushed: Note, eve: Person, ada: Viewer, who: str
) -> None:
    client.force_login(eve if who == "eve" else ada.person)
    typed = {"markup": "a guess [sic]", "act": "look"}
    asking = [
        client.get(address(hushed)),
        client.get(f"{address(hushed)}?on"),
        client.post(address(hushed), typed),
        client.post(address(hushed), typed, headers={"X-Part": "preview"}),
        client.post(address(hushed), {"state": ""}),
        client.get(reverse("reading", args=[hushed.board.event.slug])),
    ]
    for answer in asking:
        assert CANARY not in as_text(answer) + repr(dict(answer.headers))
    assert "The record has a reading of this note." in as_text(asking[0])
    assert client.post(address(hushed), {"act": "agree", "reading": "1"}).status_code == 404
    assert hushed.readings.count() == 4


def test_after_saving_the_other_readings_stand_beside_ones_own(
    reader: Client, hushed: Note, ada: Viewer
) -> None:
    reject_reading(hushed.readings.get(number=2), "It is another note.", by=ada)
    answer = save(reader, hushed, markup="He decides.")
    assert answer.url == f"{address(hushed)}?on#h-second"
    page = as_text(reader.get(answer.url))
    assert f'<b class="hl">{CANARY}</b> decides.' in page
    assert '<b class="hl">He</b> decides.' in page
    assert f"{CANARY} perhaps" in page
    assert "The record has this note" in page
    # Neither what was rejected nor what its writer says.
    assert f"{CANARY} decided" not in page
    assert "I wrote" not in page


def test_agreeing_adds_ones_own_equal_reading(reader: Client, hushed: Note, eve: Person) -> None:
    save(reader, hushed, markup="He decides.")
    answer = reader.post(address(hushed), {"act": "agree", "reading": "1"})
    assert answer.status_code == 302
    newest = hushed.readings.filter(reader=eve).latest("number")
    assert newest.text == hushed.readings.get(number=1).text
    assert "reading 1" in newest.comment
    assert hushed.readings.filter(reader=eve).count() == 2
    assert reader.post(address(hushed), {"act": "agree", "reading": "2000"}).status_code == 404


def test_a_note_that_left_the_wall_shows_nothing_of_others(reader: Client, hushed: Note) -> None:
    region = hushed.regions.get()
    save(reader, hushed)
    Note.objects.filter(pk=hushed.pk).update(moderation=Moderation.WAITING)
    assert reader.get(address(hushed)).status_code == 404
    assert reader.get(region.close_up_address).status_code == 404


def test_what_was_taken_out_of_a_note_is_told_to_no_other_reader(
    client: Client, hushed: Note, ada: Viewer, eve: Person
) -> None:
    accept_reading(says(hushed, "[removed: a name] decides.", by=ada), by=ada)
    client.force_login(eve)
    save(client, hushed, markup="He decides.")
    assert CANARY not in as_text(client.get(address(hushed)))
    assert client.post(address(hushed), {"act": "agree", "reading": "1"}).status_code == 404
    client.force_login(ada.person)
    assert CANARY in as_text(client.get(address(hushed)))


def test_only_those_who_may_read_the_note_come_to_the_desk(
    client: Client, note: Note, photo: Photo, eve: Person
) -> None:
    assert client.get(address(note)).url.startswith("/account/login/")
    client.force_login(eve)
    assert client.get(address(note)).status_code == 200
    Photo.objects.filter(pk=photo.pk).update(published_at=None)
    assert client.get(address(note)).status_code == 404
    assert save(client, note).status_code == 404


def test_those_who_run_it_read_from_the_paper_where_there_is_no_picture(
    client: Client, note: Note, ada: Viewer
) -> None:
    client.force_login(ada.person)
    Region.objects.all().delete()
    page = as_text(client.get(address(note)))
    assert "Read it from the paper itself" in page
    save(client, note)
    assert note.readings.get().witness == Reading.Witness.ORIGINAL


def test_a_witness_is_chosen_only_by_those_who_run_it(
    client: Client, note: Note, ada: Viewer, eve: Person
) -> None:
    client.force_login(ada.person)
    save(client, note, from_paper="on")
    client.force_login(eve)
    save(client, note, from_paper="on")
    assert list(note.readings.order_by("number").values_list("witness", flat=True)) == ["original", "photo"]


def test_other_pictures_of_the_same_note_can_be_chosen(
    reader: Client, note: Note, photo: Photo, ada: Viewer
) -> None:
    other = show_note(box_on(photo, by=ada, station=note.station), note, by=ada) or Region.objects.last()
    page = as_text(reader.get(f"{address(note)}?box={other.identifier}"))
    assert f'name="box" value="{other.identifier}"' in page
    assert "Other pictures of this note" in page
    save(reader, note, box=other.identifier)
    assert note.readings.get().region == other


def test_without_sight_of_the_photograph_there_is_the_close_up_alone(
    client: Client, note: Note, photo: Photo, ada: Viewer, board: Board
) -> None:
    client.force_login(ada.person)
    assert photo.files_address in as_text(client.get(address(note)))
    Photo.objects.filter(pk=photo.pk).update(published_at=None)
    assert photo.files_address in as_text(client.get(address(note)))


def test_the_list_says_what_is_to_be_done_and_shows_no_words(
    reader: Client, notes: list[Note], ada: Viewer
) -> None:
    event = notes[0].board.event
    for name in ("cat", "dan"):
        says(notes[1], CANARY, by=asked(name, event))
    accept_reading(says(notes[2], CANARY, by=ada), by=ada)
    page = as_text(reader.get(reverse("reading", args=[event.slug])))
    assert "<b>1 of 3 read.</b> One waits for an organiser, one has not been tried." in page
    assert f'href="{address(notes[0])}?on">Read the next note' in page
    for place, note in zip(("needs_reader", "ready", "settled"), notes, strict=True):
        shelf = as_text(reader.get(reverse("reading", args=[event.slug]), {"place": place}))
        assert note.label in shelf
        assert CANARY not in shelf
        assert "Rule on it" not in shelf


def test_those_who_run_it_are_led_to_the_rulings(client: Client, note: Note, ada: Viewer) -> None:
    client.force_login(ada.person)
    says(note, "One.", by=asked("cat", note.board.event))
    page = as_text(client.get(reverse("reading", args=[note.board.event.slug])))
    assert reverse("rulings", args=[note.board.event.slug]) in page
    assert reverse("note_rule", args=[note.identifier]) in page


def test_everybody_hears_how_far_it_is_and_how_to_help(
    client: Client, note: Note, photo: Photo, eve: Person
) -> None:
    event = note.board.event
    page = as_text(client.get(reverse("reading", args=[event.slug])))
    assert "0 of 3 read." in page
    assert "Sign in to read" in page
    assert note.label not in page
    for place in (event.get_absolute_url(), note.board.get_absolute_url()):
        assert "0 of 3 read." in as_text(client.get(place))
    Photo.objects.filter(pk=photo.pk).update(published_at=None)
    client.force_login(eve)
    assert "only those who run the event can read them" in as_text(
        client.get(reverse("reading", args=[event.slug]))
    )


def test_an_event_without_paper_says_nothing_of_reading(client: Client, board: Board) -> None:
    event = board.event
    assert "Help to read" not in as_text(client.get(event.get_absolute_url()))
    assert "Nothing here comes from paper" in as_text(client.get(reverse("reading", args=[event.slug])))


def test_a_note_page_leads_to_its_desk_for_whoever_may_read_it(
    client: Client, note: Note, eve: Person
) -> None:
    assert address(note) not in as_text(client.get(note.get_absolute_url()))
    client.force_login(eve)
    assert address(note) in as_text(client.get(note.get_absolute_url()))


def test_the_list_is_paged(
    reader: Client, photo: Photo, station: Station, ada: Viewer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("responses.views.desk.PER_PAGE", 2)
    last = [note_on(photo, station, by=ada) for _ in range(3)][-1]
    there = reverse("reading", args=[photo.event.slug])
    assert last.label not in as_text(reader.get(there))
    assert last.label in as_text(reader.get(there, {"page": 2, "place": "needs_reader"}))


@pytest.mark.parametrize("number", [1, 3])
def test_the_pages_ask_a_fixed_number_of_questions(
    reader: Client,
    photo: Photo,
    station: Station,
    ada: Viewer,
    number: int,
    django_assert_num_queries: Callable,
) -> None:
    event = station.board.event
    notes = [note_on(photo, station, by=ada) for _ in range(number)]
    for note in notes:
        for name in ("cat", "dan", "eli")[:number]:
            says(note, f"{name} says.", by=asked(name, event))
    reader.get(address(notes[0]))
    with django_assert_num_queries(DESK_QUERIES):
        reader.get(address(notes[0]))
    with django_assert_num_queries(LIST_QUERIES):
        reader.get(reverse("reading", args=[event.slug]))


DESK_QUERIES = 16
LIST_QUERIES = 15
