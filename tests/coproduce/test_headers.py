"""What every answer tells the browser."""

import re

import pytest
from django.http import HttpResponse
from django.test import Client

pytestmark = pytest.mark.django_db

HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "X-Frame-Options": "DENY",
}


def policy(answer: HttpResponse) -> dict[str, str]:
    directives = answer["Content-Security-Policy"].split("; ")
    return {name: rest for name, _, rest in (directive.partition(" ") for directive in directives)}


@pytest.mark.parametrize(
    "address", ["/", "/events/", "/no-such-page/", "/desk/", "/account/login/", "/healthz"]
)
def test_every_answer_carries_the_security_headers(client: Client, address: str) -> None:
    answer = client.get(address)
    for header, value in HEADERS.items():
        assert answer[header] == value
    assert policy(answer)["default-src"] == "'none'"


def test_the_policy_lets_no_inline_script_or_style_run(client: Client) -> None:
    told = policy(client.get("/"))
    for directive in ("script-src", "style-src"):
        assert "unsafe" not in told[directive]
    assert told["frame-ancestors"] == told["base-uri"] == told["object-src"] == "'none'"


def test_a_nonce_is_never_used_twice(client: Client) -> None:
    pages = [client.get("/account/login/").text for _ in range(2)]
    nonces = [set(re.findall(r'nonce="([^"]+)"', page)) for page in pages]
    assert nonces[0], "the page has no script with a nonce"
    assert not nonces[0] & nonces[1]


def test_a_nul_in_an_address_is_a_bad_request_and_not_an_error(client: Client) -> None:
    for address in ("/events/%00/", "/events/?q=%00", "/r/%00/", "/receipt/%00/"):
        assert client.get(address).status_code in (400, 404)


def test_a_form_sent_by_another_site_is_refused(client: Client) -> None:
    sent = {"code": "nothing"}
    assert client.post("/receipt/", sent, headers={"sec-fetch-site": "cross-site"}).status_code == 403
    assert client.post("/receipt/", sent, headers={"sec-fetch-site": "same-origin"}).status_code != 403


def test_a_form_without_its_token_is_refused_and_gives_back_what_was_typed() -> None:
    careful = Client(enforce_csrf_checks=True)
    answer = careful.post("/receipt/", {"words": "Nobody told us we were allowed."})
    assert answer.status_code == 403
    assert "Nobody told us we were allowed." in answer.text


def test_the_theme_is_remembered_and_leads_nowhere_else(client: Client) -> None:
    answer = client.get("/theme/", {"theme": "dark", "next": "/events/"})
    assert answer["Location"] == "/events/"
    assert 'data-theme="dark"' in client.get("/").text
    for elsewhere in ("//evil.example", "https://evil.example/", "/\\evil.example", "javascript:alert(1)"):
        assert client.get("/theme/", {"theme": "x", "next": elsewhere})["Location"] == "/"


def test_a_page_made_for_one_viewer_is_kept_by_no_shared_cache(client: Client) -> None:
    from tests.conftest import make_person

    assert "no-store" not in client.get("/").get("Cache-Control", "")
    client.force_login(make_person("Ben"), backend="allauth.account.auth_backends.AuthenticationBackend")
    assert "no-store" in client.get("/")["Cache-Control"]
    assert "private" in client.get("/")["Cache-Control"]


def test_a_page_for_everyone_sets_no_cookie(client: Client) -> None:
    for address in ("/", "/events/", "/principles/", "/journal/", "/archive/", "/about/"):
        assert not client.get(address).cookies, address


def test_a_refused_form_shows_no_password() -> None:
    careful = Client(enforce_csrf_checks=True)
    typed = {"oldpassword": "sealed harbour one", "password1": "sealed harbour two", "words": "Shown again."}
    page = careful.post("/account/password/change/", typed)
    assert page.status_code == 403
    assert "Shown again." in page.text
    assert "sealed harbour" not in page.text
