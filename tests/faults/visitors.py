"""A browser without scripts that comes from one address, by itself and through a proxy that names another."""

import re
from collections import deque
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPResponse
from http.cookies import SimpleCookie
from urllib.parse import urldefrag, urlencode, urljoin, urlsplit

from tests.journeys.plain import HiddenFields

HREF = re.compile(r'<a [^>]*href="([^"]+)"')
TIMEOUT = 30  # seconds; the machine may be busy


@dataclass(frozen=True, slots=True)
class Answer:
    """What the site said."""

    status: int
    location: str
    page: str


@dataclass
class Visitor:
    """Asks `site` (host and port) from `address` of this machine; a proxy says it was for `behind`."""

    site: str
    address: str
    behind: str
    cookies: dict[str, str] = field(default_factory=dict)

    def ask(self, path: str, fields: dict[str, str] | None = None) -> Answer:
        connection = HTTPConnection(self.site, timeout=TIMEOUT, source_address=(self.address, 0))
        try:
            body = None if fields is None else urlencode(fields)
            connection.request("GET" if body is None else "POST", path, body, self._headers(path))
            response = connection.getresponse()
            self._keep_cookies(response)
            page = response.read().decode(errors="replace")
            return Answer(response.status, response.headers.get("Location", ""), page)
        finally:
            connection.close()

    def fill_in(self, path: str, **fields: str) -> Answer:
        """Opens a form, fills it in and sends it with what it hides."""
        page = self.ask(path)
        assert page.status == 200, (path, page.status)
        return self.ask(path, HiddenFields(page.page).found | fields)

    def crawl(self, start: str, most: int) -> dict[str, int]:
        """Follows links of this site from `start`; what each page answered."""
        ahead, found = deque([start]), {}
        while ahead and len(found) < most:
            path = ahead.popleft()
            if path not in found:
                answer = self.ask(path)
                found[path] = answer.status
                ahead.extend(self._links(path, answer.page))
        return found

    def _links(self, path: str, page: str) -> list[str]:
        whole = (urldefrag(urljoin(path, link.replace("&amp;", "&")))[0] for link in HREF.findall(page))
        return [link for link in whole if not urlsplit(link).netloc and link.startswith("/")]

    def _headers(self, path: str) -> dict[str, str]:
        return {
            "Content-Type": "application/x-www-form-urlencoded",
            "Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items()),
            "User-Agent": "A browser of the tests",
            "Referer": f"https://{self.site}{path}",
            "X-Forwarded-For": self.behind,
            "X-Forwarded-Proto": "https",
            "X-Real-IP": self.behind,
            "Forwarded": f"for={self.behind}",
        }

    def _keep_cookies(self, response: HTTPResponse) -> None:
        for line in response.headers.get_all("Set-Cookie", []):
            self.cookies |= {name: morsel.value for name, morsel in SimpleCookie(line).items()}
