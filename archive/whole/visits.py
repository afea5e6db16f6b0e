"""Asks this site for an address without a server between, as a visitor who is nobody."""

from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from urllib.parse import unquote_to_bytes, urlsplit

from django.conf import settings
from django.core.handlers.base import BaseHandler
from django.core.handlers.wsgi import WSGIRequest
from django.http import HttpResponseBase


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back. `kind` is the media type without its parameters."""

    status: int
    kind: str
    location: str
    body: Iterator[bytes]

    def read(self) -> bytes:
        """All of it; what is left unread has to be read or closed too."""
        return b"".join(self.body)


class Visitor:
    """Somebody without a name, a cookie or a script.

    The handler is asked as a server would, but for the signals that begin and end a request: those
    let go of the database, and a copy is read in one transaction.
    """

    def __init__(self) -> None:
        self.site = BaseHandler()
        self.site.load_middleware()
        self.place = urlsplit(settings.SITE_URL)

    def get(self, address: str) -> Answer:
        """The answer to `GET address`; it is quoted, as it stands in a link."""
        response = self.site.get_response(WSGIRequest(self._environ(*address.partition("?")[::2])))
        kind = response.get("Content-Type", "").partition(";")[0].strip()
        return Answer(response.status_code, kind, response.get("Location", ""), _body(response))

    def _environ(self, path: str, query: str) -> dict[str, object]:
        port = self.place.port or (443 if self.place.scheme == "https" else 80)
        # WSGI keeps the bytes of the path in a text of Latin-1.
        from_bytes = unquote_to_bytes(path).decode("latin-1")
        return {
            "REQUEST_METHOD": "GET",
            "SCRIPT_NAME": "",
            "PATH_INFO": from_bytes,
            "QUERY_STRING": query,
            "SERVER_NAME": self.place.hostname,
            "SERVER_PORT": str(port),
            "HTTP_HOST": self.place.netloc,
            "SERVER_PROTOCOL": "HTTP/1.1",
            "REMOTE_ADDR": "127.0.0.1",
            "wsgi.version": (1, 0),
            "wsgi.url_scheme": self.place.scheme,
            "wsgi.input": BytesIO(),
            "wsgi.errors": BytesIO(),
            "wsgi.multithread": False,
            "wsgi.multiprocess": True,
            "wsgi.run_once": False,
        }


def _body(response: HttpResponseBase) -> Iterator[bytes]:
    """Its bytes; a file it sends is closed here, since closing the response would tell the signals."""
    try:
        yield from response
    finally:
        if file := getattr(response, "file_to_stream", None):
            file.close()
