"""What those who write fill in to bring an earlier version back, and everybody to compare two."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from journal.models import Version
from journal.writing import LONGEST_WHY


class RestoreForm(forms.Form):
    """Why an earlier version is the next one."""

    why = forms.CharField(
        label=gettext_lazy("Why"),
        required=False,
        max_length=LONGEST_WHY,
        help_text=gettext_lazy("Readers see it once the text is published."),
    )


class ChooseForm(forms.Form):
    """Two versions to compare."""

    first = forms.TypedChoiceField(label=gettext_lazy("Compare"), coerce=int)
    second = forms.TypedChoiceField(label=gettext_lazy("with"), coerce=int)

    def __init__(self, versions: Iterable[Version], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [
            (version.number, _("Version %(number)s") % {"number": version.number}) for version in versions
        ]
        for name in ("first", "second"):
            self.fields[name].choices = choices
        self.initial = {"first": choices[-1][0], "second": choices[0][0]} if choices else {}

    @property
    def chosen(self) -> tuple[int, int]:
        """The earlier and the later one."""
        first, second = sorted((self.cleaned_data["first"], self.cleaned_data["second"]))
        return first, second
