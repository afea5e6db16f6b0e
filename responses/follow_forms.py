"""What people fill in to be told by mail what becomes of a note."""

from django import forms
from django.utils.translation import gettext_lazy


class FollowForm(forms.Form):
    email = forms.EmailField(
        label=gettext_lazy("Your email address"),
        help_text=gettext_lazy("Kept beside this note until you stop, or the note goes; shown to nobody."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={"required": gettext_lazy("Type the address the letters should go to.")},
    )
