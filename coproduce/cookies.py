"""Every cookie that the site can set, as the page on privacy lists them. None follows anybody."""

from dataclasses import dataclass

from django.conf import settings
from django.contrib.messages.storage.cookie import CookieStorage
from django.utils.translation import gettext_lazy as _

from archive.thread.kept import COOKIE as THREAD
from people.guests import COOKIE as GUEST

THEME = "theme"


@dataclass(frozen=True, slots=True)
class Cookie:
    """One cookie: its name, what for, when it is set, and how long a browser keeps it."""

    name: str
    purpose: str
    when: str
    lasts: str


def cookies() -> list[Cookie]:
    """All of them, with the names they have on this site."""
    year = _("A year")
    return [
        Cookie(
            GUEST,
            _("Knowing your own notes again"),
            _("You join or answer a board, report something or send a request without an account"),
            _("90 days"),
        ),
        Cookie(
            THREAD,
            _("Keeping the receipts of your thread"),
            _("You add a receipt to your thread"),
            _("90 days, or until you let it forget"),
        ),
        Cookie(settings.SESSION_COOKIE_NAME, _("Staying signed in"), _("You sign in"), _("14 days")),
        Cookie(
            settings.CSRF_COOKIE_NAME, _("Making sure a form came from you"), _("A page has a form"), year
        ),
        Cookie(
            CookieStorage.cookie_name,
            _("Showing you a message once"),
            _("You sent something"),
            _("Until the next page"),
        ),
        Cookie(THEME, _("The colours you chose"), _("You chose them"), year),
        Cookie(settings.LANGUAGE_COOKIE_NAME, _("The language you chose"), _("You chose it"), year),
    ]
