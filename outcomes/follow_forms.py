"""What people fill in to be told by mail what comes of something."""

from django import forms


class OutcomeFollowForm(forms.Form):
    email = forms.EmailField(
        label="Your email address",
        help_text="Kept until you stop; shown to nobody.",
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={"required": "Type the address the letters should go to."},
    )
