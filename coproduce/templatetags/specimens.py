"""What the page of components shows: invented notes, counts and a form, in every state there is."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from django import forms, template
from django.template.loader import get_template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from coproduce.templatetags.look import MARK_WORDS

register = template.Library()

ORIGINS = {"own_device": "Own device", "counted_in_room": "Counted in the room", "paper": "From paper"}
# The states a note of each origin can have: a typed note is always legible, a hand in the air has no words.
STATES = {
    "own_device": ("read", "no_text"),
    "counted_in_room": ("no_text",),
    "paper": ("read", "partly", "illegible", "no_text", "drawing", "waiting"),
}
WORDS = {
    "tick": "Yes. Keep this one.",
    "heart": "Start here, every time.",
    "bubble": "Say who decides in the end.",
    "square": "A budget would show you mean it.",
    "not_recorded": "We tried this in our street.",
}


MARKED_UP = 23  # the number of the note that shows every kind of markup


@dataclass(frozen=True)
class SpecimenNote:
    mark: str
    text_state: str
    origin: str
    number: int
    is_mine: bool = False
    withheld: bool = False
    reading_count: int = 2

    @property
    def identifier(self) -> str:
        return f"{self.mark}-{self.number}"

    @property
    def label(self) -> str:
        return f"{self.mark[:3].upper()}-{self.number:02}"

    @property
    def html(self) -> SafeString:
        if self.number == MARKED_UP:
            return format_html(
                '<s><span class="vh">[struck out: </span>{}<span class="vh">]</span></s> '
                '<ins><span class="vh">[added: </span>{}<span class="vh">]</span></ins> '
                '<em>{}</em>, <span class="guess">{}</span> <span class="sign">{}</span> '
                '<span class="removed">{}</span> <span class="remark">{}</span>',
                "Ask",
                "Pay",
                "us",
                "clear (best guess, or dear)",
                "drawing: upward arrow",
                "personal name: removed by the organisers",
                "reader’s remark: in green ink",
            )
        if self.text_state == "partly":
            return format_html('Only if <span class="gap">{}</span> agree.', "two words unread")
        return format_html("{}", "" if self.text_state == "drawing" else WORDS[self.mark])

    def get_absolute_url(self) -> str:
        return f"#{self.identifier}"

    def get_mark_display(self) -> str:
        return MARK_WORDS[self.mark]

    def get_origin_display(self) -> str:
        return ORIGINS[self.origin]


def _states() -> Iterator[tuple[str, str]]:
    return ((origin, state) for origin, states in STATES.items() for state in states)


@register.simple_tag
def specimen_notes() -> dict[str, list[SpecimenNote]]:
    """For each mark, a note in every origin and state there is."""
    return {
        mark: [SpecimenNote(mark, state, origin, n) for n, (origin, state) in enumerate(_states(), 1)]
        for mark in MARK_WORDS
    }


@register.simple_tag
def specimen_special_notes() -> list[SpecimenNote]:
    """One's own, one whose words are kept to those who were there, one with every markup."""
    return [
        SpecimenNote("heart", "read", "own_device", 21, is_mine=True),
        SpecimenNote("bubble", "read", "own_device", 22, withheld=True),
        SpecimenNote("square", "read", "paper", MARKED_UP),
    ]


@dataclass(frozen=True)
class SpecimenRow:
    mark: str
    count: int
    total: int

    @property
    def label(self) -> str:
        return MARK_WORDS[self.mark]

    @property
    def percent_text(self) -> str:
        return f"{round(100 * self.count / self.total)} %"


@register.simple_tag
def specimen_tally(*counts: int) -> dict[str, object]:
    """A tally of `counts`, given in the order tick, heart, bubble, square, not recorded."""
    total = sum(counts)
    rows = [SpecimenRow(mark, count, total) for mark, count in zip(MARK_WORDS, counts, strict=True)]
    return {"rows": rows, "total": total, "most": max(counts), "withdrawn": 1}


@register.simple_tag
def specimen_icons() -> list[str]:
    """The names of all drawings in the sprite."""
    return re.findall(r'<symbol id="(\w+)"', get_template("parts/sprite.html").render())


class SpecimenForm(forms.Form):
    code = forms.CharField(
        label="Code",
        help_text="It is on the wall, under the square.",
        max_length=7,
        error_messages={"max_length": "There is no board called FIG 247-B. Did you mean FIG 274?"},
    )
    mark = forms.ChoiceField(
        label="Your mark",
        choices=list(MARK_WORDS.items())[:4],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose one of the four, so that people can see how you mean it."},
    )
    words = forms.CharField(label="Your words", widget=forms.Textarea(attrs={"rows": 3}), required=False)
    told = forms.BooleanField(label="Tell me when a principle I answered changes", required=False)
    came = forms.ChoiceField(
        label="How did you come to this work?",
        choices=[("", "I would rather not say"), ("lived", "Lived experience"), ("paid", "Paid to do it")],
        required=False,
    )


@register.simple_tag
def specimen_form() -> SpecimenForm:
    """A form sent with a code that is too long and without a mark."""
    return SpecimenForm({"code": "FIG 247-B"})
