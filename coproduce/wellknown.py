"""What programs look for at a fixed place: how to report a hole (RFC 9116), where to change a password."""

from datetime import timedelta

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

# A file that nobody looks after any more should say so by itself; a year is the longest that is advised.
HOLDS = timedelta(days=300)


def fields() -> list[tuple[str, str]]:
    """The fields of security.txt, in the order in which they are written."""
    here = settings.SITE_URL
    expires = (timezone.now() + HOLDS).replace(hour=0, minute=0, second=0, microsecond=0)
    mail = [("Contact", f"mailto:{settings.CONTACT_EMAIL}")] if settings.CONTACT_EMAIL else []
    return [
        *mail,
        ("Contact", here + reverse("security")),
        ("Expires", f"{expires:%Y-%m-%dT%H:%M:%SZ}"),
        ("Preferred-Languages", ", ".join(code.partition("-")[0] for code, _ in settings.LANGUAGES)),
        ("Canonical", here + reverse("security_txt")),
        ("Policy", here + reverse("security")),
    ]


@login_not_required
def security_txt(request: HttpRequest) -> HttpResponse:
    said = "".join(f"{name}: {value}\n" for name, value in fields())
    return HttpResponse(said, content_type="text/plain; charset=utf-8")


@login_not_required
def security(request: HttpRequest) -> HttpResponse:
    """How to report a hole, and what whoever does may expect."""
    return render(request, "pages/security.html")


@login_not_required
def change_password(request: HttpRequest) -> HttpResponse:
    """Where password managers send people; the page itself asks them to sign in."""
    return HttpResponseRedirect(reverse("account_change_password"))
