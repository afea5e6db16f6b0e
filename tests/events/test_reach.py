"""How far each role in an event reaches: the table of `events.duties`, role by role and act by act."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from uuid import uuid4

import pytest
from django.db import transaction
from django.test import Client

from archive.rows import Export
from coproduce.images.making import NotAPicture
from events.agenda import add_item, remove_item
from events.duties import appoint, end_appointment
from events.invitations import invite
from events.models import Appointment, Duty, Event, Series
from events.reach import Reach, organisers_of, reach_in
from people.consent import consent_given
from people.guests import ANYBODY, Viewer
from people.models import Role
from people.refusals import Refused
from people.terms import accept_terms
from responses.board import take_down_note
from responses.cards import count_zones, make_cards
from responses.drawing import make_drawing
from responses.drawing_desk import hide_picture, put_on_record, show_picture, take_down_picture
from responses.hands import count_hands, put_up_note
from responses.layouts import Planned, keep_layout, make_board
from responses.merges import keep_apart
from responses.models import (
    Board,
    Card,
    Matching,
    Note,
    Option,
    Photo,
    Picture,
    Poll,
    Reading,
    Region,
    Station,
    Zone,
)
from responses.models.photos import notes_to_read_by
from responses.moderation import hide_note, pin_note, show_note
from responses.photos.adding import add_photo
from responses.photos.covering import cover_boxes
from responses.photos.matching import undo_matching
from responses.photos.publishing import Said, describe_photo, publish_photo, take_down_photo, unpublish_photo
from responses.photos.regions import add_region, move_region, remove_region
from responses.poll import (
    add_option,
    answer_option,
    hide_option,
    make_poll,
    show_option,
    withdraw_option,
)
from responses.poll import count_hands as count_for_option
from responses.readings.asking import ask_the_room
from responses.readings.ruling import accept_reading
from responses.room import (
    change_phase,
    change_settings,
    close_activity,
    open_activity,
    set_timer,
    show_station,
)
from responses.stubs import print_stubs, tie_stub
from tests.cards import hold_cards
from tests.conftest import make_person
from tests.drawings import hang_one, hold_drawing
from tests.paper import paper_note, read_as
from tests.photos import make_photo
from tests.polls import hold_poll, suggest
from tests.reading import box_on

pytestmark = pytest.mark.django_db

ORGANISER, FACILITATOR, MODERATOR = Duty.ORGANISER, Duty.FACILITATOR, Duty.MODERATOR
TRANSCRIBER, RESEARCHER = Duty.TRANSCRIBER, Duty.RESEARCHER
RUN, LEAD, LOOK, WALL = (
    {ORGANISER},
    {ORGANISER, FACILITATOR},
    {ORGANISER, FACILITATOR, MODERATOR},
    {ORGANISER, TRANSCRIBER},
)
SAID = Said(alt="A sheet with notes.")


@dataclass
class Scene:
    """An event with one of everything that somebody may do something with."""

    event: Event
    board: Board
    station: Station
    note: Note
    paper: Note
    reading: Reading
    option: Option
    poll: Poll
    card: Card
    zone: Zone
    picture: Picture
    photo: Photo
    shown: Photo
    region: Region


@pytest.fixture
def scene(
    make_board: Callable[..., Board], post_note: Callable[..., Note], dee: Viewer, ada: Viewer
) -> Scene:
    board = make_board("Power", "Time")
    station, event = board.stations.get(code="POW"), board.event
    paper = paper_note(station)
    poll = hold_poll(event, "Tea", phase="propose")
    cards = hold_cards(event)
    photo, shown = make_photo(event, ada, board=board), make_photo(event, ada, board=board, size=(900, 700))
    describe_photo(shown, Said(alt="A sheet.", basis=Photo.Basis.NOBODY, board=board), by=ada)
    publish_photo(shown, by=ada)
    print_stubs(board, by=ada, each=1)
    return Scene(
        event, board, station, post_note(station), paper, read_as(paper, "Ask first"),
        suggest(poll, by=dee), poll, cards.cards.first(), cards.zones.first(),
        hang_one(hold_drawing(event), by=dee, expression="A table for all."), photo, shown,
        box_on(photo, by=ada, station=station),
    )  # fmt: skip


Act = Callable[[Scene, Viewer], object]
CONSENT = consent_given

# What is done, by whom it may be done. Each act stands alone and would go through for an organiser.
ACTS: dict[str, tuple[set[str], Act]] = {
    "close": (LEAD, lambda it, by: close_activity(it.board, by=by)),
    "open": (LEAD, lambda it, by: open_activity(it.board, by=by)),
    "change the phase": (LEAD, lambda it, by: change_phase(it.board, "mark", by=by)),
    "change settings": (LEAD, lambda it, by: change_settings(it.board, seats=7, by=by)),
    "set the timer": (LEAD, lambda it, by: set_timer(it.board, 5, by=by)),
    "lead to a heading": (LEAD, lambda it, by: show_station(it.board, it.station, by=by)),
    "count hands": (
        LEAD, lambda it, by: count_hands(it.station, by=by, key=uuid4(), mark="tick", number=3),
    ),
    "put up what was said": (
        LEAD, lambda it, by: put_up_note(
            it.station, by=by, key=uuid4(), mark="tick", words="Aloud.", consent=any_consent(),
        ),
    ),
    "count the room": (
        LEAD, lambda it, by: count_zones(
            it.card, "before", dict.fromkeys(it.card.cards.zones.all(), 2), by=by
        ),
    ),
    "count hands for a suggestion": (LEAD, lambda it, by: count_for_option(it.option, 4, by=by)),
    "add a suggestion": (
        LEAD, lambda it, by: add_option(
            it.poll, by=by, key=uuid4(), text="Cake", wish="any", consent=any_consent()
        ),
    ),
    "answer a suggestion": (LEAD, lambda it, by: answer_option(it.option, by=by, answer="Next time.")),
    "print sheets": (LEAD, lambda it, by: print_stubs(it.board, by=by, each=1)),
    "plan the day": (LEAD, lambda it, by: remove_item(add_item(it.event, by=by, title="Tea"), by=by)),
    "hide a note": (LOOK, lambda it, by: hide_note(it.note, "It names somebody.", by=by)),
    "show a note": (LOOK, lambda it, by: show_note(it.note, by=by)),
    "pin a note": (LOOK, lambda it, by: pin_note(it.note, by=by)),
    "hide a suggestion": (LOOK, lambda it, by: hide_option(it.option, "Not here.", by=by)),
    "show a suggestion": (LOOK, lambda it, by: show_option(it.option, by=by)),
    "hide a picture": (LOOK, lambda it, by: hide_picture(it.picture, "Not here.", by=by)),
    "show a picture": (LOOK, lambda it, by: show_picture(it.picture, by=by)),
    "describe a photograph": (WALL, lambda it, by: describe_photo(it.photo, SAID, by=by)),
    "draw a box": (WALL, lambda it, by: add_region(it.photo, (300, 300, 90, 90), by=by)),
    "move a box": (WALL, lambda it, by: move_region(it.region, (400, 400, 90, 90), by=by)),
    "remove a box": (WALL, lambda it, by: remove_region(it.region, by=by)),
    "undo a match": (WALL, lambda it, by: undo_matching(a_matching(it), by=by)),
    "tie a sheet": (WALL, lambda it, by: tie_stub(it.paper, 1, by=by)),
    "say on what basis a photograph is shown": (
        RUN, lambda it, by: describe_photo(it.photo, Said(alt="A sheet.", basis=Photo.Basis.NOBODY), by=by),
    ),
    "publish a photograph": (RUN, lambda it, by: publish_photo(it.shown, by=by)),
    "unpublish a photograph": (RUN, lambda it, by: unpublish_photo(it.shown, by=by)),
    "take a photograph down": (RUN, lambda it, by: take_down_photo(it.photo, "A face.", by=by)),
    "cover": (RUN, lambda it, by: cover_boxes(it.photo, [(0, 0, 50, 50)], "A face.", by=by)),
    "take a note down": (RUN, lambda it, by: take_down_note(it.note, "It harms.", by=by)),
    "take a suggestion down": (RUN, lambda it, by: withdraw_option(it.option, by=by, why="It harms.")),
    "take a picture down": (RUN, lambda it, by: take_down_picture(it.picture, "It harms.", by=by)),
    "put a line on the record": (RUN, lambda it, by: put_on_record(it.picture, by=by)),
    "rule": (RUN, lambda it, by: accept_reading(it.reading, by=by)),
    "ask the room": (RUN, lambda it, by: ask_the_room(it.event, by=by, message="Who?", days=3)),
    "say that two are two": (RUN, lambda it, by: keep_apart(it.note, twin_of(it), by=by)),
    "make a board": (RUN, lambda it, by: make_board(it.event, name="B", stations=[Planned("X")], by=by)),
    "make a poll": (RUN, lambda it, by: make_poll(it.event, name="P", by=by)),
    "make cards": (RUN, lambda it, by: make_cards(
        it.event, by=by, name="C", prompts=["One."], zones=["Yes", "No"])),
    "make a drawing": (RUN, lambda it, by: make_drawing(it.event, by=by, name="D")),
    "keep a layout": (RUN, lambda it, by: keep_layout(it.board, "Kept", by=by)),
    "give a role": (RUN, lambda it, by: appoint(fay(), FACILITATOR, by=by, event=it.event)),
    "invite": (RUN, lambda it, by: invite("gil@example.org", by=by, event=it.event, duty=FACILITATOR)),
    "end a role": (RUN, lambda it, by: end_appointment(a_role(it), by=by)),
}  # fmt: skip


def any_consent() -> object:
    return consent_given(public=True, research=True)


def fay() -> object:
    return make_person("Fay")


def a_role(scene: Scene) -> Appointment:
    return Appointment.objects.create(person=fay(), duty=RESEARCHER, event=scene.event)


def a_matching(scene: Scene) -> Matching:
    return Matching.objects.create(board=scene.board, number=0)


def twin_of(scene: Scene) -> Note:
    return scene.board.notes.exclude(pk=scene.note.pk).first()


@contextmanager
def tried() -> Iterator[None]:
    """Nothing of what is done within stays."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def may(scene: Scene, act: Act, by: Viewer) -> bool:
    with tried():
        try:
            act(scene, by)
        except Refused:
            return False
        return True


