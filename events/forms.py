"""What those who run an event fill in about it."""

from django import forms
from django.utils.translation import gettext_lazy

from people.guests import Viewer
from people.models import Person


class ItemForm(forms.Form):
    """A part of the day."""

    time = forms.CharField(
        label=gettext_lazy("When"),
        max_length=20,
        required=False,
        widget=forms.TextInput(attrs={"class": "input--short", "placeholder": "10:30"}),
    )
    title = forms.CharField(
        label=gettext_lazy("What happens"),
        max_length=200,
        error_messages={"required": gettext_lazy("Say in a few words what happens in this part of the day.")},
    )
    about = forms.CharField(
        label=gettext_lazy("What it is about"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    leads = forms.ModelMultipleChoiceField(
        label=gettext_lazy("Who leads it, of the people on record"),
        queryset=Person.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple(attrs={"class": "picks"}),
        help_text=gettext_lazy("Those who are in the list of people are linked from the page of the event."),
    )
    led_by = forms.CharField(
        label=gettext_lazy("Who else leads it"),
        max_length=200,
        required=False,
        help_text=gettext_lazy("In words, as they want to be named: two members of the reading group."),
    )

    def __init__(self, viewer: Viewer, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        known = Person.objects.visible_to(viewer).standing().exclude(name="").order_by("name", "pk")
        self.fields["leads"].queryset = known
        if not known.exists():
            del self.fields["leads"]


class PlacedItemForm(ItemForm):
    """A part of the day that is there, with its place in the order."""

    position = forms.IntegerField(
        label=gettext_lazy("Place in the day"),
        min_value=0,
        max_value=500,
        widget=forms.NumberInput(attrs={"class": "input--short"}),
        error_messages={
            "required": gettext_lazy("Type a number: the parts of the day stand in order of it.")
        },
    )
