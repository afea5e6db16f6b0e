"""What a template says outside `translate` and `blocktranslate`."""

import re
from collections.abc import Iterator

COMMENTS = re.compile(r"\{% comment\b.*?\{% endcomment %\}|\{#.*?#\}|<!--.*?-->", re.DOTALL)
TRANSLATED = re.compile(r"\{% blocktranslate\b.*?\{% endblocktranslate %\}", re.DOTALL)
CODE = re.compile(r"(<(script|style|svg|pre|code)\b[^>]*>).*?</\2>", re.DOTALL)
TAG = re.compile(r"\{%.*?%\}|\{\{.*?\}\}", re.DOTALL)
# What stands in for a template tag: a sign that is in no attribute and is no letter.
HTML = re.compile(r"<[/!a-zA-Z][^<>]*>")
SAID = re.compile(r"""\b(aria-label|title|placeholder|alt|label|aria-description)="([^"]*)\"""")
DESCRIPTION = re.compile(r"""name="description"[^>]*content="([^"]*)\"""")
ENTITY = re.compile(r"&\w+;|&#\w+;")
LETTER = re.compile(r"[^\W\d_]")
# A literal given to a filter or an included template; `_("…")` is translated.
GIVEN = re.compile(r"""(?:(\w+)[:=]|\s)("[^"]*"|'[^']*')(?!\))""")
TAKES_NO_WORDS = re.compile(
    r"\{%-?\s*(?:load|extends|url|static|icon|if|elif|block|translate|partial|partialdef|for|querystring)\b"
)
FORMATS = {"date", "time", "sizes"}


def untranslated(source: str) -> Iterator[str]:
    """Every text of a template, as people see or hear it, that no catalogue can change."""
    source = COMMENTS.sub("", source)
    yield from literals(source)
    bare = TAG.sub("\x00", TRANSLATED.sub("", source))
    bare = CODE.sub(r"\1", bare)
    for tag in HTML.findall(bare):
        said = [text for _, text in SAID.findall(tag)] + DESCRIPTION.findall(tag)
        yield from (text for text in said if has_words(text))
    yield from (text.strip() for text in HTML.split(bare) if has_words(text))


def literals(source: str) -> Iterator[str]:
    """Words in quotes that a tag hands on: `{{ x|default:"Nothing" }}`, `with here="Your note"`."""
    for tag in TAG.findall(source):
        if "|pluralize" in tag:
            yield tag
        if not TAKES_NO_WORDS.match(tag):
            for name, quoted in GIVEN.findall(tag):
                text = quoted[1:-1]
                if name not in FORMATS and LETTER.search(text) and re.search(r"[A-Z]|\w \w", text):
                    yield text


def has_words(text: str) -> bool:
    return bool(LETTER.search(ENTITY.sub("", text)))
