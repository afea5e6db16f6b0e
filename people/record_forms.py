"""What people fill in about themselves, about others on record, and about organisations."""

from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from people.models import Organisation, Person
from people.records import LONGEST_ABOUT, LONGEST_NAME

A_DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class WordsForm(forms.Form):
    """A name and what is said beside it."""

    name = forms.CharField(label=gettext_lazy("Name"), max_length=LONGEST_NAME)
    about = forms.CharField(
        label=gettext_lazy("About"),
        required=False,
        max_length=LONGEST_ABOUT,
        help_text=gettext_lazy("A few plain sentences."),
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    website = forms.CharField(
        label=gettext_lazy("Website"),
        required=False,
        max_length=LONGEST_NAME,
        help_text=gettext_lazy("With https:// at its beginning."),
        widget=forms.URLInput(attrs={"autocomplete": "url"}),
    )

    @classmethod
    def of(cls, thing: Person | Organisation, typed: QueryDict | None = None, **options: Any) -> "WordsForm":
        """The form with what is on record, or with what was typed."""
        known = {"name": thing.name, "about": thing.about, "website": thing.website}
        return cls(typed, initial=known, **options)


class OwnWordsForm(WordsForm):
    """The same for one's own account, which needs no name."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        name, about = self.fields["name"], self.fields["about"]
        name.required = False
        name.help_text = _(
            "As you want to be credited on records and posts. Leave it empty to be credited nowhere."
        )
        name.widget.attrs["autocomplete"] = "name"
        about.label, about.help_text = (
            _("About you"),
            _("A few plain sentences. They show only where you are listed."),
        )


class ListingForm(forms.Form):
    basis = forms.CharField(
        label=gettext_lazy("How did they agree?"),
        max_length=300,
        help_text=gettext_lazy(
            "For example: by mail on 4 May. It is kept in the log, where stewards can read it."
        ),
    )


class AffiliationForm(forms.Form):
    organisation = forms.ModelChoiceField(
        label=gettext_lazy("Organisation"),
        queryset=Organisation.objects.all(),
        empty_label=gettext_lazy("Choose one"),
    )
    position = forms.CharField(
        label=gettext_lazy("As what"),
        required=False,
        max_length=LONGEST_NAME,
        help_text=gettext_lazy("For example: trustee."),
    )
    since = forms.DateField(label=gettext_lazy("Since"), required=False, widget=A_DAY)
    until = forms.DateField(label=gettext_lazy("Until"), required=False, widget=A_DAY)


class EndForm(forms.Form):
    until = forms.DateField(
        label=gettext_lazy("Until"),
        widget=A_DAY,
        error_messages={"required": gettext_lazy("Give the day on which it ended.")},
    )


class AccountForm(forms.Form):
    email = forms.EmailField(
        label=gettext_lazy("Email address they sign in with"),
        help_text=gettext_lazy("All that names this record then names their account. It cannot be undone."),
    )
