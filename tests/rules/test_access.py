"""Deny by default: every address is listed with who may open it, and answers so."""

import tomllib
from collections.abc import Iterator

import pytest
from django.conf import settings
from django.test import Client
from django.urls import URLPattern, get_resolver, reverse

from people.guests import Viewer
from tests.conftest import make_person
from tests.rules.sources import ROOT

ACCESS = ROOT / "coproduce" / "access.toml"
WHO = {"public", "signed in", "helper", "organiser"}
# Something of the right shape for any part of an address; nothing has to be there.
STAND_INS = {
    "int": 1,
    "slug": "nothing",
    "string": "nothing",
    "uuid": "0" * 8 + "-0000-4000-8000-" + "0" * 12,
}


def listed() -> dict[str, str]:
    tables = tomllib.loads(ACCESS.read_text())
    return {name: who for table in tables.values() for name, who in table.items()}


def routes(patterns: list | None = None) -> Iterator[URLPattern]:
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        if isinstance(pattern, URLPattern):
            yield pattern
        else:
            yield from routes(pattern.url_patterns)


def address(name: str) -> str:
    """An address of the route, with stand-ins for its parts."""
    ((_, parameters),), _, _, converters = get_resolver().reverse_dict.getlist(name)[0]
    kinds = {part: type(converters[part]).__name__ for part in parameters if part in converters}
    return reverse(
        name, kwargs={part: STAND_INS[kind.removesuffix("Converter").lower()] for part, kind in kinds.items()}
    )


def is_sent_to_sign_in(client: Client, name: str) -> bool:
    """Whether the address is behind the sign-in, which remembers where somebody wanted to go.

    A step of signing in that nobody began leads to its beginning too, but remembers nothing.
    """
    answer = client.get(address(name))
    return answer.status_code == 302 and answer.url.startswith(f"{reverse(settings.LOGIN_URL)}?next=")


def test_every_route_has_a_name_and_is_listed_once() -> None:
    names = [pattern.name for pattern in routes()]
    assert None not in names
    assert sorted(set(names) - set(listed())) == [], "Say in coproduce/access.toml who may open these."
    assert sorted(set(listed()) - set(names)) == [], "These are in coproduce/access.toml and nowhere else."


def test_no_route_is_listed_under_two_headings() -> None:
    tables = tomllib.loads(ACCESS.read_text()).values()
    assert sum(map(len, tables)) == len(listed())


def test_the_list_uses_four_words_only() -> None:
    assert set(listed().values()) <= WHO


@pytest.mark.parametrize("name", [name for name, who in listed().items() if who == "public"])
@pytest.mark.django_db
def test_anybody_may_open(client: Client, name: str) -> None:
    assert not is_sent_to_sign_in(client, name)


@pytest.mark.parametrize("name", [name for name, who in listed().items() if who != "public"])
@pytest.mark.django_db
def test_a_stranger_signs_in_before(client: Client, name: str) -> None:
    assert is_sent_to_sign_in(client, name)


@pytest.mark.parametrize("name", [name for name, who in listed().items() if who in {"helper", "organiser"}])
@pytest.mark.django_db
def test_nobody_but_organisers_opens(client: Client, researcher: Viewer, name: str) -> None:
    for person in (make_person("Ben"), researcher.person):
        client.force_login(person)
        assert client.get(address(name)).status_code in {403, 404, 405}
        assert client.post(address(name)).status_code in {403, 404, 405}


def test_a_view_that_forgot_to_say_anything_is_closed() -> None:
    assert "django.contrib.auth.middleware.LoginRequiredMiddleware" in settings.MIDDLEWARE
