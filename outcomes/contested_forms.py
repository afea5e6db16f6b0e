"""By what the most contested principles are narrowed down: a set, a series, a year."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from events.models import Event, EventQuerySet, Series
from people.guests import Viewer
from principles.models import PrincipleQuerySet, PrincipleSet

WRONG = {"invalid_choice": gettext_lazy("This one is not there. Choose another, or all.")}


class ContestedForm(forms.Form):
    """Asked by GET; every field may stay empty."""

    set = forms.ModelChoiceField(
        PrincipleSet.objects.none(), to_field_name="slug", required=False,
        empty_label=gettext_lazy("All sets"),
        label=gettext_lazy("Principle set"), error_messages=WRONG,
    )  # fmt: skip
    series = forms.ModelChoiceField(
        Series.objects.none(), to_field_name="slug", required=False,
        empty_label=gettext_lazy("All series and events"),
        label=gettext_lazy("Series"), error_messages=WRONG,
    )  # fmt: skip
    year = forms.ChoiceField(required=False, label=gettext_lazy("Year"), error_messages=WRONG)
    order = forms.ChoiceField(
        choices=[
            ("contested", gettext_lazy("Most challenged first")),
            ("agreed", gettext_lazy("Most agreed first")),
        ],
        label=gettext_lazy("Order"),
        error_messages=WRONG,
    )

    def __init__(self, asked: dict[str, str], viewer: Viewer) -> None:
        super().__init__({"order": "contested"} | asked)
        self.label_suffix = ""
        self.fields["set"].queryset = PrincipleSet.objects.visible_to(viewer)
        self.fields["series"].queryset = Series.objects.visible_to(viewer)
        years = Event.objects.visible_to(viewer).dates("first_day", "year", order="DESC")
        self.fields["year"].choices = [("", _("All years")), *((f"{day:%Y}", f"{day:%Y}") for day in years)]
        for name in ("set", "series", "year"):
            self.fields[name].needed = _("or all")

    @property
    def asked(self) -> dict:
        """What can be answered of what was asked; a choice that is not there counts as all."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}

    def events_of(self, events: EventQuerySet) -> EventQuerySet:
        if series := self.asked.get("series"):
            events = events.filter(series=series)
        if year := self.asked.get("year"):
            events = events.filter(first_day__year=year)
        return events

    def principles_of(self, principles: PrincipleQuerySet) -> PrincipleQuerySet:
        within = self.asked.get("set")
        return principles.filter(set=within) if within else principles
