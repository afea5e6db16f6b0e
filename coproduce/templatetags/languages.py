"""In which language a page is, and in which the words of people on it are."""

from functools import cache

from django import template
from django.conf import settings
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, get_language_bidi

from coproduce.languages import tag_of

register = template.Library()


@register.simple_tag
def page_language() -> SafeString:
    """The `lang` of the page, and its `dir` where that is not from left to right."""
    return in_language(get_language() or settings.LANGUAGE_CODE, get_language_bidi())


@cache
def in_language(code: str, is_bidi: bool) -> SafeString:
    direction = SafeString(' dir="rtl"') if is_bidi else ""
    return format_html('lang="{}"{}', tag_of(code), direction)


@register.simple_tag
def their_language() -> SafeString:
    """The `lang` of what people wrote, with a space before it; nothing where it is that of the page.

    So that a voice reads an English note in English on a page in Welsh (WCAG 3.1.2).
    """
    return apart_from(get_language() or settings.LANGUAGE_CODE, settings.CONTENT_LANGUAGE)


@cache
def apart_from(page: str, words: str) -> SafeString:
    if page == words:
        return SafeString()
    return format_html(' lang="{}" dir="auto"', tag_of(words))


@register.simple_tag
def languages() -> list[dict[str, str]]:
    """The languages the site can be read in, each with its name in itself and whether it is the page's."""
    now = get_language()
    return [
        {"code": code, "name": name, "tag": tag_of(code), "is_now": code == now}
        for code, name in settings.LANGUAGES
    ]
