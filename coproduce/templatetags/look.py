"""What templates draw with: icons, marks, bars and form fields."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any

from django import template
from django.conf import settings
from django.forms import BaseForm, BoundField
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy

register = template.Library()

MARK_WORDS = {
    "tick": gettext_lazy("Agree"),
    "heart": gettext_lazy("Important"),
    "bubble": gettext_lazy("Amend"),
    "square": gettext_lazy("Challenge"),
    "not_recorded": gettext_lazy("Mark not recorded"),
}
MARK_SHAPES = {
    "tick": gettext_lazy("Tick"),
    "heart": gettext_lazy("Heart"),
    "bubble": gettext_lazy("Speech bubble"),
    "square": gettext_lazy("Square"),
}
MARK_MEANINGS = {
    "tick": gettext_lazy("I agree with this"),
    "heart": gettext_lazy("This is important"),
    "bubble": gettext_lazy("I would change or add to it"),
    "square": gettext_lazy("I challenge or disagree"),
    "not_recorded": gettext_lazy("Nobody wrote down which mark it was"),
}
ORIGIN_ICONS = {"own_device": "phone", "paper": "paper", "counted_in_room": "gate"}
# Widgets that are not one line of input with its label above.
KINDS = {"checkbox": "check", "radioselect": "group", "checkboxselectmultiple": "group"}
MESSAGE_ICONS = {"success": "tick", "error": "alert", "warning": "alert"}
# Above this many responses single blocks are too thin to be counted by eye.
BLOCKS = 60


@register.simple_tag
def site_name() -> str:
    """The site's name, also where no request is at hand: in mail and on pages about errors."""
    return settings.SITE_NAME


@register.simple_tag
@cache
def icon(name: str, extra: str = "") -> SafeString:
    """The drawing `name` of the sprite, hidden from screen readers: words must stand beside it."""
    classes = f"icon {extra}".strip()
    return format_html(
        '<svg class="{}" aria-hidden="true" focusable="false"><use href="#{}"/></svg>', classes, name
    )


@register.simple_tag
def mark(value: str, word: str = "") -> SafeString:
    """A mark as shape and word; `value` is the domain's name of it, `word` replaces its usual word."""
    return drawn_mark(value, str(word or MARK_WORDS[value]))


@cache
def drawn_mark(value: str, word: str) -> SafeString:
    return format_html('<span class="mark" data-mark="{}">{}{}</span>', value, icon(value), word)


@register.filter
def mark_word(value: str) -> str:
    """What a mark says in a word: Agree, Important, Amend, Challenge, Mark not recorded."""
    return MARK_WORDS.get(value, value)


@register.filter
def mark_meaning(value: str) -> str:
    """What a mark says in a sentence, from the mouth of the person who makes it."""
    return MARK_MEANINGS.get(value, "")


@register.filter
def web_address(address: str) -> str:
    """The address, where it is one of the web; empty for what would run or open something else."""
    return address if address.startswith(("https://", "http://")) else ""


@register.inclusion_tag("parts/legend.html")
def legend() -> dict[str, list[tuple[str, str]]]:
    """The four marks as they are drawn on a wall, each with its meaning."""
    return {"shapes": list(MARK_SHAPES.items())}


@register.filter
def origin_icon(origin: str) -> str:
    """The sprite name of where a note came from."""
    return ORIGIN_ICONS.get(origin, "paper")


@register.filter
def message_icon(level: str) -> str:
    """The sprite name that goes with a message level such as "success"."""
    return MESSAGE_ICONS.get(level, "flag")


@dataclass(frozen=True)
class Bar:
    """A bar `count` long on a scale of `most`, in the units of its view box: one unit is one response."""

    count: int
    most: int
    outlined: bool

    @property
    def gap(self) -> float:
        """The space between two blocks: about 3 px of a bar 240 px long, at most a third of a block."""
        return round(min(0.3, self.most / 80), 3) if self.most <= BLOCKS else 0

    @property
    def block(self) -> float:
        return round(1 - self.gap, 3)

    @property
    def step(self) -> float:
        """From one line of the hatching to the next, where blocks are not drawn singly."""
        return self.most / 40

    @property
    def hatches(self) -> Iterable[float]:
        return (round(at * self.step, 2) for at in range(int(self.count / self.step)))

    @property
    def starts(self) -> Iterable[int]:
        return range(self.count) if self.gap else ()


@register.inclusion_tag("parts/bar.html")
def bar(value: str, count: int, most: int) -> dict[str, Bar]:
    """The bar of `count` responses with the mark `value`, where the longest bar of the set is `most`."""
    return {"bar": Bar(count, most, outlined=value == "not_recorded")}


@register.inclusion_tag("parts/field.html")
def field(bound: BoundField) -> dict[str, Any]:
    """A labelled field, its hint and error tied to it; drawn by the kind of its widget."""
    own = bound.field.widget.attrs
    kind = KINDS.get(bound.widget_type, "line")
    attributes: dict[str, Any] = {}
    if own.get("tabindex") == "-1":
        # A field only robots fill in. Its own style attribute would be refused by the browser.
        kind, attributes = "trap", {"style": False, "autocomplete": "off"}
    elif kind == "line":
        attributes = {"class": f"input {own.get('class', '')}".strip()}
    return {"field": bound, "kind": kind, "control": bound.as_widget(attrs=attributes)}


@register.inclusion_tag("parts/fields.html")
def fields(form: BaseForm) -> dict[str, BaseForm]:
    """The error summary, the hidden and the visible fields of `form`; the form tag and buttons are yours."""
    return {"form": form}
