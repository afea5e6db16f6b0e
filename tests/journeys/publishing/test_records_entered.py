"""Real records entered through the pages of the site, by somebody with forms and a keyboard only."""

from collections.abc import Iterable, Iterator

import pytest
from pytest_django.live_server_helper import LiveServer

from events.models import Quotation
from journal.models import Comment, Post, State, StoryCall
from journal.spam import tokens
from journal.spam.screening import NEWCOMER
from people.guests import Viewer
from people.models import Person
from responses.models import Board
from responses.transcription import parse
from tests.journeys.plain import Answer, Visitor
from tests.journeys.publishing.records import (
    A_STATION,
    COMMENTS,
    LINK,
    Film,
    address_of,
    comments_of,
    day_in,
    lines_of,
    parts_of,
    record,
    words,
)
from tests.journeys.publishing.volunteer import Form, Volunteer, main_of, text_of
from tests.journeys.test_plain_workshop import as_cookie
from tools.visitors import session_cookie

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

PROJECT = "Jam and Justice"
SHEFFIELD, AUTHORITY = "University of Sheffield", "Greater Manchester Combined Authority"
HOSTS = [PROJECT, "GMCVO", "University of Birmingham", "University of Manchester", SHEFFIELD]
# Who is named in which record, and where they belong.
NAMED = {
    "Beth Perry": ("001", SHEFFIELD),
    "Matthew Kidd": ("001", "Elephants"),
    "Catherine Durose": ("001", "University of Birmingham"),
    "Liz Richardson": ("001", "University of Manchester"),
    "Katie Finney": ("003", "Amity HCD"),
    "Bertie Russell": ("003", SHEFFIELD),
    "David Rogerson": ("003", AUTHORITY),
    "Jacob Botham": ("003", AUTHORITY),
}
# The records say that there is a film and not where; any address of its kind does.
A_FILM = "https://www.youtube.com/watch?v=AAAAAAAAAAA"


@pytest.fixture
def volunteer(live_server: LiveServer, ada: Viewer, monkeypatch: pytest.MonkeyPatch) -> Iterator[Volunteer]:
    """Whoever types is quicker here than anybody is."""
    monkeypatch.setattr(tokens, "AT_LEAST", 0)
    volunteer = Volunteer(live_server.url)
    with session_cookie(ada.person) as cookie:
        volunteer.cookies.set_cookie(as_cookie(cookie["name"], cookie["value"], live_server.url))
        yield volunteer


@pytest.fixture
def reader(live_server: LiveServer) -> Visitor:
    return Visitor(live_server.url)


# Records of events


def test_the_first_meeting_stands_as_it_was_written_with_its_film(
    volunteer: Volunteer, reader: Visitor
) -> None:
    text = record("000")
    title, *lines = lines_of(text)
    place = next(line for line in lines if PROJECT in line).split(" to the ")[1].split(" in ")[0]
    film = Film(title=title, alternative="Nobody has written down yet what it shows.", address=A_FILM)
    facts = {"place": place, "organisations": PROJECT, "attendance_stated": "three dozen", "attendance": "36"}
    event = volunteer.put_up([*parts_of(lines), film], name=title, date=day_in(text), **facts)
    page = reader.get(event)
    assert "three dozen" in text
    assert_says(page, title, lines)
    assert_in_slip(page, "29 January 2019", place, PROJECT, "three dozen", "36")
    assert_quoted(reader, event, lines, number=2)
    assert main_of(page.page).find_class("film")


def test_the_second_meeting_has_its_speakers_and_every_note_of_its_transcript(
    volunteer: Volunteer, reader: Visitor
) -> None:
    text = record("001")
    title, *lines = lines_of(text)
    wall = next(at for at, line in enumerate(lines) if A_STATION.fullmatch(line))
    event = volunteer.put_up(
        parts_of(lines[:wall]),
        name=title,
        date=day_in(text),
        organisations=PROJECT,
        place="The Whitworth Gallery",
    )
    speakers = ["Beth Perry", "Matthew Kidd"]
    for speaker in speakers:
        introduce(volunteer, speaker)
        agenda = Form(volunteer.get(f"{event}agenda/"), "Add it")
        lead = agenda.choice("leads", speaker)
        volunteer.fill(f"{event}agenda/", "Add it", title="A talk", leads=lead)
    preview = volunteer.fill(f"{event}import/", "Look at what it holds", text=text)
    counted = parse(text).counted
    board = volunteer.press(preview, f"Import {counted} notes")
    assert_says(reader.get(event), title, lines[:wall])
    assert_in_slip(reader.get(event), "6 March 2019", *speakers)
    assert Board.objects.get().notes.standing().count() == counted
    assert_on_board(reader.get(board.address), text)


