"""What organisers fill in about paper: how many sheets to print, and which note was written on which."""

from typing import Any

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from people.models import Consent
from people.refusals import Refused
from responses.forms import ConsentFields
from responses.hand_forms import choices_of
from responses.models import Board, Note, Station
from responses.stubs import MOST, MOST_AT_ONCE

HOW_MANY = format_lazy(
    gettext_lazy("Type how many sheets each heading needs, from 1 to {most}."), most=MOST_AT_ONCE
)
WHICH = gettext_lazy("Type the number that stands large on the sheet.")


class PackForm(forms.Form):
    """How many note sheets, and how large the print."""

    each = forms.IntegerField(
        label=gettext_lazy("Note sheets for each heading"),
        min_value=1,
        max_value=MOST_AT_ONCE,
        initial=8,
        help_text=gettext_lazy("Four go on a page, one in large print. Numbers go on from the last pack."),
        widget=forms.NumberInput(attrs={"class": "input--short", "inputmode": "numeric"}),
        error_messages=dict.fromkeys(("required", "invalid", "min_value", "max_value"), HOW_MANY),
    )
    size = forms.ChoiceField(
        label=gettext_lazy("Print"),
        choices=[("", gettext_lazy("Ordinary")), ("large", gettext_lazy("Large: no letters under 18 point"))],
        required=False,
        widget=forms.RadioSelect,
        initial="",
    )


class TieForm(ConsentFields):
    """Which note was written on which numbered sheet, and what is ticked on it."""

    station = forms.ChoiceField(
        label=gettext_lazy("Heading"), error_messages={"invalid_choice": gettext_lazy("Choose a heading.")}
    )
    number = forms.IntegerField(
        label=gettext_lazy("Number on the sheet"),
        min_value=1,
        max_value=MOST,
        widget=forms.NumberInput(attrs={"class": "input--short", "inputmode": "numeric"}),
        error_messages=dict.fromkeys(("required", "invalid", "min_value", "max_value"), WHICH),
    )
    note = forms.IntegerField(
        label=gettext_lazy("Number of its note on the board"),
        min_value=1,
        help_text=gettext_lazy("Of the same heading: 15 for POW-15."),
        widget=forms.NumberInput(attrs={"class": "input--short", "inputmode": "numeric"}),
        error_messages={"required": gettext_lazy("Type the number of the note.")},
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
            raise Refused(
                _("There is no note %(code)s-%(cleaned_data)s.")
                % {"code": station.code, "cleaned_data": format(self.cleaned_data["note"], "02")}
            )
        return note

    def consent(self) -> Consent | None:
        return super().consent() if "public" in self.fields else None
