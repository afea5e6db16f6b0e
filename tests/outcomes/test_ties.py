"""Ties: signed, taken back by whoever signed them, and never doubled."""

from collections.abc import Callable

import pytest

from outcomes.models import NoTie, Tie
from outcomes.ties import may_tie, say_no_tie, take_no_tie_back, tie, untie
from people.guests import ANYBODY, Viewer
from people.models import Act
from people.refusals import Refused
from principles.models import Principle, PrincipleSet
from responses.models import Note, Station
from tests.conftest import make_person


@pytest.fixture
def two(make_set: Callable[..., PrincipleSet]) -> list[Principle]:
    return list(make_set("Power", "Time").principles.all())


def test_a_tie_has_no_direction_and_is_signed_once(two: list[Principle], ada: Viewer) -> None:
    one = tie(*two, "They meet.", by=ada)
    assert tie(*reversed(two), "They meet.", by=ada) == one
    assert Act.objects.filter(verb="tied").count() == 1
    with pytest.raises(Refused, match="already"):
        tie(*two, "They met.", by=ada)


def test_two_people_may_sign_the_same_tie_for_reasons_of_their_own(
    two: list[Principle], ada: Viewer, steward: Viewer
) -> None:
    tie(*two, "They meet.", by=ada)
    tie(*two, "I saw both fail at once.", by=steward)
    assert Tie.objects.standing().count() == 2


@pytest.mark.parametrize("why", ["", "  ", "x" * 501])
def test_a_tie_without_a_reason_that_fits_is_refused(two: list[Principle], ada: Viewer, why: str) -> None:
    with pytest.raises(Refused):
        tie(*two, why, by=ada)


def test_a_principle_is_not_tied_to_itself(two: list[Principle], ada: Viewer) -> None:
    with pytest.raises(Refused, match="one principle"):
        tie(two[0], two[0], "It is.", by=ada)


def test_only_whoever_organises_ties(
    two: list[Principle], station: Station, ben: Viewer, researcher: Viewer
) -> None:
    for viewer in (ANYBODY, ben, researcher):
        assert not may_tie(viewer)
        with pytest.raises(Refused, match="organisers"):
            tie(*two, "They meet.", by=viewer)


def test_whoever_runs_an_event_ties_without_a_role_over_the_site(
    two: list[Principle], make_helper: Callable, station: Station
) -> None:
    assert may_tie(make_helper("Olu", "organiser"))


def test_a_tie_is_taken_back_by_whoever_signed_it_or_a_steward(
    two: list[Principle], ada: Viewer, steward: Viewer
) -> None:
    signed = tie(*two, "They meet.", by=ada)
    other = Viewer(person=make_person("Ola", "organiser"))
    with pytest.raises(Refused, match="whoever signed"):
        untie(signed, by=other)
    untie(signed, by=steward)
    untie(signed, by=steward)
    assert Act.objects.filter(verb="untied").count() == 1
    assert tie(*two, "They meet.", by=ada) != signed
    assert Tie.objects.count() == 2


def test_a_note_that_does_not_mean_it_stays_as_it_is(
    two: list[Principle], ada: Viewer, station: Station, post_note: Callable[..., Note]
) -> None:
    note = post_note(station, "Links to time.")
    said = say_no_tie(note, two[1], "It means the clock.", by=ada)
    assert say_no_tie(note, two[1], "Something else.", by=ada) == said
    note.refresh_from_db()
    assert note.text == "Links to time."
    with pytest.raises(Refused, match="whoever said"):
        take_no_tie_back(said, by=Viewer(person=make_person("Ola", "organiser")))
    take_no_tie_back(said, by=ada)
    assert not NoTie.objects.exists()
    verbs = Act.objects.filter(subject=note.identifier, person=ada.person).values_list("verb", flat=True)
    assert set(verbs) == {"said it does not mean", "said it does mean"}


def test_nobody_judges_a_note_they_cannot_read(
    two: list[Principle], make_event: Callable, make_board: Callable, post_note: Callable[..., Note]
) -> None:
    note = post_note(make_board().stations.get(), "Links to time.", public=False)
    stranger = Viewer(person=make_person("Ola", "organiser"))
    with pytest.raises(Refused, match="not there"):
        say_no_tie(note, two[1], "It means the clock.", by=stranger)
