"""What people fill in about drawings and the pictures on them."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from responses.drawing import LONGEST, Words
from responses.drawing_desk import LONGEST_REASON
from responses.forms import ConsentFields, KeyedForm
from responses.models import Picture

# HEIC among them: phones then send what they took, which is half the size of a JPEG made from it.
ACCEPTED = "image/jpeg,image/png,image/webp,image/heic,image/heif,.heic,.heif"
MISSING = gettext_lazy("Choose a picture, or take a photograph of the drawing.")


class WordsForm(forms.Form):
    """What is said with a picture."""

    alt = forms.CharField(
        label=gettext_lazy("What it shows"),
        help_text=gettext_lazy("In a sentence, for people who cannot see it."),
        max_length=LONGEST["alt"],
        widget=forms.Textarea,
        error_messages={
            "required": gettext_lazy("Say what it shows in a sentence, for people who cannot see it.")
        },
    )
    expression = forms.CharField(
        label=gettext_lazy("What sums it up"),
        help_text=gettext_lazy("One line, if you have one. It can be quoted by itself."),
        required=False,
        max_length=LONGEST["expression"],
    )
    group = forms.CharField(
        label=gettext_lazy("Who drew it"),
        help_text=gettext_lazy("What your group is called, for example “Table four”. Nobody’s own name."),
        required=False,
        max_length=LONGEST["group"],
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["alt"].widget.attrs["rows"] = 2
        self.fields["group"].widget.attrs["autocomplete"] = "off"

    def words(self) -> Words:
        return Words(**{name: self.cleaned_data[name] for name in LONGEST})


class PictureForm(WordsForm, KeyedForm, ConsentFields):
    """One picture: the file, what is said with it, and where it may go."""

    picture = forms.FileField(
        label=gettext_lazy("The drawing"),
        help_text=gettext_lazy("A photograph or a file: JPEG, PNG, WebP or HEIC, at most 12 MB."),
        widget=forms.FileInput(attrs={"accept": ACCEPTED}),
        error_messages=dict.fromkeys(("required", "missing", "invalid"), MISSING)
        | {"empty": gettext_lazy("This file is empty. Choose the picture again.")},
    )
    field_order = ["picture", "alt", "expression", "group", "public", "research", "asked", "key"]

    def facts(self) -> dict[str, Any]:
        """What an act needs of it."""
        typed = self.cleaned_data
        return {
            "upload": typed["picture"],
            "key": typed["key"],
            "words": self.words(),
            "consent": self.consent(),
        }


def words_form(picture: Picture) -> WordsForm:
    """The form for one's own picture, filled with what it says now."""
    return WordsForm(initial={name: getattr(picture, name) for name in LONGEST})


class DrawingForm(forms.Form):
    """A new drawing."""

    name = forms.CharField(
        label=gettext_lazy("What is it called?"),
        max_length=200,
        help_text=gettext_lazy("For example: Draw a day when it works."),
        error_messages={"required": gettext_lazy("Give it a name, so that people know what to draw.")},
    )
    question = forms.CharField(
        label=gettext_lazy("A sentence that says what to draw"), max_length=300, required=False
    )
    is_premoderated = forms.BooleanField(
        label=gettext_lazy("Let pictures wait until one of us has looked at them"), required=False
    )
    hides_until_reveal = forms.BooleanField(
        label=gettext_lazy("Hide the pictures until it closes, so that nobody draws after the others"),
        required=False,
    )


class HideForm(forms.Form):
    why = forms.CharField(
        label=gettext_lazy("Why is it hidden?"),
        max_length=LONGEST_REASON,
        widget=forms.TextInput(attrs={"list": "reasons"}),
        help_text=gettext_lazy("Whoever hung it reads this. You can show it again."),
        error_messages={"required": gettext_lazy("Say why in a sentence: whoever hung it will read it.")},
    )


class TakeDownForm(forms.Form):
    why = forms.CharField(
        label=gettext_lazy("Why does it have to go?"),
        max_length=LONGEST_REASON,
        help_text=gettext_lazy("Kept for the stewards. Nobody can bring the picture back."),
        error_messages={"required": gettext_lazy("Say in a sentence why it has to go.")},
    )
