"""What is filled in to tie two principles, and to say that a note does not mean one."""

from collections.abc import Iterator
from itertools import groupby
from typing import Any

from django import forms
from django.forms.models import ModelChoiceIterator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from principles.models import Principle, PrincipleQuerySet


class SetBySet(ModelChoiceIterator):
    """The principles under the names of their sets."""

    def __iter__(self) -> Iterator[tuple[str, object]]:
        yield ("", self.field.empty_label)
        for name, members in groupby(self.queryset, key=lambda principle: principle.set.name):
            yield name, [self.choice(principle) for principle in members]


class PrincipleField(forms.ModelChoiceField):
    iterator = SetBySet

    def __init__(self, label: str) -> None:
        super().__init__(
            Principle.objects.none(),
            label=label,
            to_field_name="identifier",
            empty_label=_("Choose a principle"),
            error_messages={
                "required": _("Choose a principle."),
                "invalid_choice": _("Choose one of the list."),
            },
        )


class TieForm(forms.Form):
    one = PrincipleField(gettext_lazy("One principle"))
    other = PrincipleField(gettext_lazy("The other principle"))
    why = forms.CharField(
        label=gettext_lazy("Why they belong together"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("In a sentence or two. It stands in public beside the two."),
        error_messages={"required": gettext_lazy("Say why they belong together.")},
    )

    def __init__(self, principles: PrincipleQuerySet, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        listed = principles.select_related("set").order_by("set__name", "position")
        for name in ("one", "other"):
            self.fields[name].queryset = listed


class NoTieForm(forms.Form):
    why = forms.CharField(
        label=gettext_lazy("What it means instead"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("It stands in public below the crosswalk. The note stays as it is."),
        error_messages={"required": gettext_lazy("Say what the note means instead.")},
    )
