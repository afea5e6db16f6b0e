"""How signing in fits this site."""

from ipaddress import IPv6Address

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context as current
from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

from people.guests import Viewer
from people.letters import in_words
from people.limits import network_of
from people.outbox import ACCOUNT, post

# The start of fd00::/8, addresses that are nobody's on the internet.
PRIVATE = 0xFD << 120


class AccountAdapter(DefaultAccountAdapter):
    """Lands each person where their work is, and keeps no address of anybody."""

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        return reverse("desk" if Viewer(person=request.user).may_organise else "front")

    def send_mail(self, template_prefix: str, email: str, context: dict[str, object]) -> None:
        """Into the outbox like all mail: a mail server that does not answer delays nobody's page."""
        # Never the address by which the site was asked: anybody can ask by another one.
        known = {"request": current.request, "email": email, "site_url": settings.SITE_URL}
        message = self.render_mail(template_prefix, email, known | context)
        post(ACCOUNT, email, in_words(message.subject, message.body))

    def get_client_ip(self, request: HttpRequest) -> str:
        """A stand-in that allauth may count and store: it cannot be led back to the visitor."""
        return str(IPv6Address(PRIVATE | int(network_of(request)[:30], 16)))
