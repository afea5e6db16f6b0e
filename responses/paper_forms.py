"""What organisers fill in about paper: how many sheets to print, and which note was written on which."""

from typing import Any

from django import forms

from people.models import Consent
from people.refusals import Refused
from responses.forms import ConsentFields
from responses.hand_forms import choices_of
from responses.models import Board, Note, Station
from responses.stubs import MOST, MOST_AT_ONCE

HOW_MANY = f"Type how many sheets each heading needs, from 1 to {MOST_AT_ONCE}."
WHICH = "Type the number that stands large on the sheet."


class PackForm(forms.Form):
    """How many note sheets, and how large the print."""

    each = forms.IntegerField(
        label="Note sheets for each heading",
        min_value=1,
        max_value=MOST_AT_ONCE,
        initial=8,
        help_text="Four go on a page, one in large print. Numbers go on from the last pack.",
        widget=forms.NumberInput(attrs={"class": "input--short", "inputmode": "numeric"}),
        error_messages=dict.fromkeys(("required", "invalid", "min_value", "max_value"), HOW_MANY),
    )
    size = forms.ChoiceField(
        label="Print",
        choices=[("", "Ordinary"), ("large", "Large: no letters under 18 point")],
        required=False,
        widget=forms.RadioSelect,
        initial="",
    )


class TieForm(ConsentFields):
    """Which note was written on which numbered sheet, and what is ticked on it."""

    station = forms.ChoiceField(label="Heading", error_messages={"invalid_choice": "Choose a heading."})
    number = forms.IntegerField(
        label="Number on the sheet",
        min_value=1,
        max_value=MOST,
        widget=forms.NumberInput(attrs={"class": "input--short", "inputmode": "numeric"}),
        error_messages=dict.fromkeys(("required", "invalid", "min_value", "max_value"), WHICH),
    )
    note = forms.IntegerField(
        label="Number of its note on the board",
        min_value=1,
        help_text="Of the same heading: 15 for POW-15.",
        widget=forms.NumberInput(attrs={"class": "input--short", "inputmode": "numeric"}),
        error_messages={"required": "Type the number of the note."},
    )
    field_order = ["station", "number", "note", "public", "research", "asked"]

    def __init__(self, board: Board, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.stations: list[Station] = list(board.stations.all())
        self.fields["station"].choices = choices_of(self.stations)
        if board.may_include_under_18s:
            # Nobody there is asked.
            del self.fields["public"], self.fields["research"]

    def chosen_note(self) -> Note:
        """The note that was named; raises Refused where there is none."""
        station = next(one for one in self.stations if one.code == self.cleaned_data["station"])
        note = Note.objects.filter(station=station, number=self.cleaned_data["note"]).first()
        if note is None:
            raise Refused(f"There is no note {station.code}-{self.cleaned_data['note']:02}.")
        return note

    def consent(self) -> Consent | None:
        return super().consent() if "public" in self.fields else None
