"""What people fill in about polls."""

from collections.abc import Iterator, Sequence
from typing import Any

from django import forms
from django.forms import BoundField
from django.forms.boundfield import BoundWidget
from django.http import QueryDict
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from events.models import AgendaItem
from responses.forms import ConsentFields, KeyedForm
from responses.models import Option, Poll
from responses.poll import MOST, MOST_HANDS, PLACES

LIST_CHANGED = gettext_lazy(
    "One of your choices is no longer on the list. Look at the others, and send them again."
)
WISHES = [
    (Option.Wish.LEARN.value, gettext_lazy("I want to learn it")),
    (Option.Wish.SHARE.value, gettext_lazy("I want to share it")),
]
WISH_MISSING = gettext_lazy("Say whether you want to learn it or to share it.")


class ProposeForm(KeyedForm, ConsentFields):
    """One suggestion: its words, what is wished for where the poll asks that, and where it may go."""

    wish = forms.ChoiceField(
        label=gettext_lazy("Do you want to learn it or to share it?"),
        choices=WISHES,
        widget=forms.RadioSelect,
        error_messages={"required": WISH_MISSING, "invalid_choice": WISH_MISSING},
    )
    text = forms.CharField(
        label=gettext_lazy("Your suggestion"),
        help_text=gettext_lazy("One thing in a few words. Make a new suggestion for the next one."),
        widget=forms.Textarea,
        error_messages={"required": gettext_lazy("Write what you suggest in a few words.")},
    )
    field_order = ["wish", "text", "public", "research", "asked", "key"]

    def __init__(self, poll: Poll, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not poll.asks_wishes:
            del self.fields["wish"]
        self.fields["text"].widget.attrs |= {"rows": 2, "data-most": MOST}

    def facts(self) -> dict[str, Any]:
        """What an act needs of it."""
        typed = self.cleaned_data
        words = {"text": typed["text"], "wish": typed.get("wish", Option.Wish.ANY)}
        return words | {"key": typed["key"], "consent": self.consent()}


class ApproveForm(forms.Form):
    """Any number of suggestions."""

    options = forms.MultipleChoiceField(
        label=gettext_lazy("Tick all that you want"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": LIST_CHANGED},
    )

    def __init__(
        self, options: Sequence[Option], chosen: Sequence[Option], data: QueryDict | None = None
    ) -> None:
        super().__init__(data, initial={"options": [option.identifier for option in chosen]})
        self.listed = {option.identifier: option for option in options}
        self.fields["options"].choices = [(option.identifier, option.text) for option in options]

    def boxes(self) -> Iterator[tuple[Option, BoundWidget]]:
        """Each suggestion with its box to tick."""
        return zip(self.listed.values(), self["options"], strict=True)

    def chosen(self) -> list[Option]:
        return [self.listed[identifier] for identifier in self.cleaned_data["options"]]


class RankForm(forms.Form):
    """A few suggestions in order: a number beside each that somebody wants."""

    def __init__(
        self, options: Sequence[Option], chosen: Sequence[Option], data: QueryDict | None = None
    ) -> None:
        places = {option.pk: place for place, option in enumerate(chosen, 1)}
        super().__init__(data, initial={_name(one): places.get(one.pk, "") for one in options})
        self.listed = {option.identifier: option for option in options}
        numbers = [(str(number), str(number)) for number in range(1, min(PLACES, len(options)) + 1)]
        for option in options:
            self.fields[_name(option)] = forms.ChoiceField(
                label=option.text, required=False, choices=[("", "–"), *numbers]
            )
            self.fields[_name(option)].widget.attrs["class"] = "input"

    def clean(self) -> None:
        given: dict[str, str] = {}
        for name in self.fields:
            if number := self.cleaned_data.get(name):
                if number in given:
                    other = self.fields[given[number]].label
                    self.add_error(
                        name,
                        _("You gave %(number)s to “%(other)s” too. Give each number once.")
                        % {"number": number, "other": other},
                    )
                given.setdefault(number, name)

    def boxes(self) -> Iterator[tuple[Option, BoundField]]:
        """Each suggestion with its choice of a number."""
        return ((option, self[_name(option)]) for option in self.listed.values())

    def chosen(self) -> list[Option]:
        """What was given a number, in that order; only the order counts, not gaps in it."""
        numbered = [option for option in self.listed.values() if self.cleaned_data[_name(option)]]
        return sorted(numbered, key=lambda option: int(self.cleaned_data[_name(option)]))


def _name(option: Option) -> str:
    return f"place-{option.identifier}"


class PollForm(forms.Form):
    """A new poll."""

    name = forms.CharField(
        label=gettext_lazy("What is it called?"),
        max_length=200,
        help_text=gettext_lazy("For example: What shall we talk about after lunch?"),
        error_messages={
            "required": gettext_lazy("Give the poll a name, so that people know what it is about.")
        },
    )
    question = forms.CharField(
        label=gettext_lazy("A sentence that says what you ask"), max_length=300, required=False
    )
    asks_wishes = forms.TypedChoiceField(
        label=gettext_lazy("What do you ask for?"),
        choices=[
            ("", gettext_lazy("Suggestions of any kind")),
            ("wishes", gettext_lazy("What people want to learn, and to share")),
        ],
        coerce=bool,
        empty_value=False,
        required=False,
        widget=forms.RadioSelect,
    )
    first = forms.CharField(
        label=gettext_lazy("Suggestions to begin with"),
        help_text=gettext_lazy("One on each line. Leave it empty, and the room begins."),
        required=False,
        max_length=100 * MOST,
        widget=forms.Textarea,
    )
    is_ranked = forms.TypedChoiceField(
        label=gettext_lazy("How does the room choose?"),
        choices=[
            ("", gettext_lazy("Tick any number")),
            ("ranked", format_lazy(gettext_lazy("Put up to {places} in order"), places=PLACES)),
        ],
        coerce=bool,
        empty_value=False,
        required=False,
        widget=forms.RadioSelect,
    )
    hides_until_reveal = forms.BooleanField(
        label=gettext_lazy("Hide the results until the poll closes, so that nobody follows the others"),
        required=False,
    )
    is_premoderated = forms.BooleanField(
        label=gettext_lazy("Let suggestions wait until one of us has read them"), required=False
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["first"].widget.attrs["rows"] = 5
        self.initial |= {"asks_wishes": "", "is_ranked": ""}

    def settings(self) -> dict[str, Any]:
        """What `make_poll` takes."""
        return self.cleaned_data | {"first": self.cleaned_data["first"].splitlines()}


class HideForm(forms.Form):
    why = forms.CharField(
        label=gettext_lazy("Why is it hidden?"),
        max_length=MOST,
        widget=forms.TextInput(attrs={"list": "reasons"}),
        help_text=gettext_lazy("Whoever suggested it reads this. You can show it again."),
        error_messages={
            "required": gettext_lazy("Say why in a sentence: whoever suggested it will read it.")
        },
    )


class TakeDownForm(forms.Form):
    why = forms.CharField(
        label=gettext_lazy("Why does it have to go?"),
        max_length=MOST,
        help_text=gettext_lazy("Kept for the stewards. Nobody can bring its words back."),
        error_messages={"required": gettext_lazy("Say in a sentence why it has to go.")},
    )


class HandsForm(forms.Form):
    number = forms.IntegerField(
        label=gettext_lazy("Hands counted in the room"),
        min_value=0,
        max_value=MOST_HANDS,
        help_text=gettext_lazy(
            "Of people who did not choose on a device. The number replaces the one before."
        ),
        error_messages={"required": gettext_lazy("Type how many hands went up; 0 if none did.")},
    )


class AnswerOptionForm(forms.Form):
    """What became of a suggestion: one of the `items` of its event's day, or why not."""

    item = forms.TypedChoiceField(
        label=gettext_lazy("Part of the day that takes it up"), required=False, empty_value=None, coerce=int
    )
    answer = forms.CharField(
        label=gettext_lazy("Or why not; or a word about it"),
        max_length=MOST,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, items: Sequence[AgendaItem], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.items = {item.pk: item for item in items}
        self.fields["item"].choices = [("", _("None")), *((pk, _said(one)) for pk, one in self.items.items())]

    def clean_item(self) -> AgendaItem | None:
        return self.items.get(self.cleaned_data["item"])


def _said(item: AgendaItem) -> str:
    return f"{item.time} {item.title}".strip()
