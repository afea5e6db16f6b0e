"""What those who run an event fill in to decide what a note says."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from responses.models import Mark, Note
from responses.readings.ruling import LONGEST_REASON

AS_READ = gettext_lazy("As the reader saw it")


class DecisionForm(forms.Form):
    """A decision about one note, made in sight of so many earlier ones."""

    seen = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0)
    why = forms.CharField(
        label=gettext_lazy("Why"),
        required=False,
        max_length=LONGEST_REASON,
        help_text=gettext_lazy(
            "Everybody can read it. Needed to reject a reading, or to open the note again."
        ),
    )

    def __init__(self, note: Note, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("seen", note.rulings.count())


class RulingForm(DecisionForm):
    """One reading of a note, and with which mark it is accepted."""

    reading = forms.TypedChoiceField(
        coerce=int,
        widget=forms.RadioSelect,
        required=False,
        error_messages={"invalid_choice": gettext_lazy("Choose one of the readings.")},
    )
    mark = forms.ChoiceField(
        label=gettext_lazy("The mark it carries"), required=False, choices=[("", AS_READ), *Mark.choices]
    )
    field_order = ["reading", "mark", "why", "seen"]

    def __init__(self, note: Note, numbers: Iterable[int], *args: Any, **kwargs: Any) -> None:
        super().__init__(note, *args, **kwargs)
        self.fields["reading"].choices = [
            (number, _("Reading %(number)s") % {"number": number}) for number in numbers
        ]


class OwnReadingForm(DecisionForm):
    """What whoever decides reads themselves."""

    markup = forms.CharField(
        label=gettext_lazy("What the note says"),
        strip=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy(
            "[...] where words are missing, [word?] for a best guess, [no text] where nothing is "
            "written, [removed: a name] for what you take out."
        ),
        error_messages={
            "required": gettext_lazy("Type what the note says; [no text] where nothing is written on it.")
        },
    )
    mark = forms.ChoiceField(label=gettext_lazy("The mark it carries"), choices=Mark.choices)
    field_order = ["markup", "mark", "why", "seen"]

    def __init__(self, note: Note, *args: Any, **kwargs: Any) -> None:
        super().__init__(note, *args, **kwargs)
        self.initial.setdefault("mark", note.mark)
