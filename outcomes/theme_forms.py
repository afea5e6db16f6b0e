"""What whoever groups notes fills in: a theme's name, and which notes they look through."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from events.models import Event
from outcomes.models import Theme
from outcomes.themes import LONGEST_ABOUT, LONGEST_NAME, UNNAMED
from people.guests import Viewer
from responses.models import Mark, Station

EVERY, HELD, LOOSE = "", "held", "loose"


class ThemeForm(forms.Form):
    name = forms.CharField(
        label=gettext_lazy("What is the theme called?"),
        max_length=LONGEST_NAME,
        help_text=gettext_lazy("A few words that say what its notes have in common."),
        error_messages={"required": UNNAMED},
    )
    about = forms.CharField(
        label=gettext_lazy("What holds it together?"),
        required=False,
        max_length=LONGEST_ABOUT,
        help_text=gettext_lazy("In a sentence or two. Say also what does not fit, if something does not."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, of: Theme | None = None, **kwargs: Any) -> None:
        """`of`: the theme that this is about, or the one to begin from."""
        initial = {"name": of.name, "about": of.about} if of else {}
        super().__init__(*args, initial=initial, **kwargs)


class LookForm(forms.Form):
    """Which notes of the event are looked through; anything that is no choice means all of them."""

    words = forms.CharField(label=gettext_lazy("With the words"), required=False, max_length=100)
    mark = forms.ChoiceField(
        label=gettext_lazy("Mark"),
        required=False,
        choices=[("", gettext_lazy("Every mark")), *((mark.value, mark.label) for mark in Mark)],
    )
    station = forms.ChoiceField(label=gettext_lazy("Heading"), required=False)
    which = forms.ChoiceField(
        label=gettext_lazy("Which"),
        required=False,
        choices=[
            (EVERY, gettext_lazy("every note")),
            (LOOSE, gettext_lazy("notes that are in no other theme")),
            (HELD, gettext_lazy("the notes in this theme")),
        ],
    )

    def __init__(self, event: Event, viewer: Viewer, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.widget.attrs["class"] = "input"
        stations = Station.objects.visible_to(viewer).filter(board__event=event)
        by_board: dict[str, list[tuple[str, str]]] = {}
        for station in stations.select_related("board").order_by("board", "position"):
            by_board.setdefault(station.board.name, []).append((station.identifier, station.heading))
        self.fields["station"].choices = [("", _("Every heading")), *by_board.items()]

    @property
    def asked(self) -> dict[str, str]:
        """What was chosen, as it stands in an address; without what is left open or is no choice."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}
