"""What a letter says: its subject, plain text, and the same as HTML. Pure but for its templates.

A letter holds no address but this site's own and that of the people who keep it: whatever looks like
another one came in with somebody's name or words, and is spaced apart so that no mail program links it.
"""

import re
from dataclasses import dataclass
from html import escape, unescape

from django.conf import settings
from django.template import Context, TemplateDoesNotExist, engines
from django.template.loader import render_to_string
from django.utils import translation

LONGEST_SUBJECT = 150  # characters
# Controls, what turns the direction of text, and signs nobody sees that could hide an address.
UNSEEN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
DOTS = re.compile(r"(?<=[^\W_])[.\u3002\uff0e\uff61](?=[^\W\d_]{2})")
TAGS = re.compile(r"(<[^>]*>)")
HREF = re.compile(r'\bhref="([^"]*)"')
# Within this site: signs after which a mail program would begin another address are not among them.
PATH = re.compile(r"(?:[/?#][\w./~%?=&+#:-]*)?", re.ASCII)
BLANK_LINES = re.compile(r"\n\s*\n")


@dataclass(frozen=True, slots=True)
class Written:
    """The words of one letter; `subject` is one line without controls."""

    subject: str
    text: str
    html: str


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a letter's text, and whether it is an address of this site and nothing else."""

    words: str
    is_address: bool


def written(name: str, context: dict[str, object]) -> Written:
    """The letter of `templates/letters/<name>.txt`, whose first line is `Subject: …`.

    As HTML it is `<name>.html` where there is one, and else its text in paragraphs. It is in the
    language of the site: who gets it is often somebody else than who pressed the button.
    """
    context = {
        "site_name": settings.SITE_NAME,
        "site_url": settings.SITE_URL,
        "contact_email": settings.CONTACT_EMAIL,
        "unsubscribe": "",
    } | context
    with translation.override(settings.LANGUAGE_CODE):
        subject, _, text = plain(f"letters/{name}.txt", context).strip().partition("\n")
        return in_words(subject.removeprefix("Subject:"), text, html_of(name, context))


def in_words(subject: str, text: str, html: str = "") -> Written:
    """The letter with these words; without `html` that is made of the text."""
    subject = " ".join(unlinked(UNSEEN.sub(" ", subject)).split())[:LONGEST_SUBJECT].strip()
    text = unlinked(UNSEEN.sub("", text.replace("\r\n", "\n"))).strip() + "\n"
    html = unlinked_html(UNSEEN.sub("", html)) if html else html_from(subject, text)
    return Written(subject, text, html)


def plain(template: str, context: dict[str, object]) -> str:
    """The rendered template; it is text, in which nothing is escaped."""
    found = engines["django"].engine.get_template(template)
    return found.render(Context(context, autoescape=False))


def html_of(name: str, context: dict[str, object]) -> str:
    try:
        return render_to_string(f"letters/{name}.html", context)
    except TemplateDoesNotExist as missing:
        if str(missing) != f"letters/{name}.html":
            raise
        return ""


def html_from(subject: str, text: str) -> str:
    """A page with the paragraphs of `text`; a line that is an address of this site becomes a link."""
    paragraphs = [lines_of(part) for part in BLANK_LINES.split(text.strip())]
    return render_to_string("letters/from_text.html", {"subject": subject, "paragraphs": paragraphs})


def lines_of(paragraph: str) -> list[Line]:
    lines = [line.strip() for line in paragraph.splitlines()]
    return [Line(line, is_address=is_own(line) and " " not in line) for line in lines]


def is_own(word: str) -> bool:
    """Whether a word is an address of this site, or the mail address of those who keep it."""
    bare = word.strip("<>()[]“”‘’\"'.,;:!?")
    if bare and bare == settings.CONTACT_EMAIL:
        return True
    site, path = bare[: len(settings.SITE_URL)], bare[len(settings.SITE_URL) :]
    return site == settings.SITE_URL and bool(PATH.fullmatch(path)) and "//" not in path


def unlinked(text: str) -> str:
    """`text` in which nothing but our own addresses can be taken for an address."""
    return re.sub(r"\S+", lambda found: apart(found[0]), text)


def apart(word: str) -> str:
    if is_own(word):
        return word
    return DOTS.sub(". ", word).replace("://", ": //").replace("@", " at ")


def unlinked_html(html: str) -> str:
    """The same for a page: for its words, and for where its links lead."""
    parts = TAGS.split(html)
    return "".join(kept_tag(part) if part.startswith("<") else kept_words(part) for part in parts)


def kept_words(words: str) -> str:
    return escape(unlinked(unescape(words)))


def kept_tag(tag: str) -> str:
    return HREF.sub(lambda found: found[0] if leads_here(unescape(found[1])) else "", tag)


def leads_here(address: str) -> bool:
    return is_own(address.removeprefix("mailto:"))
