"""What people fill in about cards."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.forms import BoundField
from django.http import QueryDict
from django.utils.safestring import SafeString
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from responses.cards import FEWEST_ZONES, LONGEST_PROMPT, LONGEST_ZONE, MOST_CARDS, MOST_PEOPLE, MOST_ZONES
from responses.flows import Flow, Standing
from responses.models import Round, Zone

ZONES = ("Agree", "It depends", "Disagree")


class CardsForm(forms.Form):
    """New cards."""

    name = forms.CharField(
        label=gettext_lazy("What are they called?"),
        max_length=200,
        help_text=gettext_lazy("For example: Vote with your feet."),
        error_messages={
            "required": gettext_lazy("Give the cards a name, so that people know what they are about.")
        },
    )
    question = forms.CharField(
        label=gettext_lazy("A sentence that says what you ask"), max_length=300, required=False
    )
    prompts = forms.CharField(
        label=gettext_lazy("The cards"),
        help_text=format_lazy(
            gettext_lazy("A sentence to take a stand on, one on each line, {most} at most."), most=MOST_CARDS
        ),
        max_length=MOST_CARDS * (LONGEST_PROMPT + 2),
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"required": gettext_lazy("Write at least one sentence to take a stand on.")},
    )
    zones = forms.CharField(
        label=gettext_lazy("Where people can stand"),
        help_text=format_lazy(
            gettext_lazy("{fewest} to {most} places, one on each line, the same for every card."),
            fewest=FEWEST_ZONES,
            most=MOST_ZONES,
        ),
        max_length=MOST_ZONES * (LONGEST_ZONE + 2),
        initial="\n".join(ZONES),
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={
            "required": format_lazy(
                gettext_lazy("Name at least {fewest} places to stand."), fewest=FEWEST_ZONES
            )
        },
    )
    hides_until_reveal = forms.BooleanField(
        label=gettext_lazy("Cover the numbers until the room talks, so that nobody follows the others"),
        required=False,
    )
    is_premoderated = forms.BooleanField(
        label=gettext_lazy("Let what people write about moving wait until one of us has read it"),
        required=False,
    )

    def settings(self) -> dict[str, Any]:
        """What `make_cards` takes."""
        lines = {name: self.cleaned_data[name].splitlines() for name in ("prompts", "zones")}
        return self.cleaned_data | lines


class CountForm(forms.Form):
    """How many people without a phone stand in each zone of a card, in one round.

    Every zone is counted, or with all fields left empty the count is taken back.
    """

    use_required_attribute = False

    def __init__(
        self,
        flow: Flow,
        round: Round,  # noqa: A002
        data: QueryDict | None = None,
    ) -> None:
        self.round, self.flow = round, flow
        self.zones = {_name(zone): zone for zone in flow.zones}
        known = {name: flow.standing(zone, round).counted for name, zone in self.zones.items()}
        super().__init__(data, initial=known, auto_id=f"{round}-{flow.card.position}-%s")
        is_taken_back = data is not None and not any(data.get(name, "").strip() for name in self.zones)
        for name, zone in self.zones.items():
            self.fields[name] = _counter(zone, required=not is_taken_back)

    def boxes(self) -> Iterator[tuple[Zone, BoundField, SafeString, Standing]]:
        """Each zone with its field, the control of it, and who stands there by now."""
        for name, zone in self.zones.items():
            control = self[name].as_widget(attrs={"class": "input input--short"})
            yield zone, self[name], control, self.flow.standing(zone, self.round)

    def counts(self) -> dict[Zone, int]:
        """What `count_zones` takes: all zones, or none where every field was left empty."""
        return {
            zone: self.cleaned_data[name]
            for name, zone in self.zones.items()
            if self.cleaned_data[name] is not None
        }


def _counter(zone: Zone, *, required: bool) -> forms.IntegerField:
    return forms.IntegerField(
        label=zone.name,
        min_value=0,
        max_value=MOST_PEOPLE,
        required=required,
        widget=forms.NumberInput(attrs={"class": "input--short", "inputmode": "numeric"}),
        error_messages={
            "required": _("Say how many stand at “%(zone)s”; 0 if nobody does.") % {"zone": zone}
        },
    )


def _name(zone: Zone) -> str:
    return f"zone-{zone.position}"
