"""What is filled in to give a role, and to accept one."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from events.roles import MEANINGS, OVER_ALL
from people.models import Person, PersonQuerySet
from people.until import UntilField


class DutyForm(forms.Form):
    """A role in an event or a series, and how long it lasts."""

    duty = forms.ChoiceField(
        label=gettext_lazy("What they are to do"),
        choices=[(duty, f"{duty.label}: {meaning}") for duty, meaning in MEANINGS.items()],
        widget=forms.RadioSelect,
        error_messages={
            "required": gettext_lazy("Choose a role."),
            "invalid_choice": gettext_lazy("Choose one of these roles."),
        },
    )
    until = UntilField()


class InviteForm(DutyForm):
    """A letter to an address that gives whoever opens it a role."""

    email = forms.EmailField(
        label=gettext_lazy("Their email address"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
        error_messages={"required": gettext_lazy("Type the address the invitation goes to.")},
    )
    message = forms.CharField(
        label=gettext_lazy("A line from you"),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("It stands in the letter."),
    )
    field_order = ["email", "duty", "until", "message"]


class GiveForm(DutyForm):
    """A role for somebody who works with you already."""

    person = forms.ModelChoiceField(
        Person.objects.none(),
        to_field_name="identifier",
        label=gettext_lazy("Who"),
        empty_label=gettext_lazy("Choose somebody"),
        error_messages={
            "required": gettext_lazy("Choose somebody."),
            "invalid_choice": gettext_lazy("Choose somebody of the list."),
        },
    )
    field_order = ["person", "duty", "until"]

    def __init__(self, known: PersonQuerySet, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].queryset = known


class SiteRoleForm(forms.Form):
    """A role over the whole site, for whoever has an address."""

    email = forms.EmailField(
        label=gettext_lazy("Their email address"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
        help_text=gettext_lazy(
            "Where it has an account, the role is theirs at once. Otherwise a letter invites them."
        ),
        error_messages={"required": gettext_lazy("Type their address.")},
    )
    kind = forms.ChoiceField(
        label=gettext_lazy("What they are to be"),
        choices=[(kind, f"{kind.label}: {meaning}") for kind, meaning in OVER_ALL.items()],
        widget=forms.RadioSelect,
        error_messages={
            "required": gettext_lazy("Choose a role."),
            "invalid_choice": gettext_lazy("Choose one of these roles."),
        },
    )
    until = UntilField()


class JoinForm(forms.Form):
    """What whoever has no account yet is asked before they accept."""

    name = forms.CharField(
        label=gettext_lazy("What may we call you?"),
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        help_text=gettext_lazy(
            "Those who work with you here read it. It is not published unless you say so."
        ),
        error_messages={"required": gettext_lazy("Say what others may call you.")},
    )