@pytest.fixture(params=["event", "series"])
def held_by(request: pytest.FixtureRequest, scene: Scene) -> dict[str, Viewer]:
    """Somebody with each role, in the event itself or in its series."""
    if request.param == "series":
        scene.event.series = Series.objects.create(slug="walks", name="Walks")
        scene.event.save()
    where = {request.param: scene.event if request.param == "event" else scene.event.series}
    people = {duty: make_person(f"With-{duty}") for duty in Duty}
    for duty, person in people.items():
        Appointment.objects.create(person=person, duty=duty, **where)
    return {duty: Viewer(person=person) for duty, person in people.items()}


def test_an_act_is_done_by_those_whose_role_reaches_it_and_nobody_else(
    scene: Scene, held_by: dict[str, Viewer], ben: Viewer, researcher: Viewer
) -> None:
    done = {
        name: {duty for duty, viewer in held_by.items() if may(scene, act, viewer)}
        for name, (_, act) in ACTS.items()
    }
    assert done == {name: allowed for name, (allowed, _) in ACTS.items()}
    for name, (_, act) in ACTS.items():
        assert not any(may(scene, act, viewer) for viewer in (ben, researcher, ANYBODY)), name


def test_photographs_are_added_by_those_who_work_on_the_walls(
    scene: Scene, held_by: dict[str, Viewer]
) -> None:
    for duty, viewer in held_by.items():
        refusal = NotAPicture if duty in WALL else Refused
        with pytest.raises(refusal):
            add_photo(scene.event, BytesIO(b"no picture"), by=viewer, key=uuid4())


