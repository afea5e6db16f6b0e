"""Most contested: an order of counts, where agreement never stands alone."""

from collections.abc import Callable

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from events.models import Event
from outcomes.contested import Made, in_order, made_of, most_contested, with_challenges
from people.guests import ANYBODY, Viewer
from principles.models import Principle, Wording
from responses.answers import answers_to
from responses.board import withdraw_note
from responses.models import Board, Mark, Note, Station
from responses.tallies import Tally
from tests.tries import tries


@pytest.fixture
def stations(make_set: Callable, make_board: Callable[..., Board]) -> list[Station]:
    """Power and Time, each asked about at a station of its own."""
    principles = make_set("Power", "Time").principles.all()
    found = list(make_board("Power", "Time").stations.all())
    for station, principle in zip(found, principles, strict=True):
        station.pairings.create(principle=principle)
    return found


def made(viewer: Viewer = ANYBODY) -> list[Made]:
    return made_of(Principle.objects.order_by("position"), viewer, Event.objects.visible_to(viewer))


def names(found: list[Made]) -> list[str]:
    return [one.principle.name for one in found]


def test_the_most_challenged_comes_first_and_the_most_agreed_in_the_other_order(
    stations: list[Station], post_note: Callable[..., Note]
) -> None:
    power, time = stations
    for _ in range(3):
        post_note(power, "Yes.")
    post_note(time, "No.", mark=Mark.SQUARE)
    assert names(in_order(made(), "contested")) == ["Time", "Power"]
    assert names(in_order(made(), "agreed")) == ["Power", "Time"]


def test_what_nobody_answered_is_in_no_order(stations: list[Station], post_note: Callable[..., Note]) -> None:
    post_note(stations[0], "Yes.")
    assert names(in_order(made(), "contested")) == ["Power"]


NOTES = st.lists(
    st.tuples(
        st.integers(0, 1),  # the station
        st.sampled_from([mark for mark in Mark if mark != Mark.NOT_RECORDED]),
        st.booleans(),  # public
        st.sampled_from(["stands", "withdrawn", "pinned to the other too", "moved"]),
    ),
    max_size=8,
)


@settings(max_examples=tries(40), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(notes=NOTES)
def test_the_numbers_are_those_of_the_principle_s_own_page(
    stations: list[Station], post_note: Callable[..., Note], ben: Viewer, ada: Viewer, notes: list[tuple]
) -> None:
    Note.objects.all().delete()
    wordings = list(Wording.objects.order_by("principle__position"))
    for number, (at, mark, public, what) in enumerate(notes):
        note = post_note(stations[at], f"Line {number}.", mark=mark, public=public)
        if what == "withdrawn":
            withdraw_note(note, by=ben)
        elif what == "pinned to the other too":
            note.wordings.add(*wordings)
        elif what == "moved":
            note.wordings.set([wordings[1 - at]])
    for viewer in (ANYBODY, ben, ada):
        events = Event.objects.visible_to(viewer)
        for one in with_challenges(made(viewer), viewer, events):
            answers = answers_to(one.principle, viewer)
            assert one.tally == answers.tally
            assert one.challenge == answers.challenge
            assert [row for row in one.by_event if row[1] != Tally()] == [
                row for row in answers.by_event if row[1] != Tally()
            ]


def test_every_wording_of_a_principle_counts_a_note_once(
    stations: list[Station], post_note: Callable[..., Note]
) -> None:
    time = Principle.objects.get(slug="time")
    newer = time.wordings.create(version=2, text="Time is given.", status="checked")
    post_note(stations[0], "Links.").wordings.add(newer, time.wordings.get(version=1))
    assert {one.principle.name: one.tally.total for one in made()} == {"Power": 1, "Time": 1}


def test_the_page_shows_the_strongest_challenge_beside_the_agreement(
    client: Client, stations: list[Station], post_note: Callable[..., Note]
) -> None:
    post_note(stations[0], "Yes.")
    post_note(stations[0], "Who pays for it?", mark=Mark.SQUARE)
    post_note(stations[1], "Take it.")
    page = client.get("/contested/").text
    assert "1 agree, 1 challenge" in page
    assert "Who pays for it?" in page
    assert "1 agree. No challenge on record." in page


def test_a_challenge_kept_to_its_board_counts_and_is_said_to_be_there(
    client: Client, stations: list[Station], post_note: Callable[..., Note]
) -> None:
    post_note(stations[0], "Yes.")
    post_note(stations[0], "For us only.", mark=Mark.SQUARE, public=False)
    page = client.get("/contested/").text
    assert "1 agree, 1 challenge" in page
    assert "without words you can read here" in page
    assert "For us only." not in page


def test_the_page_is_narrowed_to_a_set_a_series_and_a_year(
    client: Client, stations: list[Station], post_note: Callable[..., Note]
) -> None:
    post_note(stations[0], "Yes.")
    for asked, is_there in {
        "set=lanterns": True, "set=nothing": True, "year=2019": True, "year=1999": True,
        "set=lanterns&year=2019&order=agreed": True, "series=nothing": True,
    }.items():  # fmt: skip
        assert ("1 agree" in client.get(f"/contested/?{asked}").text) is is_there, asked
    Event.objects.update(date="2018", first_day="2018-01-01", last_day="2018-12-31")
    assert "2018" in client.get("/contested/").text


def test_another_year_leaves_out_what_was_said_in_this_one(
    client: Client, stations: list[Station], post_note: Callable[..., Note], make_event: Callable[..., Event]
) -> None:
    make_event("elsewhere", date="2020-02-02")
    post_note(stations[0], "Yes.")
    page = client.get("/contested/?year=2020").text
    assert "1 agree" not in page
    assert "Nobody has answered these here" in page


def test_the_front_page_leads_to_the_most_contested(
    client: Client, stations: list[Station], post_note: Callable[..., Note]
) -> None:
    post_note(stations[1], "Whose time?", mark=Mark.SQUARE)
    page = client.get("/").text
    assert "What people made of each principle" in page
    assert "Whose time?" in page
    assert 'href="/contested/"' in page


@pytest.mark.parametrize("answered", [1, 3])
def test_the_most_contested_are_found_in_the_same_number_of_questions(
    make_set: Callable, make_board: Callable[..., Board], post_note: Callable[..., Note],
    django_assert_num_queries: Callable, answered: int,
) -> None:  # fmt: skip
    headings = ("Power", "Time", "Care")
    principles = make_set(*headings).principles.all()
    for station, principle in zip(make_board(*headings).stations.all()[:answered], principles, strict=False):
        station.pairings.create(principle=principle)
        post_note(station, "No.", mark=Mark.SQUARE)
    with django_assert_num_queries(6):
        assert len(most_contested(ANYBODY, most=3)) == answered
