"""What organisers fill in about series of events."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from events.models import Event
from events.planning_forms import SHORT


class SeriesForm(forms.Form):
    """A series: what it is called and about."""

    name = forms.CharField(
        label=gettext_lazy("What is the series called?"),
        max_length=200,
        error_messages={"required": gettext_lazy("Give the series a name, as people will see it.")},
    )
    summary = forms.CharField(
        label=gettext_lazy("What holds it together?"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class PlacesForm(SeriesForm):
    """A series that has events, with the place of each."""

    def __init__(self, events: list[Event], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.events = events
        for place, event in enumerate(events, 1):
            self.fields[f"place-{event.pk}"] = forms.IntegerField(
                label=_("Place of %(name)s, %(words)s") % {"name": event.name, "words": event.span.words()},
                initial=place,
                min_value=1,
                max_value=1000,
                widget=forms.NumberInput(attrs=SHORT | {"inputmode": "numeric"}),
                error_messages={"required": _("Type a number: the events stand in order of it.")},
            )

    @property
    def order(self) -> list[int]:
        """The primary keys of the events in the order that was asked for."""
        return [
            event.pk
            for event in sorted(self.events, key=lambda event: self.cleaned_data[f"place-{event.pk}"])
        ]
