"""Films that other websites keep: which address names which film, and the player's own address."""

import re
from urllib.parse import parse_qs, quote, urlsplit

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from journal.models import Film, Writing
from journal.writing import line, must_write
from people.guests import Viewer
from people.refusals import Refused
from people.trace import leave_trace
from responses.words import tidy_words

Host = Film.Host
LONGEST_ADDRESS, LONGEST_ALTERNATIVE = 500, 20_000  # characters
NOT_A_FILM = gettext_lazy(
    "This is not the address of a film at YouTube, Vimeo or the Internet Archive. Open the film there, and "
    "copy what stands in the address line of your browser."
)
NO_ALTERNATIVE = gettext_lazy("Say what is said and shown in it, for people who cannot watch it.")
NO_TITLE = gettext_lazy("Give the film a title.")
MOST = 50  # in one text
# Exact names of hosts, never their endings: evil-youtube.com and youtube.com.evil are neither.
YOUTUBE = {
    "youtube.com",
    "www.youtube.com",
    "m.youtube.com",
    "youtube-nocookie.com",
    "www.youtube-nocookie.com",
}
VIMEO = {"vimeo.com", "www.vimeo.com", "player.vimeo.com"}
ARCHIVE = {"archive.org", "www.archive.org"}
YOUTUBE_KEY = re.compile(r"[A-Za-z0-9_-]{11}")
VIMEO_PATH = re.compile(r"/(?:video/)?([0-9]{1,15})/?")
YOUTUBE_PATH = re.compile(r"/(?:embed|shorts|live|v)/([A-Za-z0-9_-]{11})/?")
ARCHIVE_PATH = re.compile(r"/(?:details|embed)/([A-Za-z0-9][A-Za-z0-9._-]{0,99})/?")
# Where each shows its player, and so what a page with one may frame.
PLAYERS = {
    Host.YOUTUBE: "https://www.youtube-nocookie.com",
    Host.VIMEO: "https://player.vimeo.com",
    Host.INTERNET_ARCHIVE: "https://archive.org",
}


@transaction.atomic
def add_film(
    writing: Writing, address: str, *, by: Viewer | None, title: str, alternative: str, length: str = ""
) -> Film:
    """Put a film beside a text, to be named by a block; refuses an address that names none."""
    must_write(writing, by)
    if writing.films.count() >= MOST:
        raise Refused(_("A text has %(most)s films at most.") % {"most": MOST})
    host, key = film_at(address)
    facts = _facts(title, length, alternative)
    film = writing.films.create(host=host, key=key, **facts)
    leave_trace("added", film, by=by)
    return film


@transaction.atomic
def describe_film(film: Film, *, by: Viewer | None, title: str, alternative: str, length: str = "") -> None:
    """Change what is said of a film; which film it is stays."""
    must_write(film.writing, by)
    for name, value in _facts(title, length, alternative).items():
        setattr(film, name, value)
    film.save(update_fields=["title", "length", "alternative"])
    leave_trace("described", film, by=by)


def film_at(address: str) -> tuple[Host, str]:
    """The host of a film and what it calls the film. Refuses every address that is not exactly one."""
    address = address.strip()
    if len(address) > LONGEST_ADDRESS or not address.isascii() or re.search(r"[\s\\]", address):
        raise Refused(NOT_A_FILM)
    try:
        parts = urlsplit(address if "//" in address else f"https://{address}")
        port = parts.port
    except ValueError:
        raise Refused(NOT_A_FILM) from None
    is_plain = parts.scheme in ("http", "https") and "@" not in parts.netloc and port in (None, 80, 443)
    key = _key(parts.hostname or "", parts.path, parse_qs(parts.query)) if is_plain else None
    if key is None:
        raise Refused(NOT_A_FILM)
    return key


def _key(host: str, path: str, query: dict[str, list[str]]) -> tuple[Host, str] | None:
    if host == "youtu.be":
        return _matched(Host.YOUTUBE, YOUTUBE_KEY, path.strip("/"))
    if host in YOUTUBE:
        watched = _matched(Host.YOUTUBE, YOUTUBE_KEY, query.get("v", [""])[0]) if path == "/watch" else None
        return watched or _matched(Host.YOUTUBE, YOUTUBE_PATH, path)
    if host in VIMEO:
        return _matched(Host.VIMEO, VIMEO_PATH, path)
    return _matched(Host.INTERNET_ARCHIVE, ARCHIVE_PATH, path) if host in ARCHIVE else None


def _matched(host: Host, pattern: re.Pattern[str], text: str) -> tuple[Host, str] | None:
    found = pattern.fullmatch(text)
    return (host, found.group(found.lastindex or 0)) if found else None


def player_address(film: Film) -> str:
    """What its player is framed from: built from what was checked, with as little told as the host allows."""
    key, at = quote(film.key, safe=""), PLAYERS[Host(film.host)]
    match film.host:
        case Host.YOUTUBE:
            return f"{at}/embed/{key}?rel=0"
        case Host.VIMEO:
            return f"{at}/video/{key}?dnt=1"
    return f"{at}/embed/{key}"


def page_address(film: Film) -> str:
    """Where the host shows it on a page of its own."""
    key = quote(film.key, safe="")
    match film.host:
        case Host.YOUTUBE:
            return f"https://www.youtube.com/watch?v={key}"
        case Host.VIMEO:
            return f"https://vimeo.com/{key}"
    return f"https://archive.org/details/{key}"


def _facts(title: str, length: str, alternative: str) -> dict[str, str]:
    facts = {"title": line(title, 200), "length": line(length, 40)}
    facts["alternative"] = tidy_words(alternative[: 2 * LONGEST_ALTERNATIVE])
    if not facts["title"]:
        raise Refused(NO_TITLE)
    if not facts["alternative"]:
        raise Refused(NO_ALTERNATIVE)
    if (number := len(facts["alternative"])) > LONGEST_ALTERNATIVE:
        raise Refused(
            _("What is said and shown has %(number)s characters. %(longest_alternative)s have to do.")
            % {"number": number, "longest_alternative": LONGEST_ALTERNATIVE}
        )
    return facts
