"""What a reader fills in at the desk, and what those fill in who ask the room."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from people.refusals import Refused
from responses.models import Mark, Reading, TextState
from responses.readings import saying
from responses.readings.asking import LONGEST_MESSAGE, MOST_DAYS, USUAL_DAYS
from responses.readings.reading import LONGEST_COMMENT
from responses.readings.saying import brackets_in, markup_that_fits

STATES = [
    (state.value, name.strip("“”"))
    for state, name in (
        (TextState.READ, saying.ALL),
        (TextState.PARTLY, saying.SOME),
        (TextState.ILLEGIBLE, saying.NONE),
        (TextState.NO_TEXT, saying.NO_WORDS),
        (TextState.DRAWING, saying.DRAWN),
    )
]
SHAPES = [
    (Mark.TICK.value, gettext_lazy("Tick")),
    (Mark.HEART.value, gettext_lazy("Heart")),
    (Mark.BUBBLE.value, gettext_lazy("Bubble")),
    (Mark.SQUARE.value, gettext_lazy("Square")),
    (Mark.NOT_RECORDED.value, gettext_lazy("I cannot see a mark")),
]
STATE_MISSING = gettext_lazy("Say first whether the words can be read.")
MARK_MISSING = gettext_lazy("Choose the mark you see, or say that you cannot see one.")


class MarkupField(forms.CharField):
    """The words of a note on paper, kept as they were typed and never more than a note holds."""

    widget = forms.Textarea

    def __init__(self, **options: Any) -> None:
        super().__init__(strip=False, **options)

    def to_python(self, value: object) -> str:
        try:
            return markup_that_fits(super().to_python(value))
        except Refused as refusal:
            raise ValidationError(str(refusal)) from None


class ReadingForm(forms.Form):
    """One reading. `box` is the picture it was read from, `seat` who reads before there is a cookie."""

    state = forms.ChoiceField(
        label=gettext_lazy("Can you read the words?"),
        choices=STATES,
        widget=forms.RadioSelect,
        error_messages={"required": STATE_MISSING, "invalid_choice": STATE_MISSING},
    )
    markup = MarkupField(
        label=gettext_lazy("What it says"),
        required=False,
        help_text=gettext_lazy(
            "Spelling and capitals as written. Put [...] where words are missing: a gap is better than "
            "a guess. Leave it empty where there are no words."
        ),
    )
    brackets = forms.BooleanField(label=gettext_lazy("Yes, the brackets are on the note"), required=False)
    mark = forms.ChoiceField(
        label=gettext_lazy("Which mark does it carry?"),
        choices=SHAPES,
        widget=forms.RadioSelect,
        error_messages={"required": MARK_MISSING, "invalid_choice": MARK_MISSING},
    )
    confidence = forms.ChoiceField(
        label=gettext_lazy("How sure are you?"),
        choices=Reading.Confidence.choices,
        required=False,
        widget=forms.RadioSelect,
    )
    comment = forms.CharField(
        label=gettext_lazy("For other readers"),
        required=False,
        max_length=LONGEST_COMMENT,
        help_text=gettext_lazy(
            "Shown beside your reading to whoever else reads this note; it is not part of the note."
        ),
    )
    wants_better_photo = forms.BooleanField(
        label=gettext_lazy("The picture is too poor to read from"), required=False
    )
    from_paper = forms.BooleanField(
        label=gettext_lazy("I read it from the paper itself, not from the picture"), required=False
    )
    box = forms.CharField(required=False, widget=forms.HiddenInput)
    seat = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, may_have_paper: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not may_have_paper:
            del self.fields["from_paper"]
        self.fields["markup"].widget.attrs |= {"rows": 4, "spellcheck": "false", "autocapitalize": "none"}

    @property
    def asks_about_brackets(self) -> list[str]:
        """Brackets that mean nothing in what was typed, while nobody said that they are on the note."""
        if self["brackets"].value():
            return []
        return brackets_in((self["markup"].value() or "")[: saying.MOST_TYPED])

    def clean(self) -> dict[str, Any]:
        found = brackets_in(self.cleaned_data.get("markup") or "")
        if found and not self.cleaned_data["brackets"]:
            self.add_error(
                "brackets",
                _(
                    "Are the brackets of %(found)s on the note itself? Then say so. If they are yours, look "
                    "under “How to type it” for what is understood."
                )
                % {"found": found[0]},
            )
        return self.cleaned_data


class AskingForm(forms.Form):
    """A link that asks those who were there."""

    message = forms.CharField(
        label=gettext_lazy("What do you want to tell them?"),
        required=False,
        max_length=LONGEST_MESSAGE,
        help_text=gettext_lazy("They see it above the notes. Say when it was and why you ask them."),
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    days = forms.IntegerField(
        label=gettext_lazy("For how many days?"),
        min_value=1,
        max_value=MOST_DAYS,
        initial=USUAL_DAYS,
        help_text=gettext_lazy("Then the link ends by itself. You can end it before."),
        widget=forms.NumberInput(attrs={"class": "input--short", "inputmode": "numeric"}),
        error_messages={"required": gettext_lazy("Say for how many days the link should work.")},
    )
