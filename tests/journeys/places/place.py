"""A page that is looked at, how to get to it, and as whom."""

from collections.abc import Callable
from dataclasses import dataclass

from django.urls import reverse
from playwright.sync_api import Page

from tools.examples import EXAMPLES

Step = Callable[[Page], None]


@dataclass(frozen=True, slots=True)
class Place:
    """A page: its route or address, which example of the demo, who looks, and what they do there first."""

    route: str
    example: int = 0
    viewer: str = "anybody"
    step: Step | None = None
    status: int = 200

    @property
    def path(self) -> str:
        if self.route.startswith("/"):
            return self.route
        return reverse(
            self.route, args=EXAMPLES[self.route]()[self.example] if self.route in EXAMPLES else ()
        )


def refused(button: str, *, exact: bool = False) -> Step:
    """The step that sends a form as it stands, by the button of this name, and is told what is missing."""

    def send(page: Page) -> None:
        page.get_by_role("button", name=button, exact=exact).click()
        page.get_by_role("alert").wait_for()

    return send
