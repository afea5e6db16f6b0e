"""What people fill in to ask or complain, and what stewards fill in about it."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from journal.spam.forms import ScreenedForm
from people.cases import LONGEST, LONGEST_OUTCOME
from people.models import Case


class CaseForm(ScreenedForm):
    """Anybody's request or complaint."""

    kind = forms.ChoiceField(
        label=_("What is it about?"),
        choices=Case.Kind.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what it is about.")},
    )
    said = forms.CharField(
        label=_("Tell us what you ask for"),
        max_length=LONGEST,
        help_text=_(
            "For a note: which event, which board, about when, and words that you remember. "
            "You need not say why."
        ),
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={"required": _("Say what you ask for, in a sentence or two.")},
    )
    email = forms.EmailField(
        label=_("Email"),
        required=False,
        help_text=_(
            "If you want the answer by mail. It is deleted 30 days after we are done. Without it you read "
            "the answer at a secret address, which you get next."
        ),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    field_order = ["kind", "said", "email"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__("case", *args, **kwargs)
        self.label_suffix = ""


class _Act(forms.Form):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"label_suffix": ""} | kwargs)


class NoteForm(_Act):
    note = forms.CharField(
        label=_("A note for other stewards"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Type what you want to note.")},
    )


class AnswerForm(_Act):
    answer = forms.CharField(
        label=_("Your answer"),
        max_length=LONGEST,
        help_text=_(
            "Whoever sent it reads these words. Say what was done, or why not, and that they can complain to "
            "the ICO."
        ),
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={"required": _("Type your answer. Whoever sent it reads these words.")},
    )


class CloseForm(_Act):
    outcome = forms.CharField(
        label=_("What was done, in a sentence"),
        max_length=LONGEST_OUTCOME,
        help_text=_("For the register. Whoever sent it reads it too."),
        error_messages={"required": _("Say in a sentence what was done.")},
    )


class SearchForm(_Act):
    """What to search all that is stored for."""

    words = forms.CharField(
        label=_("A name, an email address or words"),
        min_length=3,
        max_length=200,
        help_text=_("At least three letters, as they were written. What you type is not kept anywhere."),
        error_messages={"required": _("Type what to search for.")},
    )
