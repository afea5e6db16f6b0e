"""What people fill in to comment, and to change what they wrote."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from journal.comments import LONGEST_NAME, MOST, fitting
from journal.spam.forms import ScreenedForm
from people.guests import Viewer
from people.refusals import Refused
from responses.forms import CHOICES
from responses.models import Mark
from responses.words import name_that_fits

NOTHING_YET = gettext_lazy("Write your comment first. It is the only field that has to be filled in.")


class TextField(forms.CharField):
    """The words of a comment, kept as they were typed."""

    widget = forms.Textarea

    def __init__(self, **options: Any) -> None:
        super().__init__(strip=False, error_messages={"required": NOTHING_YET}, **options)
        self.widget.attrs |= {"rows": 6, "data-most": MOST}

    def to_python(self, value: object) -> str:
        if not (typed := super().to_python(value)).strip():
            return ""
        try:
            return fitting(typed)
        except Refused as refusal:
            raise ValidationError(str(refusal)) from None


class CommentForm(ScreenedForm):
    """A comment: words, and whatever else its writer wants to say of it."""

    mark = forms.ChoiceField(
        label=gettext_lazy("What kind is it?"),
        required=False,
        choices=[*CHOICES, ("", gettext_lazy("No mark"))],
        widget=forms.RadioSelect,
    )
    text = TextField(
        label=gettext_lazy("Your comment"),
        help_text=format_lazy(gettext_lazy("Plain text of at most {most} characters."), most=MOST),
    )
    is_named = forms.BooleanField(required=False)
    name = forms.CharField(
        label=gettext_lazy("Name to show"),
        required=False,
        max_length=LONGEST_NAME,
        help_text=gettext_lazy("Anything you are happy to be called. Left empty, it says “A participant”."),
        widget=forms.TextInput(attrs={"autocomplete": "nickname"}),
    )
    email = forms.EmailField(
        label=gettext_lazy("Email"),
        required=False,
        help_text=gettext_lazy(
            "If you want to hear whether it is shown. Nobody sees it, and it is deleted after that."
        ),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    field_order = ["mark", "text", "is_named", "name", "email"]

    def __init__(self, page: str, viewer: Viewer, *args: Any, **kwargs: Any) -> None:
        super().__init__(page, *args, **kwargs)
        if viewer.person is None:
            del self.fields["is_named"]
            return
        self.fields["is_named"].label = _("Show my name: %(person)s") % {"person": viewer.person}
        del self.fields["name"]

    def clean_mark(self) -> str:
        return self.cleaned_data["mark"] or Mark.NOT_RECORDED

    def clean_name(self) -> str:
        try:
            return name_that_fits(self.cleaned_data["name"])
        except Refused as refusal:
            raise ValidationError(str(refusal)) from None


class ChangeForm(forms.Form):
    text = TextField(label=gettext_lazy("What it should say"))
