"""A visitor with the plainest client there is: it keeps cookies, reads forms and runs no script."""

from dataclasses import dataclass, field
from html.parser import HTMLParser
from http.client import HTTPResponse
from http.cookiejar import CookieJar, DefaultCookiePolicy
from urllib.error import HTTPError
from urllib.parse import urlencode, urljoin
from urllib.request import HTTPCookieProcessor, build_opener


def new_jar() -> CookieJar:
    """Sends secure cookies too: like a browser it trusts localhost without TLS."""
    return CookieJar(DefaultCookiePolicy(secure_protocols=("http", "https")))


class HiddenFields(HTMLParser):
    """The hidden fields of the forms of a page, by name."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: dict[str, str] = {}
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "input" and given.get("type") == "hidden" and given.get("name"):
            self.found[given["name"]] = given.get("value") or ""


@dataclass
class Answer:
    """What the site answered: where one ended up, with which status, and the page."""

    status: int
    address: str
    page: str

    @classmethod
    def read(cls, response: HTTPResponse) -> "Answer":
        with response:
            return cls(response.status, response.geturl(), response.read().decode())


@dataclass
class Visitor:
    site: str
    cookies: CookieJar = field(default_factory=new_jar)

    def get(self, path: str) -> Answer:
        return self._ask(path, None)

    def send(self, path: str, **typed: str | list[str]) -> Answer:
        """Send a form to `path`; a list is sent as several fields of one name."""
        return self._ask(path, urlencode(typed, doseq=True).encode())

    def _ask(self, path: str, data: bytes | None) -> Answer:
        opener = build_opener(HTTPCookieProcessor(self.cookies))
        try:
            return Answer.read(opener.open(urljoin(self.site, path), data, timeout=20))
        except HTTPError as refused:
            return Answer.read(refused)