def test_the_launch_keeps_its_links_and_holds_what_strangers_sell(
    volunteer: Volunteer, reader: Visitor, live_server: LiveServer
) -> None:
    text = record("002")
    written = lines_of(COMMENTS.split(text)[0])
    title, again, day, *lines = written
    event = volunteer.put_up(parts_of(lines), name=title, date=day, organisations="\n".join(HOSTS))
    page = reader.get(event)
    assert (title, day) == (again, day_in(text))
    assert_says(page, title, lines)
    assert_in_slip(page, "3 July 2019", *HOSTS)
    assert links_of(page) >= {address_of(link) for link in LINK.findall(" ".join(lines))}
    for comment in comments_of(text):
        answer = Volunteer(live_server.url).fill(f"{event}comment/", "Send it", text=comment)
        assert "Somebody reads it before others see it" in answer.page
    assert_held_with_reasons(comments_of(text))
    assert_told(volunteer.get("/desk/queue/"), Comment.objects.all())
    seen = " ".join(words(text_of(main_of(reader.get(event).page))))
    assert not any(" ".join(words(comment)[:6]) in seen for comment in comments_of(text))


def test_the_journey_becomes_two_events_and_loses_nothing_between_them(
    volunteer: Volunteer, reader: Visitor
) -> None:
    title, *lines = lines_of(record("003"))
    at = next(number for number, line in enumerate(lines) if "Barcelona (" in line)
    second, _, days = lines[at].removesuffix(")").partition(" (")
    first_days = next(line for line in lines if "Cape Town (" in line).removesuffix(")").partition(" (")[2]
    there = {"name": title, "place": "Cape Town", "organisations": "Mistra Urban Futures"}
    body = "International Observatory on Participatory Democracy"
    then = {"name": second, "place": "Barcelona", "organisations": body}
    events = [
        volunteer.put_up(parts_of(lines[:at]), date=f"{first_days} 2018", **there),
        volunteer.put_up(parts_of(lines[at:]), date=f"{days} 2018", **then),
    ]
    pages = [reader.get(event) for event in events]
    assert_says(pages[0], title, lines[:at])
    assert_says(pages[1], second, lines[at:])
    assert_in_slip(pages[0], "5–7 November 2018", "Cape Town", "Mistra Urban Futures")
    assert_in_slip(pages[1], "25–27 November 2018", "Barcelona", body)
    assert_quoted(reader, events[0], lines[:at], number=1)
    assert_quoted(reader, events[1], lines[at:], number=1)


# People


def test_whoever_is_named_is_on_record_without_an_account_and_in_no_list(
    volunteer: Volunteer, reader: Visitor
) -> None:
    for name, (number, body) in NAMED.items():
        assert name in record(number)
        page = introduce(volunteer, name)
        assert body in text_of(main_of(page.page))
    people = Person.objects.filter(name__in=NAMED)
    assert people.filter(email=None, is_listed=False).count() == len(NAMED)
    assert not any(name in reader.get("/people/").page for name in NAMED)
    assert {reader.get(person.get_absolute_url()).status for person in people} == {404}


def introduce(volunteer: Volunteer, name: str) -> Answer:
    """Put somebody on record, and the body they belong to; their page."""
    page = volunteer.fill("/people/new/", "Put on record", name=name)
    body = NAMED[name][1]
    if body not in volunteer.get("/organisations/").page:
        volunteer.fill("/organisations/new/", "Put on record", name=body)
    change = volunteer.get(f"{page.address}edit/")
    chosen = Form(change, "affiliate").choice("organisation", body)
    volunteer.press(change, "affiliate", organisation=chosen)
    return volunteer.get(page.address)


# The article


