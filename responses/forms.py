"""What people fill in about notes."""

from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy

from people.consent import WORDINGS, as_asked, consent_given
from people.models import Consent
from people.refusals import Refused
from responses.models import Mark
from responses.room import MOST_SEATS
from responses.words import LONGEST_NAME, MOST, name_that_fits, words_that_fit

# A mark that was not recorded is what happens to paper; nobody chooses it.
CHOICES = [(mark.value, mark.label) for mark in Mark if mark != Mark.NOT_RECORDED]
MARK_MISSING = gettext_lazy("Choose one of the four marks, so people can see how you mean it.")


class WordsField(forms.CharField):
    """Words for a note, kept as they were typed and never more than a note holds."""

    widget = forms.Textarea

    def __init__(self, **options: Any) -> None:
        super().__init__(strip=False, **options)

    def to_python(self, value: object) -> str:
        try:
            return words_that_fit(super().to_python(value))
        except Refused as refusal:
            raise ValidationError(str(refusal)) from None


class NameField(forms.CharField):
    """A name to show with a note, kept as it can stand on a card."""

    def to_python(self, value: object) -> str:
        try:
            return name_that_fits(super().to_python(value))
        except Refused as refusal:
            raise ValidationError(str(refusal)) from None


class ConsentFields(forms.Form):
    """The two questions; neither is ticked beforehand.

    A form carries the version it asked, so that an answer stays an answer to the sentences
    that were read, also when new ones come into use before it is sent.
    """

    public = forms.BooleanField(required=False)
    research = forms.BooleanField(required=False)
    asked = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("asked", max(self.wordings()))
        self.fields["public"].label, self.fields["research"].label = as_asked(self.wordings()[self.version])

    @staticmethod
    def wordings() -> dict[int, tuple[str, str]]:
        """The two sentences of each version that may have been asked, by its number."""
        return dict(enumerate(WORDINGS, 1))

    @property
    def version(self) -> int:
        """The version that was asked: the one the form carries, if there is such a one."""
        carried = str(self["asked"].value())
        known = {str(version): version for version in self.wordings()}
        return known.get(carried, max(self.wordings()))

    def consent(self) -> Consent:
        """The answer that was given, as every note with the same answer carries it."""
        given = {name: self.cleaned_data[name] for name in ("public", "research")}
        return consent_given(**given, version=self.version)


class KeyedForm(forms.Form):
    """What is left once, however often it is sent: its key is made with the page."""

    key = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("key", str(uuid4()))

    def clean_key(self) -> UUID:
        """The key made with the page; a new one where a browser lost it."""
        try:
            return UUID(self.cleaned_data["key"])
        except ValueError:
            return uuid4()

    def take_new_key(self) -> None:
        """Make what was filled in something of its own, when it is sent again."""
        self.data = self.data.copy()
        self.data["key"] = str(uuid4())


