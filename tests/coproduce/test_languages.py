"""The language of a page: chosen in the footer, else what the browser asks for."""

import pytest
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.middleware.locale import LocaleMiddleware
from django.test import Client, override_settings
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from coproduce.languages import language_of

COOKIE = settings.LANGUAGE_COOKIE_NAME
WISHES = [
    "",
    "cy",
    "cy-GB,cy;q=0.9,en;q=0.8",
    "en-US,en",
    "fr;q=0.9, cy;q=0.4",
    "*",
    "de",
    "x" * 600,
    "cy;q=x",
]
CHOICES = ["", "cy", "en-gb", "en", "CY", "fr", "x", '"cy"', "cy-GB"]


def spoken_on_a_page(cookies: str, accept_language: str) -> str:
    """What Django's own middleware decides for a page."""
    request = HttpRequest()
    request.COOKIES = {} if not cookies else dict([cookies.split("=", 1)])
    request.META["HTTP_ACCEPT_LANGUAGE"] = accept_language
    with translation.override(None):
        LocaleMiddleware(lambda _: HttpResponse()).process_request(request)
        return request.LANGUAGE_CODE


@pytest.mark.parametrize("wish", WISHES)
@pytest.mark.parametrize("choice", [None, *CHOICES])
def test_the_two_headers_tell_the_language_the_page_will_have(choice: str | None, wish: str) -> None:
    cookies = "" if choice is None else f"{COOKIE}={choice}"
    told = language_of(f"theme=dark; {cookies}", wish)
    assert told == spoken_on_a_page(cookies.replace('"', ""), wish)


@given(choice=st.sampled_from([None, *CHOICES]), wish=st.text("cyenfrgb-,;q=0.19* ", max_size=30))
def test_no_wish_however_odd_is_read_in_two_ways(choice: str | None, wish: str) -> None:
    cookies = "" if choice is None else f"{COOKIE}={choice}"
    assert language_of(cookies, wish) == spoken_on_a_page(cookies.replace('"', ""), wish)


@pytest.mark.parametrize("there", ["/about/", "/j/"])
def test_a_page_is_in_the_language_that_was_chosen_and_says_so(client: Client, db: None, there: str) -> None:
    asked = {"HTTP_ACCEPT_LANGUAGE": "en"}
    assert '<html lang="en-GB"' in client.get(there, **asked).text
    answer = client.get("/language/", {"language": "cy", "next": there})
    assert (answer.status_code, answer["Location"]) == (302, there)
    page = client.get(there, **asked)
    assert '<html lang="cy"' in page.text
    assert page["Content-Language"] == "cy"
    assert "Accept-Language" in page["Vary"]
    client.get("/language/", {"language": "", "next": there})
    assert '<html lang="en-GB"' in client.get(there, **asked).text


def test_a_browser_that_asks_for_welsh_is_answered_in_welsh(client: Client, db: None) -> None:
    page = client.get("/j/", headers={"Accept-Language": "cy-GB,cy;q=0.9,en;q=0.5"})
    assert "Teipiwch y cod oddi ar y wal" in page.text


@pytest.mark.parametrize("chosen", ["fr", "<script>", "x" * 5000])
def test_a_language_we_do_not_have_is_not_remembered(client: Client, db: None, chosen: str) -> None:
    client.get("/language/", {"language": "cy"})
    client.get("/language/", {"language": chosen})
    assert not client.cookies[COOKIE].value


@pytest.mark.parametrize("elsewhere", ["//evil.example", "https:evil.example", "/\\evil.example", "join"])
def test_the_language_leads_to_no_other_site(client: Client, elsewhere: str) -> None:
    assert client.get("/language/", {"language": "cy", "next": elsewhere})["Location"] == "/"


def test_every_language_is_offered_in_its_own_name(client: Client, db: None) -> None:
    page = client.get("/about/", headers={"Accept-Language": "cy"}).text
    assert (
        '<button class="btn btn--quiet" name="language" value="cy" lang="cy" aria-pressed="true">Cymraeg<'
        in page
    )
    assert 'name="language" value="en-gb" lang="en-GB">English<' in page


@pytest.mark.parametrize("name", ["500.html", "503.html", "letters/page.html"])
def test_what_stands_alone_says_its_language_too(name: str) -> None:
    from django.template.loader import get_template

    with translation.override("cy"):
        assert '<html lang="cy">' in get_template(name).render()


@override_settings(LANGUAGES=[*settings.LANGUAGES, ("he", "עברית")])
def test_a_language_from_right_to_left_turns_the_page(client: Client, db: None) -> None:
    client.cookies[COOKIE] = "he"
    assert '<html lang="he" dir="rtl"' in client.get("/about/").text
