"""What a visitor gets from the shelf is what Django would have said, and nobody else's."""

from collections.abc import Callable, Iterator

import pytest
from django.db import connection
from django.test import Client

from people.guests import Viewer
from people.models import Person
from responses.board import withdraw_note
from responses.models import Note, Station
from tests.coproduce.kept.site import KeptSite, kept_site, until

pytestmark = pytest.mark.django_db(transaction=True)

ADDED = {"etag", "vary", "content-length"}


@pytest.fixture
def note(station: Station, post_note: Callable[..., Note]) -> Note:
    return post_note(station, "Put the budget on the wall.")


@pytest.fixture
def site(note: Note) -> Iterator[KeptSite]:
    with kept_site() as site:
        yield site


def paths(note: Note) -> list[str]:
    return ["/", "/events/", note.board.event.get_absolute_url(), note.board.get_absolute_url()]


def test_a_kept_answer_is_the_one_that_django_gave(site: KeptSite, note: Note) -> None:
    for path in paths(note):
        fresh, first = site.fresh(path), site.get(path)
        assert site.is_kept(path), path
        again = site.get(path)
        assert fresh.body == first.body == again.body
        for header, value in fresh.headers.items():
            if header != "vary":
                assert again.headers[header] == first.headers[header] == value
        assert again.headers == first.headers
        assert set(again.headers) - set(fresh.headers) <= ADDED
        assert "Accept-Encoding" in again.headers["vary"]
        assert set(fresh.headers["vary"].split(", ")) <= set(again.headers["vary"].split(", "))
        assert not {"set-cookie"} & set(again.headers)


def test_every_kept_answer_carries_the_security_headers(site: KeptSite, note: Note) -> None:
    for asked in ({}, {"accept_encoding": "gzip"}, {"if_none_match": "*"}, {"method": "HEAD"}):
        site.get("/")
        headers = site.get("/", **asked).headers
        for header, value in {
            "x-content-type-options": "nosniff",
            "referrer-policy": "same-origin",
            "cross-origin-opener-policy": "same-origin",
            "cross-origin-resource-policy": "same-origin",
            "x-frame-options": "DENY",
            "cache-control": "no-cache",
        }.items():
            assert headers[header] == value
        assert "nonce" not in headers["content-security-policy"]
        assert headers["content-security-policy"].startswith("default-src 'none'; script-src 'self';")


def test_a_withdrawn_note_is_gone_with_the_notice(site: KeptSite, note: Note, ben: Viewer) -> None:
    path = note.board.get_absolute_url()
    site.get(path)
    assert site.is_kept(path)
    assert b"budget on the wall" in site.get(path).body
    withdraw_note(note, by=ben)
    site.hear()
    assert b"budget on the wall" not in site.get(path).body
    assert site.is_kept(path)


def test_two_who_take_turns_never_see_each_others_page(site: KeptSite, note: Note) -> None:
    ben = Person.objects.create_user("ben@example.org", name="Ben-Alone")
    client = Client()
    client.force_login(ben, backend="allauth.account.auth_backends.AuthenticationBackend")
    site.hear()
    cookies = "; ".join(f"{name}={morsel.value}" for name, morsel in client.cookies.items())
    for path in paths(note) * 3:
        assert b"Ben-Alone" not in site.get(path).body
        own = site.get(path, cookie=cookies)
        assert b"Ben-Alone" in own.body
        assert "no-store" in own.headers["cache-control"]
        assert "etag" not in own.headers
        assert b"Ben-Alone" not in site.get(path).body


def test_fifty_who_ask_at_once_have_one_page_made(site: KeptSite, note: Note) -> None:
    path = note.board.event.get_absolute_url()
    answers = [sent.result(20) for sent in [site.send(path) for _ in range(50)]]
    assert site.counts["made"] == 1
    assert len({answer.body for answer in answers}) == 1
    assert {answer.status for answer in answers} == {200}


def test_a_page_with_a_form_or_a_nonce_is_made_each_time(site: KeptSite, note: Note) -> None:
    for path in ("/account/login/", "/receipt/", f"/report/note/{note.identifier}/"):
        pages = [site.get(path) for _ in range(3)]
        assert not site.is_kept(path), path
        assert len({page.body for page in pages}) == 3, path
        assert all("etag" not in page.headers for page in pages)


def test_nothing_is_kept_or_answered_while_nothing_is_heard(note: Note) -> None:
    with kept_site(listens=False) as site:
        for _ in range(3):
            site.get("/")
        assert not site.counts.get("kept")
        assert len(site.kept.shelf) == 0


def test_a_lost_connection_empties_the_shelf_and_a_new_one_begins_anew(site: KeptSite, note: Note) -> None:
    site.get("/")
    assert site.is_kept("/")
    before = site.kept.shelf.position
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
    until(lambda: site.kept.shelf.position > before)
    assert len(site.kept.shelf) == 0
    until(lambda: site.kept.shelf.is_heard)
    site.get("/")
    assert site.is_kept("/")


@pytest.mark.parametrize(
    "header",
    [
        {"authorization": "Basic x"},
        {"range": "bytes=0-1"},
        {"accept": "application/json"},
        {"hx_request": "true"},
        {"if_modified_since": "Sun, 06 Nov 1994 08:49:37 GMT"},
        {"cookie": "messages=x"},
    ],
)
def test_what_only_django_understands_goes_to_django(
    site: KeptSite, note: Note, header: dict[str, str]
) -> None:
    site.get("/")
    assert site.is_kept("/")
    before = site.counts["kept"]
    site.get("/", **header)
    assert site.counts["kept"] == before


def test_a_flood_of_questions_takes_no_more_than_its_room_and_moves_no_page(note: Note) -> None:
    with kept_site(room=1024 * 1024) as site:
        site.get("/")
        for number in range(40):
            assert site.get("/about/", f"flood={number}".encode()).status == 200
        assert site.is_kept("/")
        assert 0 < site.kept.shelf.size[True] <= 1024 * 1024 / 4
        assert len(site.kept.shelf) < 30


def test_colours_and_languages_are_kept_apart(site: KeptSite, note: Note) -> None:
    for _ in range(2):
        assert b'data-theme="dark"' not in site.get("/").body
        assert b'data-theme="dark"' in site.get("/", cookie="theme=dark").body
        assert b'data-theme="dark"' in site.get("/", cookie='other=1; theme="dark"').body
        assert b'<html lang="cy"' in site.get("/", accept_language="cy").body
        assert b'<html lang="en' in site.get("/", accept_language="en").body
        assert b'<html lang="cy"' in site.get("/", cookie="language=cy").body
