"""In which language somebody reads, told from two headers before any page is made.

The same answer as `django.middleware.locale.LocaleMiddleware` gives for a page: what somebody
chose in the footer, else what their browser asks for, else the language the site was set up in.
"""

import re
from collections.abc import Callable, Sequence

from django.conf import settings
from django.http import HttpRequest, parse_cookie
from django.http.response import HttpResponseBase
from django.utils.translation import activate, get_language_from_request, override, to_locale
from django.utils.translation import gettext as _


def language_of(cookies: str, accept_language: str) -> str:
    """The code of the language, such as "cy", for a Cookie and an Accept-Language header as they came.

    Cheap: Django remembers what it read in a header and which of our languages fits it.
    """
    request = HttpRequest()
    if settings.LANGUAGE_COOKIE_NAME in cookies:
        request.COOKIES = parse_cookie(cookies)
    request.META["HTTP_ACCEPT_LANGUAGE"] = accept_language
    # A cookie may say "CY".
    return get_language_from_request(request).lower()


def is_spoken(code: str) -> bool:
    """Whether this is one of the languages the site can be read in."""
    return code in dict(settings.LANGUAGES)


def tag_of(code: str) -> str:
    """The code as a page writes it in `lang`: "en-GB" for "en-gb"."""
    return to_locale(code).replace("_", "-")


def in_a_row(parts: Sequence[str]) -> str:
    """The parts as people say them: "two", "one and two", "one, two and three"; empty for none."""
    *first, last = parts or [""]
    return _("%(first)s and %(last)s") % {"first": ", ".join(first), "last": last} if first else str(last)


def in_the_sites_language() -> override:
    """For words that are kept or sent: they are the same whoever did what they tell of."""
    return override(settings.LANGUAGE_CODE)


# What is read by programs, and handed on: files of every kind, feeds, and what the archive answers them.
FOR_PROGRAMS = re.compile(r"\.[a-z]+$|/feed/$|^/(?:api/v1/|oai$)|^/export/(?!releases/|files/)[^/]+/$")


def answer_programs_alike(get_response: Callable[[HttpRequest], HttpResponseBase]) -> Callable:
    """Middleware behind LocaleMiddleware: a file says the same whoever fetches it, in the site's language."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        if FOR_PROGRAMS.search(request.path):
            # Not for a block of code alone: some are still being written when this returns.
            activate(settings.LANGUAGE_CODE)
        return get_response(request)

    return middleware