class AnswerForm(KeyedForm, ConsentFields):
    """One note: a mark, words if there are any, and where it may go."""

    mark = forms.ChoiceField(
        label=gettext_lazy("What is your answer?"),
        choices=CHOICES,
        widget=forms.RadioSelect,
        error_messages={"required": MARK_MISSING, "invalid_choice": MARK_MISSING},
    )
    words = WordsField(
        label=gettext_lazy("Your words"),
        required=False,
        help_text=format_lazy(
            gettext_lazy(
                "A few words is plenty; a note holds {most} characters. A mark alone is a full answer."
            ),
            most=MOST,
        ),
    )
    signed = NameField(
        label=gettext_lazy("Your name"),
        required=False,
        help_text=gettext_lazy(
            "Only those who joined this board and those who run it see it. It is not in the public "
            "record, not on the big screen and in no file, and you can take it off again."
        ),
        widget=forms.TextInput(attrs={"autocomplete": "nickname", "maxlength": LONGEST_NAME}),
    )
    field_order = ["mark", "words", "signed", "public", "research", "asked", "key"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["words"].widget.attrs |= {"rows": 4, "data-most": MOST}


class CorrectionForm(forms.Form):
    words = WordsField(
        label=gettext_lazy("What the note should say"),
        help_text=gettext_lazy("What it said before stays on record as an earlier reading."),
        error_messages={"required": gettext_lazy("Type the words, or take the note down if it should go.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["words"].widget.attrs |= {"rows": 4, "data-most": MOST}


class ReceiptForm(forms.Form):
    code = forms.CharField(
        label=gettext_lazy("Your receipt"),
        max_length=100,
        help_text=gettext_lazy("Sixteen letters and digits, in any case, with or without the dashes."),
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}
        ),
        error_messages={"required": gettext_lazy("Type the receipt you were given with your note.")},
    )


class ReasonForm(forms.Form):
    why = forms.CharField(
        label=gettext_lazy("Why does it have to go?"),
        max_length=300,
        help_text=gettext_lazy(
            "Kept for the stewards; the page says only that the organisers took a note down."
        ),
        error_messages={"required": gettext_lazy("Say in a sentence why the note has to go.")},
    )


class WallForm(forms.Form):
    """How the board is read: which notes, and in which order."""

    mark = forms.ChoiceField(
        label=gettext_lazy("Show"),
        required=False,
        choices=[("", gettext_lazy("Every mark")), *((mark.value, mark.label) for mark in Mark)],
    )
    order = forms.ChoiceField(
        label=gettext_lazy("in the order"),
        required=False,
        choices=[
            ("", gettext_lazy("as on the wall")),
            ("contested", gettext_lazy("most contested first")),
            ("agreed", gettext_lazy("most agreed first")),
        ],
    )


class CodeForm(forms.Form):
    """The code from the wall. It is looked up as it was typed: what is no code is no board."""

    code = forms.CharField(
        label=gettext_lazy("Code"),
        max_length=200,
        widget=forms.TextInput(
            attrs={
                "class": "input--code",
                "inputmode": "text",
                "autocomplete": "off",
                "autocapitalize": "characters",
                "autocorrect": "off",
                "spellcheck": "false",
                "enterkeyhint": "go",
            }
        ),
        error_messages={
            "required": gettext_lazy("Type the code from the wall: eight letters and digits."),
            "max_length": gettext_lazy("That is too long. A code has eight letters and digits."),
        },
    )


class SettingsForm(forms.Form):
    """How an activity is run."""

    is_premoderated = forms.BooleanField(
        label=gettext_lazy("Words wait until an organiser shows them"),
        required=False,
        help_text=gettext_lazy("A mark without words goes up at once."),
    )
    hides_until_reveal = forms.BooleanField(
        label=gettext_lazy("Hide what others say until you reveal it"),
        required=False,
        help_text=gettext_lazy("Everybody still sees their own. The next step, or closing, reveals it."),
    )
    may_include_under_18s = forms.BooleanField(
        label=gettext_lazy("Under-18s may take part"),
        required=False,
        help_text=gettext_lazy(
            "No names, no photographs, words wait for an organiser, and nothing goes into the public "
            "record. It also holds for what is here already, and that cannot be taken back."
        ),
    )
    seats = forms.IntegerField(
        label=gettext_lazy("How many may join"),
        min_value=1,
        max_value=MOST_SEATS,
        help_text=gettext_lazy("Whoever comes when it is full is told so."),
        widget=forms.NumberInput(attrs={"class": "input--short", "inputmode": "numeric"}),
    )


class BoardForm(forms.Form):
    """A new board: what it is called, what it asks and its headings, one a line."""

    name = forms.CharField(
        label=gettext_lazy("What is the board called?"),
        max_length=200,
        error_messages={"required": gettext_lazy("Give the board a name, as people will see it.")},
    )
    question = forms.CharField(label=gettext_lazy("What does it ask?"), required=False, max_length=300)
    headings = forms.CharField(
        label=gettext_lazy("Its headings, one on each line"),
        max_length=8000,
        help_text=gettext_lazy(
            "People stick their notes under these. A heading that ends in a question such as "
            "“What is missing?” asks for what no other heading names."
        ),
        widget=forms.Textarea(attrs={"rows": 10}),
        error_messages={
            "required": gettext_lazy("Type at least one heading, so that there is something to answer.")
        },
    )
