"""What a facilitator fills in for people in the room."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy

from people.consent import consent_unasked
from people.models import Consent
from responses.forms import CHOICES, MARK_MISSING, ConsentFields, KeyedForm, WordsField
from responses.hands import MOST
from responses.models import Board, Station
from responses.words import MOST as MOST_CHARACTERS

HOW_MANY = format_lazy(gettext_lazy("Type how many hands there were, from 1 to {most}."), most=MOST)


class AtStation(KeyedForm):
    """Something that stands at a heading of a board."""

    station = forms.ChoiceField(
        label=gettext_lazy("Heading"), error_messages={"invalid_choice": gettext_lazy("Choose a heading.")}
    )
    mark = forms.ChoiceField(
        label=gettext_lazy("Which mark?"),
        choices=CHOICES,
        widget=forms.RadioSelect,
        error_messages={"required": MARK_MISSING, "invalid_choice": MARK_MISSING},
    )

    def __init__(self, board: Board, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.stations = list(board.stations.all())
        self.fields["station"].choices = choices_of(self.stations)
        self.initial.setdefault("station", _first_shown(board, self.stations))

    def chosen_station(self) -> Station:
        return next(one for one in self.stations if one.code == self.cleaned_data["station"])


class HandsForm(AtStation):
    """Hands that went up for one mark."""

    number = forms.IntegerField(
        label=gettext_lazy("How many?"),
        min_value=1,
        max_value=MOST,
        widget=forms.NumberInput(attrs={"class": "input--short", "inputmode": "numeric"}),
        error_messages={
            "required": HOW_MANY,
            "invalid": HOW_MANY,
            "min_value": HOW_MANY,
            "max_value": HOW_MANY,
        },
    )
    where = forms.CharField(
        label=gettext_lazy("Where they sat"),
        required=False,
        max_length=100,
        help_text=gettext_lazy(
            "Stands on the card after “raised by hand”. For example: at the round tables."
        ),
    )
    field_order = ["station", "mark", "number", "where", "key"]


class HandedInForm(AtStation, ConsentFields):
    """A note that somebody in the room said aloud or handed in."""

    words = WordsField(
        label=gettext_lazy("Their words"),
        help_text=format_lazy(
            gettext_lazy("As they said or wrote them. A note holds {most} characters."), most=MOST_CHARACTERS
        ),
        error_messages={
            "required": gettext_lazy("Type the words. Marks without words are counted by hands.")
        },
    )
    field_order = ["station", "mark", "words", "public", "research", "asked", "key"]

    def __init__(self, board: Board, *args: Any, **kwargs: Any) -> None:
        super().__init__(board, *args, **kwargs)
        self.fields["words"].widget.attrs |= {"rows": 3}
        if board.may_include_under_18s:
            # Nobody there is asked.
            del self.fields["public"], self.fields["research"]

    def consent(self) -> Consent:
        return super().consent() if "public" in self.fields else consent_unasked()


def choices_of(stations: Iterable[Station]) -> list[tuple[str, str]]:
    return [(station.code, station.heading) for station in stations]


def _first_shown(board: Board, stations: Iterable[Station]) -> str:
    """The station the room is shown, so that the one it talks about is chosen already."""
    return next((one.code for one in stations if one.pk == board.shown_station_id), "")
