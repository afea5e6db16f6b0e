"""How wordings are shown: what changed between two of them, and whose letter stands for what."""

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from principles.diff import in_words, word_diff
from principles.models import Principle, PrincipleSet, Wording

register = template.Library()

LOOKS = {Wording.Status.CHECKED: "tag--good", Wording.Status.DOUBTFUL: "tag--soft"}


@register.inclusion_tag("principles/diff.html")
def wording_diff(old: str, new: str) -> dict[str, object]:
    """What changed from `old` to `new`, drawn and in a sentence."""
    steps = word_diff(old, new)
    return {"steps": steps, "said": in_words(steps)}


@register.simple_tag
def wording_status(wording: Wording) -> SafeString:
    """The status of a wording as a tag."""
    return format_html(
        '<span class="tag {}">{}</span>', LOOKS.get(wording.status, ""), wording.get_status_display()
    )


@register.filter
def sharing(principle_set: PrincipleSet, text: str) -> list[Principle]:
    """The principles of the set whose current wording is `text`."""
    members = principle_set.principles.all()
    return [member for member in members if (w := member.current_wording) and w.text == text]


@register.filter
def lettered(principle: Principle) -> str | SafeString:
    """The principle's name with the letter it lends to the acronym marked."""
    letter, name = principle.letter, principle.name
    if letter and name.lower().startswith(letter.lower()):
        return format_html('<span class="hl">{}</span>{}', name[: len(letter)], name[len(letter) :])
    return format_html('<span class="hl">{}</span> {}', letter, name) if letter else name
