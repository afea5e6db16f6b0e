"""What whoever signs a call fills in."""

import time
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from outcomes.form_age import form_token, why_not
from outcomes.models import Call, Signature
from outcomes.signatures import LONGEST
from responses.forms import KeyedForm


class WordsForm(forms.Form):
    """Who signs, for whom, and what they will do."""

    kind = forms.ChoiceField(
        label=gettext_lazy("For whom do you sign?"),
        choices=Signature.Kind.choices,
        widget=forms.RadioSelect,
        error_messages={
            "required": gettext_lazy("Say whether you sign for yourself or for an organisation.")
        },
    )
    name = forms.CharField(
        label=gettext_lazy("Your name"),
        max_length=LONGEST["name"],
        help_text=gettext_lazy("It stands in public."),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"required": gettext_lazy("Say who signs: your name stands beside it in public.")},
    )
    organisation = forms.CharField(
        label=gettext_lazy("The organisation"),
        required=False,
        max_length=LONGEST["organisation"],
        help_text=gettext_lazy("If you sign for one."),
        widget=forms.TextInput(attrs={"autocomplete": "organization"}),
    )
    will_do = forms.CharField(
        label=gettext_lazy("What will you do?"),
        max_length=LONGEST["will_do"],
        help_text=gettext_lazy("In a sentence or two: something others can see you do. It stands in public."),
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": gettext_lazy("Say in a sentence what you will do.")},
    )

    def clean(self) -> dict[str, Any]:
        typed = super().clean()
        if typed.get("kind") == Signature.Kind.ORGANISATION and not typed.get("organisation"):
            self.add_error("organisation", _("Say which organisation signs."))
        return typed

    def words(self) -> dict[str, str]:
        """What the acts need of it."""
        return {name: self.cleaned_data[name] for name in ("kind", "name", "organisation", "will_do")}


class SigningForm(KeyedForm, WordsForm):
    """The same, with the address that confirms it, and what keeps robots out."""

    email = forms.EmailField(
        label=gettext_lazy("Your email address"),
        max_length=LONGEST["email"],
        help_text=gettext_lazy(
            "We send one letter to confirm, and tell you when it is shown and when the call closes. "
            "Nobody sees the address, not even those who run the call."
        ),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={
            "required": gettext_lazy("Give an address: without it, anybody could sign in your name.")
        },
    )
    token = forms.CharField(widget=forms.HiddenInput, required=False)
    website = forms.CharField(
        label=gettext_lazy("Leave this empty"),
        required=False,
        widget=forms.TextInput(attrs={"tabindex": "-1"}),
    )
    field_order = ["kind", "name", "organisation", "will_do", "email", "website", "token", "key"]

    def __init__(self, call: Call, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.page = f"call {call.identifier}"
        self.initial.setdefault("token", self._new_token())

    @property
    def is_by_a_robot(self) -> bool:
        """Whether the field is filled in that people do not see."""
        return bool(self.cleaned_data["website"].strip())

    def refusal(self) -> str:
        """Why it is not taken as it was sent, in a sentence; empty where it is."""
        return why_not(self.cleaned_data["token"], self.page, now=time.time())

    def ask_again(self, why: str) -> None:
        """Show it once more with everything typed, a sentence, and a token that can be sent."""
        self.data = self.data.copy()
        if why_not(self.data.get("token", ""), self.page, now=time.time() + 3):
            self.data["token"] = self._new_token()
        self.add_error(None, why)

    def _new_token(self) -> str:
        return form_token(self.page, made_at=time.time())


def words_of(signature: Signature) -> dict[str, str]:
    """What the form holds that changes a signature."""
    return {name: getattr(signature, name) for name in ("kind", "name", "organisation", "will_do")}
