"""What narrows the log down."""

from typing import Any

from django import forms
from django.db.models import Model
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from people.log_words import KINDS
from people.models import Act, Person


def kind_in_words(kind: str) -> str:
    """A kind of thing in the trace (see `people.models.Act`), as the pages call it."""
    return str(KINDS.get(kind, kind))


def kind_of(thing: Model) -> str:
    """What the pages call the kind of a thing."""
    return kind_in_words(str(thing._meta.verbose_name))


class LogForm(forms.Form):
    """Of which kind of thing, by whom, on which day; each may stay open."""

    kind = forms.ChoiceField(label=gettext_lazy("What it was done to"), required=False)
    who = forms.ChoiceField(label=gettext_lazy("Who did it"), required=False)
    day = forms.DateField(
        label=gettext_lazy("On which day"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date", "class": "input--short"}),
        error_messages={"invalid": gettext_lazy("Give a day such as 2026-11-22.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds = Act.objects.order_by("subject_kind").values_list("subject_kind", flat=True).distinct()
        self.fields["kind"].choices = [
            ("", _("Anything")),
            *((kind, kind_in_words(kind).capitalize()) for kind in kinds),
        ]
        people = Person.objects.filter(acts__isnull=False).distinct().order_by("name", "pk")
        self.fields["who"].choices = [("", _("Anybody")), *((one.identifier, str(one)) for one in people)]
