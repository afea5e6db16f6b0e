"""What narrows the log down."""

from typing import Any

from django import forms

from people.models import Act, Person

# What the trace calls a thing where readers know it by another word.
WORDS = {
    "photo": "photograph",
    "station": "heading",
    "region": "box",
    "option": "suggestion",
    "sign up": "place",
    "asking": "link that asks",
}


def kind_in_words(kind: str) -> str:
    """A kind of thing in the trace (see `people.models.Act`), as the pages call it."""
    return WORDS.get(kind, kind)


class LogForm(forms.Form):
    """Of which kind of thing, by whom, on which day; each may stay open."""

    kind = forms.ChoiceField(label="What it was done to", required=False)
    who = forms.ChoiceField(label="Who did it", required=False)
    day = forms.DateField(
        label="On which day",
        required=False,
        widget=forms.DateInput(attrs={"type": "date", "class": "input--short"}),
        error_messages={"invalid": "Give a day such as 2026-11-22."},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds = Act.objects.order_by("subject_kind").values_list("subject_kind", flat=True).distinct()
        self.fields["kind"].choices = [
            ("", "Anything"),
            *((kind, kind_in_words(kind).capitalize()) for kind in kinds),
        ]
        people = Person.objects.filter(acts__isnull=False).distinct().order_by("name", "pk")
        self.fields["who"].choices = [("", "Anybody"), *((one.identifier, str(one)) for one in people)]
