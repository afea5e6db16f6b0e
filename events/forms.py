"""What those who run an event fill in about it."""

from django import forms


class ItemForm(forms.Form):
    """A part of the day."""

    time = forms.CharField(
        label="When",
        max_length=20,
        required=False,
        widget=forms.TextInput(attrs={"class": "input--short", "placeholder": "10:30"}),
    )
    title = forms.CharField(
        label="What happens",
        max_length=200,
        error_messages={"required": "Say in a few words what happens in this part of the day."},
    )


class PlacedItemForm(ItemForm):
    """A part of the day that is there, with its place in the order."""

    position = forms.IntegerField(
        label="Place in the day",
        min_value=0,
        max_value=500,
        widget=forms.NumberInput(attrs={"class": "input--short"}),
        error_messages={"required": "Type a number: the parts of the day stand in order of it."},
    )
