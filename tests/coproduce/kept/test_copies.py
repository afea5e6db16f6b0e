"""Final bytes: as they are, compressed, or the word that they have not changed."""

import gzip

import pytest

from coproduce.serving.kept.asked import asked_in
from coproduce.serving.kept.copies import LARGEST, Copy, may_be_kept
from tests.coproduce.serving.calling import scope
from tests.loops import in_a_loop

BODY = b"<p>Say who decides.</p>" * 100
HEADERS = [
    (b"content-type", b"text/html; charset=utf-8"),
    (b"cache-control", b"no-cache"),
    (b"content-length", str(len(BODY)).encode()),
    (b"vary", b"Cookie, Accept-Language"),
    (b"x-frame-options", b"DENY"),
]


def answered(copy: Copy, method: str = "GET", **headers: str) -> tuple[int, dict[bytes, bytes], bytes]:
    got = []

    async def send(message: dict) -> None:
        got.append(message)

    in_a_loop(copy.answer(asked_in(scope("/", method, **({"host": "here"} | headers))), send))
    return got[0]["status"], dict(got[0]["headers"]), got[1]["body"]


@pytest.fixture
def copy() -> Copy:
    copy = Copy(HEADERS, BODY)
    copy.compress()
    return copy


def test_the_body_comes_as_it_is_or_compressed_and_with_its_length(copy: Copy) -> None:
    status, headers, body = answered(copy)
    assert (status, body) == (200, BODY)
    assert headers[b"content-length"] == str(len(BODY)).encode()
    assert b"content-encoding" not in headers
    status, headers, body = answered(copy, accept_encoding="gzip, br")
    assert gzip.decompress(body) == BODY
    assert headers[b"content-length"] == str(len(body)).encode()
    assert headers[b"content-encoding"] == b"gzip"
    assert headers[b"vary"] == b"Cookie, Accept-Language, Accept-Encoding"
    assert headers[b"x-frame-options"] == b"DENY"


def test_each_form_has_a_tag_of_its_own_that_brings_304(copy: Copy) -> None:
    tags = [answered(copy, **asked)[1][b"etag"].decode() for asked in ({}, {"accept_encoding": "gzip"})]
    assert len(set(tags)) == 2
    for tag, asked in zip(tags, ({}, {"accept_encoding": "gzip"}), strict=True):
        for typed in (tag, f"W/{tag}", f'"other", {tag}', "*"):
            status, headers, body = answered(copy, if_none_match=typed, **asked)
            assert (status, body) == (304, b"")
            assert headers[b"etag"] == tag.encode()
            assert headers[b"x-frame-options"] == b"DENY"
            assert not {b"content-length", b"content-type", b"content-encoding"} & headers.keys()
    assert answered(copy, if_none_match=tags[1])[0] == 200
    assert answered(copy, if_none_match='"other"')[0] == 200


def test_head_says_what_get_would_and_sends_no_body(copy: Copy) -> None:
    assert answered(copy, "HEAD")[:2] == answered(copy)[:2]
    assert answered(copy, "HEAD")[2] == b""


def test_the_same_bytes_have_the_same_tag_and_others_another() -> None:
    assert Copy(HEADERS, BODY).plain.tag == Copy(HEADERS, BODY).plain.tag != Copy(HEADERS, b"x").plain.tag


def start(status: int = 200, **changed: str | None) -> dict:
    headers = dict(HEADERS) | {
        name.replace("_", "-").encode(): value and value.encode() for name, value in changed.items()
    }
    return {"status": status, "headers": [(name, value) for name, value in headers.items() if value]}


def test_an_answer_for_everybody_may_be_kept() -> None:
    assert may_be_kept(start())
    assert may_be_kept(start(content_type="application/atom+xml"))
    assert may_be_kept(start(content_security_policy="default-src 'none'; script-src 'self'"))


@pytest.mark.parametrize(
    "changed",
    [
        {"set_cookie": "csrftoken=x"},
        {"cache_control": "private, no-store"},
        {"cache_control": None},
        {"content_security_policy": "script-src 'self' 'nonce-abc'"},
        {"content_disposition": "attachment"},
        {"content_type": "image/jpeg"},
        {"content_type": "text/csv"},
        {"content_length": None},
        {"content_length": str(LARGEST + 1)},
        {"content_encoding": "gzip"},
        {"etag": '"1"'},
        {"vary": "Cookie, User-Agent"},
        {"vary": "*"},
    ],
)
def test_an_answer_for_somebody_or_of_another_kind_may_not(changed: dict[str, str | None]) -> None:
    assert not may_be_kept(start(**changed))


def test_nothing_but_an_answer_that_is_well_may_be_kept() -> None:
    assert not any(may_be_kept(start(status)) for status in (206, 301, 302, 404, 410, 500, 503))
