"""What is filled in on the pages of studies."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from archive.models import Code, Colleague, Memo, Study
from archive.studies import acts, coding, memos
from archive.studies.reading import ShownCode
from archive.studies.typed import LONGEST_ABOUT


class StudyForm(forms.Form):
    name = forms.CharField(
        label=gettext_lazy("What is the study called?"),
        max_length=acts.LONGEST_NAME,
        error_messages={"required": acts.UNNAMED},
    )
    about = forms.CharField(
        label=gettext_lazy("What does it ask?"),
        required=False,
        max_length=LONGEST_ABOUT,
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def __init__(self, *args: Any, of: Study | None = None, **kwargs: Any) -> None:
        super().__init__(*args, initial={"name": of.name, "about": of.about} if of else {}, **kwargs)


class CodeChoice(forms.ModelChoiceField):
    """One of the codes of a study, those under another set in below it."""

    def __init__(self, **kwargs: Any) -> None:
        faults = {"invalid_choice": coding.GONE, "required": _("Choose a code.")}
        super().__init__(Code.objects.none(), to_field_name="identifier", error_messages=faults, **kwargs)

    def offer(self, codes: Iterable[ShownCode]) -> None:
        codes = list(codes)
        self.queryset = Code.objects.filter(pk__in=[shown.code.pk for shown in codes])
        first = [("", self.empty_label)] if self.empty_label else []
        self.choices = [*first, *((shown.code.identifier, shown.indented) for shown in codes)]


class CodeForm(forms.Form):
    """A code. `codes` are those it can stand under."""

    name = forms.CharField(
        label=gettext_lazy("What is the code called?"),
        max_length=coding.LONGEST_NAME,
        error_messages={"required": coding.UNNAMED},
    )
    about = forms.CharField(
        label=gettext_lazy("When do you use it?"),
        required=False,
        max_length=coding.LONGEST_ABOUT,
        help_text=gettext_lazy("It goes into the codebook, for whoever codes with you."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    under = CodeChoice(
        label=gettext_lazy("It stands under"), required=False, empty_label=gettext_lazy("No other code")
    )

    def __init__(self, codes: Iterable[ShownCode], *args: Any, of: Code | None = None, **kwargs: Any) -> None:
        initial = {"name": of.name, "about": of.about, "under": of.under} if of else {}
        super().__init__(*args, initial=initial, **kwargs)
        self.fields["under"].offer(codes)


class PutForm(forms.Form):
    """The code that notes are given."""

    code = CodeChoice(empty_label=gettext_lazy("Choose a code"))

    def __init__(self, codes: Iterable[ShownCode], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].offer(codes)


class MemoForm(forms.Form):
    text = forms.CharField(
        label=gettext_lazy("The memo"),
        max_length=memos.LONGEST_TEXT,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 8}),
        error_messages={"required": memos.EMPTY},
    )

    def __init__(self, *args: Any, of: Memo | None = None, **kwargs: Any) -> None:
        super().__init__(*args, initial={"text": of.text} if of else {}, **kwargs)


class ColleagueForm(forms.Form):
    who = forms.CharField(
        label=gettext_lazy("Who works in it with you?"),
        max_length=254,
        help_text=gettext_lazy(
            "The address they sign in with, or the name they are listed by in the list of people."
        ),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": gettext_lazy("Type an address or a name.")},
    )


class HandOverForm(forms.Form):
    """Whom a study is handed to."""

    colleague = forms.ModelChoiceField(
        Colleague.objects.none(),
        label=gettext_lazy("To whom?"),
        empty_label=gettext_lazy("Choose a colleague"),
        error_messages={
            "required": gettext_lazy("Choose a colleague."),
            "invalid_choice": gettext_lazy("Choose one of these people."),
        },
    )

    def __init__(self, colleagues: Iterable[Colleague], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        colleagues = [one for one in colleagues if one.is_named]
        field = self.fields["colleague"]
        field.queryset = Colleague.objects.filter(pk__in=[one.pk for one in colleagues])
        field.label_from_instance = lambda one: str(one.person)
