"""Whatever an address asks to be sent on to, nobody is led to another site."""

from urllib.parse import urljoin, urlsplit

import pytest
from django.test import Client

from people.guests import Viewer

pytestmark = pytest.mark.django_db
HERE = "http://testserver/account/login/"
ELSEWHERE = [
    "//evil.example", "///evil.example", "////evil.example/", "https://evil.example", "http://evil.example",
    "https:evil.example", "https:/evil.example", "https:///evil.example", "http:\\\\evil.example",
    "/\\evil.example", "\\/evil.example", "\\\\evil.example", "/\t/evil.example", "\thttps://evil.example",
    " https://evil.example", "\nhttps://evil.example", "/\n/evil.example", "/\r/evil.example",
    "https://testserver@evil.example", "https://testserver.evil.example", "https://testserver:80@evil.example",
    "https://evil.example/testserver", "https://evil.example#testserver", "https://evil.example?testserver",
    "https://testserver\\@evil.example", "//testserver@evil.example", "javascript:alert(1)",
    "JaVaScRiPt:alert(1)", "data:text/html,evil", "//evil%E3%80%82example", "//%65vil.example",
    "https://[::1]@evil.example", "ftp://evil.example", "\x00//evil.example", "//evil.example\x00",
]  # fmt: skip
CHOICES = ["/theme/?theme=dark", "/language/?language=cy"]
OF_ACCOUNTS = ["/account/login/?", "/account/signup/?", "/account/login/code/?"]


def lands(location: str) -> str:
    """Where a browser goes that is told this; it drops tabs and line ends, and takes \\ for /."""
    cleaned = "".join(sign for sign in location if sign not in "\t\r\n").strip().replace("\\", "/")
    return urlsplit(urljoin(HERE, cleaned)).netloc


def test_the_way_of_looking_sees_where_a_browser_would_go() -> None:
    for location in (
        "//evil.example",
        "/\\evil.example",
        "/\t/evil.example",
        "https://testserver@evil.example",
    ):
        assert lands(location) != "testserver"
    assert lands("/events/") == lands("?page=2") == "testserver"


@pytest.mark.parametrize("address", CHOICES)
@pytest.mark.parametrize("elsewhere", ELSEWHERE)
def test_choosing_leads_to_no_other_site(client: Client, address: str, elsewhere: str) -> None:
    path, _, query = address.partition("?")
    name, _, value = query.partition("=")
    answer = client.get(path, {name: value, "next": elsewhere})
    assert answer.status_code in (302, 400)
    assert lands(answer.get("Location", "/")) == "testserver"


@pytest.mark.parametrize("address", OF_ACCOUNTS)
def test_signing_in_leads_to_no_other_site(client: Client, ada: Viewer, address: str) -> None:
    client.force_login(ada.person)
    for elsewhere in ELSEWHERE:
        answer = client.get(address.rstrip("?"), {"next": elsewhere})
        assert lands(answer.get("Location", "/")) == "testserver", elsewhere


def test_signing_out_leads_to_no_other_site(client: Client, ada: Viewer) -> None:
    for elsewhere in ELSEWHERE:
        client.force_login(ada.person)
        answer = client.post("/account/logout/", {"next": elsewhere})
        assert lands(answer.get("Location", "/")) == "testserver", elsewhere


def test_accepting_the_terms_leads_to_no_other_site(client: Client, researcher: Viewer) -> None:
    client.force_login(researcher.person)
    typed = {"purpose": "To read what was said about budgets.", "body": "None", "accepts": "on"}
    for elsewhere in ELSEWHERE:
        answer = client.post("/research/terms/", typed | {"next": elsewhere})
        assert answer.status_code == 302
        assert lands(answer["Location"]) == "testserver", elsewhere
