"""Which pages there are to look at: every route of the site, with examples from the demo."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.urls import URLPattern, URLResolver, get_resolver, reverse

from tools.examples import EXAMPLES, NoExample

# Routes that the demo has no example of, and why.
LEFT_OUT = {
    "tie_undo": "is sent from the crosswalk, and no page",
    "no_tie_undo": "is sent from the crosswalk, and no page",
    "mfa_remove_webauthn": "needs a passkey, and so a real device",
    "mfa_edit_webauthn": "needs a passkey, and so a real device",
    "mfa_reauthenticate_webauthn": "needs a passkey, and so a real device",
    "mfa_reauthenticate": "needs an authenticator app",
    "mfa_deactivate_totp": "needs an authenticator app",
    "mfa_view_recovery_codes": "needs an authenticator app",
    "mfa_download_recovery_codes": "needs an authenticator app",
    "account_reauthenticate": "needs a password",
    "person_listing": "is sent from the list of people, and no page",
    "my_story_picture": "is a file of a story with pictures, of which the demo has none",
    "changes": "is what a stream carries, and no page",
    "shown_mail": "is there in development only",
    "metrics": "is for whoever holds a token",
    "readyz": "is for machines",
    "invitation": "is in a letter to one address; tests/journeys/test_helping.py looks at it",
    "event_draft": "is what the editor's script sends to, and no page",
    "post_draft": "is what the editor's script sends to, and no page",
    "event_together": "is there while two texts stand against each other; its journey looks at it",
    "post_together": "is there while two texts stand against each other; the journey of events looks at it",
    "iiif_viewer": "has to be told a manifest; tests/journeys/test_mirador.py looks at it",
}


@dataclass(frozen=True, slots=True)
class Page:
    """A page to photograph: the name of its route, its address and how it should answer."""

    route: str
    path: str

    @property
    def status(self) -> int:
        """An address of errors says which it shows; everything else is in order."""
        return int(self.path.strip("/").rpartition("/")[2]) if self.route == "error" else 200

    @property
    def stem(self) -> str:
        """What the names of its photographs begin with."""
        return self.path.strip("/").replace("/", "_") or self.route


def pages() -> list[Page]:
    """Every page of the site, by the order of its addresses; raises NoExample."""
    routes = [route for route in named_routes() if route.name not in LEFT_OUT]
    missing = [route.name for route in routes if needs_words(route) and route.name not in EXAMPLES]
    if missing:
        raise NoExample(
            f"There is no example for {', '.join(missing)}. Give one in tools/examples.py, "
            "or say in LEFT_OUT why there can be none."
        )
    return [page for route in routes for page in pages_of(route)]


def choose(wanted: Sequence[str]) -> list[Page]:
    """The pages of these routes or at these addresses, or all; raises NoExample for an unknown name."""
    every = pages()
    known = {page.route for page in every}
    if unknown := [word for word in wanted if word not in known and not word.startswith("/")]:
        raise NoExample(
            f"No page is called {', '.join(unknown)}. There are: {', '.join(sorted(known))}; "
            "or give an address that begins with a slash."
        )
    addresses = [Page("", word) for word in wanted if word.startswith("/")]
    return [page for page in every if not wanted or page.route in wanted] + addresses


def pages_of(route: URLPattern) -> list[Page]:
    examples = EXAMPLES[route.name]() if route.name in EXAMPLES else [()]
    return [Page(route.name, reverse(route.name, "tools.stage_urls", args)) for args in examples]


def needs_words(route: URLPattern) -> bool:
    return bool(route.pattern.converters)


def named_routes(within: URLResolver | None = None) -> Iterator[URLPattern]:
    for pattern in (within or get_resolver("tools.stage_urls")).url_patterns:
        if isinstance(pattern, URLResolver):
            yield from named_routes(pattern)
        elif pattern.name:
            yield pattern
