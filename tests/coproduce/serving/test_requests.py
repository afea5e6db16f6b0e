"""A request reaches a page unchanged, whole, and with nothing a visitor could forge."""

from io import BytesIO

import pytest

from coproduce.serving import requests
from coproduce.serving.requests import Gone, TooLong, body_of, environ_of
from tests.coproduce.serving.calling import Call, scope
from tests.loops import in_a_loop


def read(**sent: object) -> bytes:
    async def main() -> bytes:
        made = Call(scope(method="POST"), **sent)
        with await body_of(made.scope, made.receive) as body:
            return body.read()

    return in_a_loop(main())


def test_the_path_keeps_every_byte_it_was_sent_with() -> None:
    asked = scope("/caf%C3%A9/a%2Fb/%FF") | {"path": "/café/a/b/\ufffd"}
    sent = environ_of(asked, BytesIO())["PATH_INFO"].encode("latin-1")
    assert sent == b"/caf\xc3\xa9/a/b/\xff"


def test_a_path_below_a_prefix_is_told_apart_from_it() -> None:
    environ = environ_of(scope("/here/page/") | {"root_path": "/here"}, BytesIO())
    assert (environ["SCRIPT_NAME"], environ["PATH_INFO"]) == ("/here", "/page/")


def test_a_query_with_bytes_that_are_no_ascii_is_passed_on() -> None:
    assert (
        environ_of(scope(query=b"q=\xc3\xa9"), BytesIO())["QUERY_STRING"].encode("latin-1") == b"q=\xc3\xa9"
    )


def test_cookies_sent_one_by_one_arrive_as_cookies() -> None:
    asked = scope()
    asked["headers"] = [(b"cookie", b"a=1"), (b"x-list", b"1"), (b"cookie", b"b=2"), (b"x-list", b"2")]
    environ = environ_of(asked, BytesIO())
    assert (environ["HTTP_COOKIE"], environ["HTTP_X_LIST"]) == ("a=1; b=2", "1,2")


def test_a_header_with_an_underscore_cannot_pass_for_one_of_the_proxy() -> None:
    asked = scope(x_forwarded_for="192.0.2.7")
    asked["headers"].append((b"x_forwarded_for", b"203.0.113.9"))
    assert environ_of(asked, BytesIO())["HTTP_X_FORWARDED_FOR"] == "192.0.2.7"


def test_a_body_of_unannounced_length_is_read_and_measured() -> None:
    assert environ_of(scope(method="POST"), BytesIO(b"words=yes"))["CONTENT_LENGTH"] == "9"


@pytest.mark.parametrize("chunks", [[b""], [b"one"], [b"one", b"", b"two"], [b"x" * 50_000] * 5])
def test_a_body_arrives_whole_from_memory_and_from_a_file(chunks: list[bytes]) -> None:
    assert read(chunks=list(chunks)) == b"".join(chunks)


def test_half_a_form_is_not_taken_for_the_whole() -> None:
    with pytest.raises(Gone):
        read(chunks=[b"words=I agree with"], leaves_after_them=True)


def test_a_body_longer_than_any_page_takes_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(requests, "LONGEST_BODY", 10)
    with pytest.raises(TooLong):
        read(chunks=[b"123456", b"789012"])
