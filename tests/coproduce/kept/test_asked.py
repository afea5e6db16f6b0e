"""Only what is the same for everybody is answered before Django sees it."""

import pytest
from django.test import override_settings

from coproduce.serving.kept.asked import Asked, asked_in, takes_gzip
from people.guests import COOKIE
from tests.coproduce.serving.calling import scope


def asked(path: str = "/", query: bytes = b"", method: str = "GET", **headers: str) -> Asked | None:
    return asked_in(scope(path, method, query, **({"host": "testserver"} | headers)))


@pytest.mark.parametrize(
    "cookie", [f"{COOKIE}=x", "sessionid=x", "messages=x", f"other=1; {COOKIE}=x", "receipts=x"]
)
def test_whoever_shows_a_cookie_of_ours_is_answered_by_django(cookie: str) -> None:
    assert asked(cookie=cookie) is None


@pytest.mark.parametrize("cookie", ["_ga=1", "csrftoken=x", "theme=purple", "novalue", ";;=;"])
def test_cookies_of_others_and_tokens_of_forms_change_nothing(cookie: str) -> None:
    assert asked(cookie=cookie).key == asked().key


def test_cookies_are_read_as_django_reads_them() -> None:
    assert asked(cookie='theme="dark"').key.theme == "dark"
    assert asked(cookie="theme=light; theme=dark").key.theme == "dark"
    assert asked(cookie="language=cy").key.language == "cy"
    assert asked(cookie="language=xx", accept_language="cy").key.language == "cy"


@pytest.mark.parametrize(
    "header",
    [
        {"authorization": "x"}, {"range": "bytes=0-"}, {"hx_boosted": "true"}, {"content_length": "3"},
        {"transfer_encoding": "chunked"}, {"accept": "text/plain"}, {"x_part": "states"},
        {"cookie": "x" * 5000}, {"accept_language": "cy," * 100}, {"accept_encoding": "br," * 100},
    ],
)  # fmt: skip
def test_what_is_out_of_the_ordinary_is_left_to_django(header: dict[str, str]) -> None:
    assert asked(**header) is None


def test_only_reading_what_has_an_address_of_ordinary_length_is_answered_here() -> None:
    assert asked(method="POST") is None
    assert asked("/" + "x" * 600) is None
    assert asked("/", b"q=" + b"x" * 600) is None
    assert asked("/healthz") is None
    assert asked("/static/css/base.css") is None
    assert asked_in(scope("/")) is None, "without a host"
    assert asked(host="x" * 300) is None


def test_a_header_sent_twice_is_left_to_django() -> None:
    twice = scope("/", host="testserver")
    twice["headers"].append((b"host", b"other"))
    assert asked_in(twice) is None


def test_a_header_in_capitals_is_the_same_header() -> None:
    loud = scope("/", host="testserver")
    loud["headers"].append((b"Cookie", f"{COOKIE}=x".encode()))
    assert asked_in(loud) is None


def test_what_the_answer_depends_on_makes_another_key() -> None:
    keys = [
        asked().key,
        asked("/about/").key,
        asked(query=b"a=1").key,
        asked(host="other").key,
        asked(cookie="theme=dark").key,
        asked(accept_language="cy").key,
    ]
    assert len(set(keys)) == len(keys)
    assert asked(method="HEAD").key == asked().key


def test_a_proxy_that_is_trusted_says_whether_the_page_is_for_https() -> None:
    assert not asked(x_forwarded_proto="https").key.is_secure
    with override_settings(SECURE_PROXY_SSL_HEADER=("HTTP_X_FORWARDED_PROTO", "https")):
        assert asked(x_forwarded_proto="https").key.is_secure
        assert not asked(x_forwarded_proto="http").key.is_secure


def test_gzip_is_sent_to_those_who_read_it() -> None:
    for accepted in (b"gzip", b"br, gzip", b"deflate, GZIP;q=0.5, *"):
        assert takes_gzip(accepted)
    for accepted in (b"", b"br", b"gzip;q=0", b"gzip; q=0.0", b"xgzip"):
        assert not takes_gzip(accepted)
