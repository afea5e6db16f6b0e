"""Rich text from people: an allow-list, applied before anything is saved."""

import nh3

TAGS = {
    "p", "br", "h2", "h3", "ul", "ol", "li", "strong", "em", "blockquote", "a",
    "figure", "figcaption", "img",
}  # fmt: skip
ATTRIBUTES = {"a": {"href"}, "img": {"src", "alt", "width", "height"}}
# Where pictures stand in blocks of their own.
WORDS_ONLY = TAGS - {"figure", "figcaption", "img"}
MOST_ROUNDS = 10
REL = "nofollow ugc noopener noreferrer"


def clean(html: str, tags: set[str] = TAGS) -> str:
    """`html` with every tag, attribute and address outside the allow-list, of which `tags`, removed.

    Cleaning twice gives the same text. Links keep http, https and mailto only.
    """
    cleaned = html
    # Taking a tag away may leave a nesting that reads differently; a few rounds settle it.
    for _ in range(MOST_ROUNDS):
        before, cleaned = cleaned, _clean_once(cleaned, tags)
        if cleaned == before:
            break
    return cleaned


def _clean_once(html: str, tags: set[str]) -> str:
    return nh3.clean(
        html,
        tags=tags,
        attributes=ATTRIBUTES,
        url_schemes={"http", "https", "mailto"},
        link_rel=REL,
    )
