"""What somebody says who ends their account."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from people.models import Person


class EndForm(forms.Form):
    keeps_credit = forms.BooleanField(
        label=gettext_lazy(
            "Keep my name on the events I held, the parts of the day I led and the posts I wrote."
        ),
        required=False,
    )
    takes_words_back = forms.BooleanField(
        label=gettext_lazy(
            "Take back the comments, stories and signatures I sent while signed in: what they say goes."
        ),
        required=False,
    )
    email = forms.EmailField(
        label=gettext_lazy("Your email address"),
        help_text=gettext_lazy("Type it once more, so that nobody does this by mistake."),
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
        error_messages={
            "required": gettext_lazy(
                "Type the address you sign in with, so that nobody does this by mistake."
            ),
            "invalid": gettext_lazy("Type the whole address, for example ada@example.org."),
        },
    )

    def __init__(self, *args: Any, person: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.person = person
        if not person.name:
            del self.fields["keeps_credit"]

    def clean_email(self) -> str:
        typed = self.cleaned_data["email"]
        if typed.lower() != (self.person.email or "").lower():
            raise forms.ValidationError(_("That is not the address you sign in with."))
        return typed
