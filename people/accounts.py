"""How signing in fits this site."""

from ipaddress import IPv6Address

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest
from django.urls import reverse

from people.guests import Viewer
from people.limits import network_of

# The start of fd00::/8, addresses that are nobody's on the internet.
PRIVATE = 0xFD << 120


class AccountAdapter(DefaultAccountAdapter):
    """Lands each person where their work is, and keeps no address of anybody."""

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        return reverse("desk" if Viewer(person=request.user).may_organise else "front")

    def get_client_ip(self, request: HttpRequest) -> str:
        """A stand-in that allauth may count and store: it cannot be led back to the visitor."""
        return str(IPv6Address(PRIVATE | int(network_of(request)[:30], 16)))
