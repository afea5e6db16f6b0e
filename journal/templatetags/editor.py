"""What the editor's pages draw with."""

from collections.abc import Mapping

from django import template
from django.utils.translation import gettext_lazy

from journal.blocks import Block, words_of

register = template.Library()

WORDS = {
    "text": gettext_lazy("Text"),
    "photo": gettext_lazy("Photograph"),
    "illustration": gettext_lazy("Picture"),
    "quotation": gettext_lazy("Quotation"),
    "film": gettext_lazy("Film"),
    "file": gettext_lazy("File"),
    "note": gettext_lazy("A note"),
    "story": gettext_lazy("A story"),
}


@register.filter
def kind_word(kind: str) -> str:
    """What a kind of block is called to those who write."""
    return WORDS.get(kind, kind)


@register.filter
def at(things: Mapping[str, object], name: str) -> object:
    """What stands under `name`, None where nothing does."""
    return things.get(name)


@register.filter
def plain_words(block: Block) -> str:
    """What a block says, in plain words; of what has none, what it is."""
    return words_of(block) or str(WORDS.get(block["kind"], ""))
