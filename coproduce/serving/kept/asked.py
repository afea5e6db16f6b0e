"""What is asked for, if the answer can be the same for every visitor who asks for it."""

from functools import lru_cache
from typing import NamedTuple

from django.conf import settings
from django.http import parse_cookie

from archive.thread.kept import COOKIE as THREAD_COOKIE
from coproduce.context import THEMES
from coproduce.languages import language_of
from coproduce.serving.requests import Scope
from people.guests import COOKIE as GUEST_COOKIE

LONGEST = 512  # bytes of an address that is kept
LONGEST_COOKIES, LONGEST_LANGUAGES = 4096, 200
LONGEST_HOST, LONGEST_ENCODINGS = 261, 200  # bytes: the longest name there is, and a port
# What says who somebody is or what was done for them. A token against forged forms is not among
# these: a page that holds one sets the cookie, and is kept for nobody.
OURS = frozenset({settings.SESSION_COOKIE_NAME, GUEST_COOKIE, THREAD_COOKIE, "messages"})
# Asked by programs that watch this process, about itself.
NEVER = frozenset({"/healthz", "/readyz", "/metrics"})
STATIC = "/" + settings.STATIC_URL.strip("/") + "/"

# Headers of which an answer depends in a way that only Django knows, besides HX-….
FOR_DJANGO = frozenset(
    b"authorization proxy-authorization range if-range if-match if-modified-since if-unmodified-since"
    b" content-length transfer-encoding expect upgrade x-forwarded-host x-part x-upload x-tray"
    b" x-draft".split()
)
READ = frozenset(
    (
        b"host",
        b"cookie",
        b"accept",
        b"accept-language",
        b"accept-encoding",
        b"if-none-match",
        b"x-forwarded-proto",
    )
)


class Key(NamedTuple):
    """All that the answer to a visitor depends on."""

    is_secure: bool
    host: bytes
    path: bytes
    query: bytes
    theme: str
    language: str

    @property
    def is_question(self) -> bool:
        return bool(self.query)


class Asked(NamedTuple):
    key: Key
    takes_gzip: bool
    has: bytes  # the tags of what the visitor's browser has
    is_head: bool


def asked_in(scope: Scope) -> Asked | None:
    """What a visitor asks for; None for everybody and everything that has to be answered by Django."""
    path = scope.get("raw_path") or scope["path"].encode()
    if scope["method"] not in ("GET", "HEAD") or len(path) + len(scope["query_string"]) > LONGEST:
        return None
    if scope["path"] in NEVER or scope["path"].startswith(STATIC):
        return None
    headers = headers_for_all(scope)
    if headers is None or b"*/*" not in headers.get(b"accept", b"*/*") or not are_ordinary(headers):
        return None
    chosen = choices_in(headers.get(b"cookie", b""), headers.get(b"accept-language", b""))
    if chosen is None:
        return None
    return Asked(
        Key(is_secure(scope, headers), headers[b"host"], path, scope["query_string"], *chosen),
        takes_gzip(headers.get(b"accept-encoding", b"")),
        headers.get(b"if-none-match", b""),
        scope["method"] == "HEAD",
    )


def headers_for_all(scope: Scope) -> dict[bytes, bytes] | None:
    """The headers that count; None where there is one that makes the answer somebody's own."""
    found: dict[bytes, bytes] = {}
    for name, value in scope["headers"]:
        name = name.lower()
        if name in READ:
            if name in found:
                return None
            found[name] = value
        elif name in FOR_DJANGO or name.startswith(b"hx-"):
            return None
    return found


def are_ordinary(headers: dict[bytes, bytes]) -> bool:
    """Whether they are of ordinary length: anybody can send any, and they are remembered for a while."""
    host, encodings = headers.get(b"host", b""), headers.get(b"accept-encoding", b"")
    return 0 < len(host) <= LONGEST_HOST and len(encodings) <= LONGEST_ENCODINGS


def is_secure(scope: Scope, headers: dict[bytes, bytes]) -> bool:
    """What `request.is_secure()` will say."""
    told = headers.get(b"x-forwarded-proto")
    if told is not None and getattr(settings, "SECURE_PROXY_SSL_HEADER", None):
        return told.split(b",")[0].strip() == b"https"
    return scope.get("scheme") == "https"


@lru_cache(maxsize=1024)
def choices_in(cookies: bytes, languages: bytes) -> tuple[str, str] | None:
    """The colours and the language of a visitor; None for whoever shows a cookie of ours beside these."""
    if len(cookies) > LONGEST_COOKIES or len(languages) > LONGEST_LANGUAGES:
        return None
    typed = cookies.decode(errors="replace")
    shown = parse_cookie(typed)
    if not OURS.isdisjoint(shown):
        return None
    theme = shown.get("theme", "")
    return theme if theme in THEMES else "", language_of(typed, languages.decode("latin-1"))


@lru_cache(maxsize=256)
def takes_gzip(accepted: bytes) -> bool:
    """Whether a client said that it reads gzip."""
    for part in accepted.lower().split(b","):
        name, _, weight = (word.strip() for word in part.partition(b";"))
        if name == b"gzip":
            return weight.replace(b" ", b"") not in (b"q=0", b"q=0.0", b"q=0.00", b"q=0.000")
    return False


def tags_in(typed: bytes) -> set[bytes]:
    """The tags of an If-None-Match, without the sign for weak ones."""
    return {tag.strip().removeprefix(b"W/") for tag in typed.split(b",")}
