"""What people fill in to be told by mail what becomes of a note."""

from django import forms


class FollowForm(forms.Form):
    email = forms.EmailField(
        label="Your email address",
        help_text="Kept beside this note until you stop, or the note goes; shown to nobody.",
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={"required": "Type the address the letters should go to."},
    )
