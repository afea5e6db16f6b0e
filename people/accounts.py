"""How signing in fits this site."""

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest
from django.urls import reverse

from people.guests import Viewer


class AccountAdapter(DefaultAccountAdapter):
    """Lands each person where their work is."""

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        return reverse("desk" if Viewer(person=request.user).may_organise else "front")
