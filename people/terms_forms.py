"""What researchers fill in when they accept the terms."""

from django import forms
from django.utils.translation import gettext_lazy

from people.terms import LONGEST_BODY, LONGEST_PURPOSE


class TermsForm(forms.Form):
    """A purpose, whom they answer to, and the acceptance itself."""

    purpose = forms.CharField(
        label=gettext_lazy("What you use the notes for"),
        max_length=LONGEST_PURPOSE,
        help_text=gettext_lazy("The study, and who beside you reads the files. Stewards can read this."),
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": gettext_lazy("Say what you use the notes for, in a sentence or two.")},
    )
    body = forms.CharField(
        label=gettext_lazy("University or body you answer to"),
        required=False,
        max_length=LONGEST_BODY,
        help_text=gettext_lazy("And the reference of its ethics board, where there is one."),
    )
    accepts = forms.BooleanField(
        label=gettext_lazy("I accept these terms"),
        error_messages={
            "required": gettext_lazy(
                "Tick the box if you accept the terms. Without them no such file is made."
            )
        },
    )
