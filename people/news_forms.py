"""What people fill in to be told of things by mail."""

from django import forms
from django.utils.translation import gettext_lazy

from people.models import Subscriber
from people.subscribing import Wishes

WANTS = {
    "wants_records": gettext_lazy("New events, and records when they are published"),
    "wants_journal": gettext_lazy("Posts in the journal"),
    "wants_calls": gettext_lazy("Calls for stories"),
    "wants_notes": gettext_lazy("What became of notes you follow"),
}


class WishesForm(forms.Form):
    """What to be told, and how often."""

    wants = forms.MultipleChoiceField(
        label=gettext_lazy("What do you want to hear of?"),
        choices=list(WANTS.items()),
        widget=forms.CheckboxSelectMultiple,
        initial=["wants_records", "wants_journal", "wants_notes"],
        error_messages={"required": gettext_lazy("Choose at least one, or end the mail altogether.")},
    )
    every = forms.ChoiceField(
        label=gettext_lazy("How often, at most?"),
        choices=Subscriber.Every.choices,
        widget=forms.RadioSelect,
        initial=Subscriber.Every.MONTH,
        help_text=gettext_lazy("When nothing is new, nothing is sent."),
        error_messages={"required": gettext_lazy("Choose how often.")},
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
        label=gettext_lazy("Your email address"),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={"required": gettext_lazy("Type the address the letters should go to.")},
    )
    website = forms.CharField(required=False, widget=forms.TextInput(attrs={"tabindex": "-1"}))
    field_order = ["email", "wants", "every", "website"]

    @property
    def is_trapped(self) -> bool:
        return bool(self.cleaned_data.get("website"))
