"""People who answer a board without JavaScript and do not give up."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException, HTTPResponse
from http.cookies import SimpleCookie
from threading import Event
from urllib.parse import urlencode
from uuid import uuid4

from tests.faults.books import Books
from tests.journeys.plain import HiddenFields

TIMEOUT = 3  # seconds
FIRST_PAUSE, LONGEST_PAUSE = 0.1, 1.0  # seconds
MOST_TRIES = 100


class NotAnswered(Exception):
    """The site did not say that the note is there; the text is why."""


@dataclass
class Poster:
    """One device, in a network of its own, that leaves notes at the form at `path`.

    Planted flaws: `keeps_key` false sends every try under another key; with `loses_answers`
    the first answer to each note is lost on the way.
    """

    address: str
    path: str
    network: str
    books: Books
    keeps_key: bool = True
    loses_answers: bool = False
    cookies: dict[str, str] = field(default_factory=dict)

    def leave(self, notes: Iterable[str]) -> None:
        for words in notes:
            self.books.intend(words)
            self.leave_one(words)

    def leave_one(self, words: str) -> None:
        """Each note by another guest, who tries until told that it is on the wall."""
        self.cookies.clear()
        hidden = self.until_it_works(words, self.form)
        fields = hidden | {"mark": "tick", "words": words, "public": "on", "research": "on"}
        self.books.acknowledge(words, self.until_it_works(words, lambda: self.send(words, fields)))

    def until_it_works[Found](self, words: str, ask: Callable[[], Found]) -> Found:
        pause = FIRST_PAUSE
        for _ in range(MOST_TRIES):
            try:
                return ask()
            except (OSError, HTTPException, NotAnswered) as trouble:
                self.books.go_wrong(words, str(trouble) or type(trouble).__name__)
            Event().wait(pause)
            pause = min(2 * pause, LONGEST_PAUSE)
        raise AssertionError(f"“{words}” was not taken in {MOST_TRIES} tries: {self.books.refused}")

    def form(self) -> dict[str, str]:
        """The hidden fields of the form, the note's key among them."""
        status, _, page = self.ask("GET")
        if status != 200:
            raise NotAnswered(f"GET {status}")
        return HiddenFields(page).found

    def send(self, words: str, fields: dict[str, str]) -> str:
        """The identifier of the note on the wall."""
        if not self.keeps_key:
            fields = fields | {"key": str(uuid4())}
        status, location, _ = self.ask("POST", urlencode(fields))
        if status != 302:
            raise NotAnswered(f"POST {status}")
        if self.loses_answers and not self.books.tries[words]:
            raise NotAnswered("lost on the way")
        return location.partition("#")[2]

    def ask(self, method: str, body: str | None = None) -> tuple[int, str, str]:
        """Status, where it leads to, and page."""
        connection = HTTPConnection(self.address, timeout=TIMEOUT)
        try:
            connection.request(method, self.path, body, self.headers())
            response = connection.getresponse()
            self.keep_cookies(response)
            return response.status, response.headers.get("Location", ""), response.read().decode()
        finally:
            connection.close()

    def headers(self) -> dict[str, str]:
        cookies = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        return {
            "Content-Type": "application/x-www-form-urlencoded",
            "Cookie": cookies,
            "X-Forwarded-For": self.network,
        }

    def keep_cookies(self, response: HTTPResponse) -> None:
        for line in response.headers.get_all("Set-Cookie", []):
            self.cookies |= {name: morsel.value for name, morsel in SimpleCookie(line).items()}
