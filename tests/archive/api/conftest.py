"""Asking the API, which tests do more often than its limit lets a visitor."""

from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from django.test import Client

from archive.api import api_views
from archive.harvest import settled
from people.limits import Limit

Walk = Callable[[str], Iterator[dict]]


@pytest.fixture(autouse=True)
def here(settings: object, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.SITE_URL = "http://testserver"
    monkeypatch.setattr(settled, "A_MOMENT", timedelta(0))
    monkeypatch.setattr(api_views, "QUESTIONS", Limit("API questions without an end", 10**9, 60))


@pytest.fixture
def walk(client: Client) -> Walk:
    def walk(address: str) -> Iterator[dict]:
        """The pages of a list, one after the other."""
        while address:
            answer = client.get(address)
            assert answer.status_code == 200, answer.text
            page = answer.json()
            assert answer.headers.get("Link", "") == (f'<{page["next"]}>; rel="next"' if page["next"] else "")
            yield page
            address = page["next"]

    return walk
