"""What every form has that anybody may send without an account."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from journal.spam.tokens import form_token, kept_or_new
from responses.forms import KeyedForm

TRAP = "website"  # what the field for robots is called: what they like to fill in


class ScreenedForm(KeyedForm):
    """A form of the page called `page`, with a token and a field that only robots fill in.

    `sent_token`, `page` and `trap` are what `journal.spam.screening.screen` wants of it.
    """

    token = forms.CharField(widget=forms.HiddenInput, required=False)
    website = forms.CharField(
        label=gettext_lazy("Leave this empty"),
        required=False,
        widget=forms.TextInput(attrs={"tabindex": "-1"}),
    )

    def __init__(self, page: str, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.page = page
        self.initial.setdefault("token", form_token(page))

    @property
    def sent_token(self) -> str:
        return str(self.data.get("token", ""))

    @property
    def trap(self) -> str:
        """What the field for robots holds; empty where a person sent it."""
        return str(self.data.get(TRAP, ""))

    def ask_again(self, why: str) -> None:
        """Show it once more with everything typed, a sentence, and a token that can be sent."""
        self.data = self.data.copy()
        self.data["token"] = kept_or_new(self.sent_token, self.page)
        self.add_error(None, why)