def test_the_article_has_its_author_its_series_and_a_call_that_asks_what_it_asks(
    volunteer: Volunteer, reader: Visitor
) -> None:
    title, *lines, author = lines_of(record("004"))
    post = volunteer.fill("/journal/new/", "Begin", title=title)
    facts = {
        "name_0": author,
        "person_0": "",
        "new_series": title.partition(" –")[0],
        "part": "1",
        "parts": "4",
    }
    volunteer.press(post, "Save", **facts)
    address = Post.objects.get().get_absolute_url()
    volunteer.write(f"{address}write/", parts_of(lines))
    volunteer.fill(f"{address}edit/", "Keep this", when="now")
    page = reader.get(address)
    assert_says(page, title, lines)
    assert f"By {author}" in " ".join(text_of(main_of(page.page)).split())
    assert "1 of 4" in page.page
    assert_called_for(volunteer, reader, prompt=lines[-2])


def assert_called_for(volunteer: Volunteer, reader: Visitor, *, prompt: str) -> None:
    topics = ["connection", "sharing", "kindness"]
    assert all(topic in prompt for topic in topics)
    asked = {"title": "Three kinds of courage", "prompt": prompt, "topics": "\n".join(topics), "when": "now"}
    volunteer.fill("/stories/new/", "Make the call", **asked)
    page = reader.get(StoryCall.objects.get().get_absolute_url())
    assert " ".join(words(prompt)) in " ".join(words(text_of(main_of(page.page))))
    tell = Form(reader.get(f"{page.address}tell/"), "Send the story")
    assert [tell.choice("topic", topic) for topic in topics] == topics


# What a reader finds


def assert_says(page: Answer, title: str, lines: list[str]) -> None:
    """The page is called `title`, and its text has every word of the lines in their order, and no other."""
    main = main_of(page.page)
    assert page.status == 200
    assert words(text_of(main.find(".//h1"))) == words(title)
    shown = main.find_class("text")[0]
    for beside in [
        *shown.find_class("film"),
        *shown.find_class("text__instead"),
        *shown.findall(".//footer/a"),
    ]:
        beside.drop_tree()
    assert words(text_of(shown)) == words(" ".join(lines))


def assert_in_slip(page: Answer, *facts: str) -> None:
    said = " ".join(text_of(main_of(page.page)).split())
    assert [fact for fact in facts if fact not in said] == []


def assert_quoted(reader: Visitor, event: str, lines: list[str], *, number: int) -> None:
    """Each quotation of the lines is an item of its own, at an address of its own."""
    said = [part["text"] for part in parts_of(lines) if part["kind"] == "quotation"]
    kept = Quotation.objects.filter(event__slug=event.rstrip("/").rpartition("/")[2])
    assert len(said) == number
    assert sorted(kept.values_list("text", flat=True)) == sorted(said)
    main = main_of(reader.get(event).page)
    for quotation in kept:
        place = main.get_element_by_id(quotation.identifier)
        assert words(quotation.text) == words(text_of(place))[: len(words(quotation.text))]
        assert f"#{quotation.identifier}" in place.xpath(".//a/@href")


def links_of(page: Answer) -> set[str]:
    return set(main_of(page.page).find_class("text")[0].xpath(".//a/@href"))


def assert_on_board(page: Answer, text: str) -> None:
    """Every heading and the words of every note, as often as they were written."""
    seen = " ".join(words(text_of(main_of(page.page))))
    for station in parse(text).stations:
        notes = [" ".join(words(note.plain)) for note in station.notes if note.text_state != "no_text"]
        assert " ".join(words(station.heading)) in seen
        assert [note for note in notes if seen.count(note) < notes.count(note)] == []


def assert_held_with_reasons(texts: list[str]) -> None:
    sent = Comment.objects.order_by("sent_at")
    assert [words(comment.text) for comment in sent] == [words(text) for text in texts]
    assert {comment.state for comment in sent} == {State.HELD}
    assert all(set(comment.held_because) - {NEWCOMER} for comment in sent)
    assert not Comment.objects.exclude(shown_at=None).exists()


def assert_told(queue: Answer, sent: Iterable[Comment]) -> None:
    """Whoever decides reads each comment and every reason to look closely at it."""
    said = " ".join(text_of(main_of(queue.page)).split())
    assert all(reason in said for comment in sent for reason in comment.held_because)
    assert all(" ".join(comment.text.split()) in said for comment in sent)
