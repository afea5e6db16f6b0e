"""Pages and styles as they stand in a copy: what they lead to, and what needs the site itself taken out."""

import re
from collections.abc import Callable, Iterator
from urllib.parse import urldefrag, urljoin, urlsplit

from django.conf import settings
from lxml import etree, html

ONLY_THERE = "/only-on-the-site/"
SENTENCE = "This is done on the site itself, not in this copy of it."
# What stands in a page and leads somewhere.
LEADING = (
    ("a", "href"),
    ("link", "href"),
    ("img", "src"),
    ("source", "src"),
    ("video", "src"),
    ("area", "href"),
)
IN_STYLES = re.compile(r"""url\(\s*["']?([^"')]+)["']?\s*\)|@import\s+["']([^"']+)["']""")
A_PAGE_OF_A_LIST = re.compile(r"page=\d{1,6}")
# Addresses of what has to stay as it is cited, wherever the page stands.
KEPT = {"canonical", "cite-as"}

Place = Callable[[str], str]


def parsed(page: bytes) -> html.HtmlElement:
    return html.document_fromstring(page, parser=html.HTMLParser(encoding="utf-8"))


def led_to(tree: html.HtmlElement, at: str) -> Iterator[str]:
    """The addresses on this site to which a page at `at` leads, each as `internal` says it."""
    for _element, _name, target in _targets(tree):
        if address := internal(target, at):
            yield address


def styles_lead_to(css: str, at: str) -> Iterator[str]:
    for found in IN_STYLES.finditer(css):
        if address := internal(found[1] or found[2], at):
            yield address


def internal(target: str, at: str) -> str:
    """`target` as an address on this site, seen from `at`, with a page of a list but no other query.

    Empty for another site, for mail, for a place in the same page, and for what a query asks.
    """
    target, _ = urldefrag(target.strip())
    if not target or target.startswith(("mailto:", "tel:", "data:", "javascript:")):
        return ""
    here = urlsplit(settings.SITE_URL)
    parts = urlsplit(urljoin(settings.SITE_URL + at, target))
    if (parts.scheme, parts.netloc) != (here.scheme, here.netloc):
        return ""
    if parts.query and not A_PAGE_OF_A_LIST.fullmatch(parts.query):
        return ONLY_THERE
    return parts.path + (f"?{parts.query}" if parts.query else "")


def settled(tree: html.HtmlElement, at: str, place: Place) -> bytes:
    """The page as it stands in the copy. `place` says where each address stands there."""
    _take_out_what_acts(tree)
    for element, name, target in _targets(tree):
        if address := internal(target, at):
            element.set(name, place(address) + _fragment(target))
    return html.tostring(tree, encoding="utf-8", doctype="<!doctype html>")


def _fragment(target: str) -> str:
    fragment = urldefrag(target).fragment
    return f"#{fragment}" if fragment else ""


def _targets(tree: html.HtmlElement) -> Iterator[tuple[html.HtmlElement, str, str]]:
    for tag, name in LEADING:
        for element in tree.iter(tag):
            if element.get(name) and not KEPT & set((element.get("rel") or "").split()):
                yield element, name, element.get(name)


def _take_out_what_acts(tree: html.HtmlElement) -> None:
    """Scripts, forms, and the attributes that only they read; a form in the page leaves a sentence."""
    for script in list(tree.iter("script")):
        if script.get("type") != "application/ld+json":
            script.drop_tree()
    for form in list(tree.iter("form")):
        _take_out(form)
    for element in tree.iter(etree.Element):
        for name in [
            name for name in element.attrib if name == "nonce" or name.startswith(("hx-", "data-stream"))
        ]:
            del element.attrib[name]
    for image in tree.iter("img", "source"):
        # One size is enough for a copy; the others would all have to be in it.
        image.attrib.pop("srcset", None)


def _take_out(form: html.HtmlElement) -> None:
    if not any(parent.tag in ("header", "footer") for parent in form.iterancestors()):
        sentence = html.fragment_fromstring(f'<p class="hint"><a href="{ONLY_THERE}">{SENTENCE}</a></p>')
        form.addprevious(sentence)
    form.drop_tree()
