"""Themes under several hands at once."""

from collections.abc import Callable

import pytest

from outcomes.models import Theme
from outcomes.themes import dissolve_theme, make_theme, put_in, take_out
from people.guests import Viewer
from people.models import Act
from responses.models import Note, Station
from tests.events.test_sign_up_races import at_once

pytestmark = pytest.mark.django_db(transaction=True)
CROWD = 8


def test_a_button_pressed_eight_times_makes_one_theme(
    station: Station, post_note: Callable[..., Note], ada: Viewer
) -> None:
    notes = [post_note(station), post_note(station, "Who pays?")]
    at_once([lambda: make_theme(station.board.event, "Pen", by=ada, notes=notes)] * CROWD)
    assert Theme.objects.get().held.count() == 2
    assert Act.objects.filter(verb="theme_made").count() == 1


def test_a_note_goes_in_once_and_comes_out_once(
    station: Station, post_note: Callable[..., Note], ada: Viewer
) -> None:
    note, theme = post_note(station), make_theme(station.board.event, "Pen", by=ada)
    assert sorted(at_once([lambda: put_in(theme, [note], by=ada)] * CROWD)) == [0] * (CROWD - 1) + [1]
    assert sorted(at_once([lambda: take_out(theme, [note], by=ada)] * CROWD)) == [0] * (CROWD - 1) + [1]
    at_once([lambda: dissolve_theme(theme, by=ada)] * CROWD)
    verbs = ["theme_made", "notes_put_in", "notes_taken_out", "theme_dissolved"]
    assert (
        list(Act.objects.filter(subject=theme.identifier).order_by("pk").values_list("verb", flat=True))
        == verbs
    )
