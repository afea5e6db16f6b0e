"""What goes wrong behind a page: requests that leave the site, missing files, faults in the console."""

from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext, ConsoleMessage, Request, Response

FOUND = 400  # statuses from here on say that something is not there, or went wrong
SERVER_FAULT = 500
# The console repeats the status of every answer, also of pages that are meant to refuse.
OF_STATUS = "Failed to load resource: the server responded with a status"
# Where a test takes the network away, or loses an answer on the way.
OF_NETWORK = (
    "Failed to load resource: net::ERR_INTERNET_DISCONNECTED",
    "Failed to load resource: net::ERR_FAILED",
)
# What scripts of forms send along with what they send.
OF_FORMS = {"x-tray", "x-upload", "x-draft"}


class Watch:
    """Looks over the shoulder of every browser it is given, and keeps what is wrong as sentences."""

    def __init__(self, site: str) -> None:
        self.site = urlsplit(site).netloc
        self.faults: list[str] = []

    def over(self, context: BrowserContext) -> BrowserContext:
        context.on("request", self._requested)
        context.on("response", self._answered)
        context.on("console", self._said)
        context.on("weberror", lambda failed: self.faults.append(f"script: {failed.error}"))
        return context

    def _requested(self, request: Request) -> None:
        if urlsplit(request.url).netloc not in ("", self.site):
            self.faults.append(f"asked for {request.url}")

    def _answered(self, response: Response) -> None:
        # A stream that is full, or not served here, is asked for by polling; that is checked like the rest.
        if response.request.resource_type == "eventsource":
            return
        # What scripts of forms are refused they say on the page, and their tests look for that.
        if response.status < SERVER_FAULT and OF_FORMS & set(response.request.headers):
            return
        if response.status >= FOUND and not response.request.is_navigation_request():
            self.faults.append(f"{response.url} answered {response.status}")

    def _said(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning") and not message.text.startswith((OF_STATUS, *OF_NETWORK)):
            self.faults.append(f"console: {message.text}")