def test_a_role_elsewhere_reaches_nothing_here(scene: Scene, make_event: Callable[..., Event]) -> None:
    person, other = make_person("Olu"), make_event("elsewhere")
    for duty in Duty:
        Appointment.objects.create(person=person, duty=duty, event=other)
    allowed = [name for name, (_, act) in ACTS.items() if may(scene, act, Viewer(person=person))]
    assert allowed == []
    assert reach_in(scene.event, Viewer(person=person)) == Reach()


def test_a_moderator_of_the_site_decides_what_is_shown_and_no_more(
    scene: Scene, site_moderator: Viewer
) -> None:
    may_do = {name for name, (_, act) in ACTS.items() if may(scene, act, site_moderator)}
    assert may_do == {name for name, (allowed, _) in ACTS.items() if allowed == LOOK}


def test_a_role_that_ended_reaches_nothing(scene: Scene, ada: Viewer) -> None:
    appointment = appoint(make_person("Fay"), FACILITATOR, by=ada, event=scene.event)
    viewer = Viewer(person=appointment.person)
    assert may(scene, ACTS["close"][1], viewer)
    end_appointment(appointment, by=ada)
    assert not may(scene, ACTS["close"][1], viewer)
    assert reach_in(scene.event, viewer) == Reach()


def test_what_each_sees_is_what_they_need(scene: Scene, held_by: dict[str, Viewer]) -> None:
    hide_note(scene.note, "It names somebody.", by=None)
    hidden = {duty for duty, viewer in held_by.items() if scene.note in Note.objects.visible_to(viewer)}
    assert hidden == LOOK
    on_paper = {duty for duty, viewer in held_by.items() if scene.paper in notes_to_read_by(viewer)}
    assert on_paper == WALL
    unpublished = {
        duty for duty, viewer in held_by.items() if scene.photo in Photo.objects.visible_to(viewer)
    }
    assert unpublished == WALL
    Event.objects.filter(pk=scene.event.pk).update(status=Event.Status.DRAFT)
    draft = {duty for duty, viewer in held_by.items() if scene.event in Event.objects.visible_to(viewer)}
    assert draft == set(Duty) - {RESEARCHER}


