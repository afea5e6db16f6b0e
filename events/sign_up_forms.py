"""What people fill in who come to an event."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from events.sign_ups import LONGEST_NAME, LONGEST_NEEDS


class NeedsForm(forms.Form):
    """Who comes and what they need."""

    name = forms.CharField(
        label=gettext_lazy("Your name"),
        max_length=LONGEST_NAME,
        help_text=gettext_lazy("As you want to be called there; a first name is enough."),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"required": gettext_lazy("Say who comes: a first name is enough.")},
    )
    access_needs = forms.CharField(
        label=gettext_lazy("Anything you need to take part"),
        required=False,
        max_length=LONGEST_NEEDS,
        help_text=gettext_lazy(
            "Step-free access, an interpreter, a break, food, somebody who comes with you. "
            "Only those who run the event read it, and it is deleted the day after."
        ),
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class SignUpForm(NeedsForm):
    """The same, by somebody whom only their address reaches."""

    email = forms.EmailField(
        label=gettext_lazy("Your email address"),
        help_text=gettext_lazy("We send you one letter to confirm, and others only about this event."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={
            "required": gettext_lazy("Give an address, so that we can tell you whether you have a place.")
        },
    )
    field_order = ["name", "email", "access_needs"]


class ByHandForm(NeedsForm):
    """Somebody who signed up otherwise, put on the list by those who run the event."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].label, self.fields["name"].help_text = _("Their name"), ""
        self.fields["name"].widget.attrs["autocomplete"] = "off"
        self.fields["access_needs"].label = _("Anything they need to take part")
        self.fields["access_needs"].help_text = _("As they told you. It is deleted the day after the event.")
