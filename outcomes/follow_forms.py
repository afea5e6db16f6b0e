"""What people fill in to be told by mail what comes of something."""

from django import forms
from django.utils.translation import gettext_lazy


class OutcomeFollowForm(forms.Form):
    email = forms.EmailField(
        label=gettext_lazy("Your email address"),
        help_text=gettext_lazy("Kept until you stop; shown to nobody."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={"required": gettext_lazy("Type the address the letters should go to.")},
    )
