"""What people fill in to be told of things by mail."""

from django import forms

from people.models import Subscriber
from people.subscribing import Wishes

WANTS = {
    "wants_records": "New events, and records when they are published",
    "wants_journal": "Posts in the journal",
    "wants_calls": "Calls for stories",
    "wants_notes": "What became of notes you follow",
}


class WishesForm(forms.Form):
    """What to be told, and how often."""

    wants = forms.MultipleChoiceField(
        label="What do you want to hear of?",
        choices=list(WANTS.items()),
        widget=forms.CheckboxSelectMultiple,
        initial=["wants_records", "wants_journal", "wants_notes"],
        error_messages={"required": "Choose at least one, or end the mail altogether."},
    )
    every = forms.ChoiceField(
        label="How often, at most?",
        choices=Subscriber.Every.choices,
        widget=forms.RadioSelect,
        initial=Subscriber.Every.MONTH,
        help_text="When nothing is new, nothing is sent.",
        error_messages={"required": "Choose how often."},
    )

    @classmethod
    def of(cls, subscriber: Subscriber) -> "WishesForm":
        """The form as this subscriber last filled it in."""
        wants = [name for name in WANTS if getattr(subscriber, name)]
        return cls(initial={"wants": wants, "every": subscriber.every})

    def wishes(self) -> Wishes:
        chosen = self.cleaned_data["wants"]
        return Wishes(**{name: name in chosen for name in WANTS}, every=self.cleaned_data["every"])


class NewsForm(WishesForm):
    """The same, for an address that is to be confirmed. Only a machine fills in the trap."""

    email = forms.EmailField(
        label="Your email address",
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={"required": "Type the address the letters should go to."},
    )
    website = forms.CharField(required=False, widget=forms.TextInput(attrs={"tabindex": "-1"}))
    field_order = ["email", "wants", "every", "website"]

    @property
    def is_trapped(self) -> bool:
        return bool(self.cleaned_data.get("website"))
