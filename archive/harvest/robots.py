"""What robots are asked to leave alone: what is somebody's own, what goes on now, and endless lists."""

from django.conf import settings
from django.urls import reverse

OWN = (
    "/account/",
    "/desk/",
    "/receipt/",
    "/d/receipt/",
    "/my-notes/",
    "/my-thread/",
    "/story/mine/",
    "/comments/",
)
SECRET = ("/news/", "/ask/", "/invitations/", "/events/sign-ups/", "/calls/signatures/", "/requests/", "/j/")
AT_THIS_MOMENT = ("/changes/", "/*/live/", "/*/projector/", "/*/facilitate/", "/*/answer/")
INSIDE = ("/mail/", "/work/", "/log/", "/roles/", "/report/", "/theme/", "/language/")
# Programs find these by themselves, and each answer of a search leads to a hundred others.
ENDLESS = ("/search/", "/api/v1/", "/oai")


def robots() -> str:
    """The text of robots.txt."""
    left = (*OWN, *SECRET, *AT_THIS_MOMENT, *INSIDE, *ENDLESS)
    rules = "\n".join(f"Disallow: {path}" for path in left)
    return f"User-agent: *\n{rules}\n\nSitemap: {settings.SITE_URL}{reverse('sitemap')}\n"