def test_what_a_transcriber_sees_is_paper(scene: Scene, held_by: dict[str, Viewer]) -> None:
    Note.objects.all().update(consent=consent_given(public=False, research=False))
    seen = Note.objects.visible_to(held_by[TRANSCRIBER])
    assert set(seen) == {scene.paper}
    hide_note(scene.paper, "It names somebody.", by=None)
    assert not seen.all().exists()


def test_a_researcher_of_the_event_takes_what_is_free_for_research(
    scene: Scene, held_by: dict[str, Viewer]
) -> None:
    def taking() -> set[Duty]:
        return {duty for duty, viewer in held_by.items() if Export(scene.event, viewer).sees_all}

    assert taking() == set(), "the role took it without the terms"
    for viewer in held_by.values():
        accept_terms(by=viewer, purpose="A study of this event.", body="")
    assert taking() == {ORGANISER, RESEARCHER}


def test_a_page_knows_what_somebody_may_do_in_one_question(
    scene: Scene, held_by: dict[str, Viewer], django_assert_num_queries: Callable
) -> None:
    expected = {
        ORGANISER: Reach(True, True, True, True),
        FACILITATOR: Reach(facilitates=True, moderates=True),
        TRANSCRIBER: Reach(transcribes=True),
        MODERATOR: Reach(moderates=True),
        RESEARCHER: Reach(),
    }
    for duty, viewer in held_by.items():
        assert viewer.person.role_kinds == frozenset()
        with django_assert_num_queries(1):
            assert reach_in(scene.event, viewer) == expected[duty]
    with django_assert_num_queries(0):
        assert reach_in(scene.event, ANYBODY) == Reach()


def test_readings_of_appointed_organisers_count_as_the_organisers(
    scene: Scene, held_by: dict[str, Viewer], ada: Viewer, steward: Viewer
) -> None:
    people = {held_by[ORGANISER].person, ada.person, steward.person}
    assert set(organisers_of(scene.event)) == people
    assert Role.objects.filter(person=held_by[ORGANISER].person).count() == 0


def test_a_photograph_tells_a_transcriber_no_note_that_is_not_theirs_to_read(
    client: Client, scene: Scene, held_by: dict[str, Viewer]
) -> None:
    Region.objects.filter(pk=scene.region.pk).update(note=scene.paper)
    words = "velvetbittern"
    Note.objects.filter(pk=scene.paper.pk).update(text=words, text_state="read")
    client.force_login(held_by[TRANSCRIBER].person)
    assert words in client.get(scene.photo.get_absolute_url()).text
    hide_note(scene.paper, "It names somebody.", by=None)
    assert words not in client.get(scene.photo.get_absolute_url()).text
