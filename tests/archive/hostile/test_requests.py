"""Requests as no browser sends them."""

import pytest
from django.test import Client

from archive.models import ExportLine
from people.guests import Viewer
from people.terms import accept_terms
from tests.archive.take.conftest import Wall

pytestmark = pytest.mark.django_db

PATHS = (
    "/search/", "/search/feed/", "/export/", "/export/csv/", "/export/tei/", "/compare/", "/compare/sets/",
    "/compare/time/", "/compare/time/figure.csv", "/compare/sets/figure.svg", "/oai", "/api/",
    "/api/v1/notes", "/api/openapi.json", "/sitemap.xml", "/robots.txt", "/archive/feed/", "/archive/",
    "/export/releases/", "/research/terms/", "/events/wall-day/notes.csv",
)  # fmt: skip
REPEATED = "q=a&q=b&mark=tick&mark=tick&sort=best&sort=newest&kind=note&kind=event&year=2019&year=2020&place="


@pytest.mark.parametrize("path", PATHS)
def test_odd_methods_types_and_ranges_are_answered(wall: Wall, client: Client, path: str) -> None:
    for answer in (
        client.head(path), client.options(path), client.put(path, b"{", content_type="application/json"),
        client.delete(path), client.patch(path, b"\0\xff", content_type="multipart/form-data"),
        client.generic("TRACE", path), client.generic("QUERY", path, b"q=a"),
        client.post(path, b"\xff\xfe", content_type="multipart/form-data; boundary=x"),
        client.post(path, b"{}", content_type="application/json"),
        client.post(path, b"verb=%FF", content_type="application/x-www-form-urlencoded; charset=utf-7"),
        client.get(path, headers={"range": "bytes=0-10"}), client.get(path, headers={"range": "bytes=9-1,x"}),
        client.get(path, headers={"accept": "\0", "accept-encoding": "zip"}),
        client.get(path, headers={"if-none-match": '"a", W/"' + "b" * 5000}),
        client.get(f"{path}?{REPEATED}"), client.get(f"{path}?%00=%00"), client.get(f"{path}?%ff=%fe"),
    ):  # fmt: skip
        if answer.streaming:
            b"".join(answer.streaming_content)
        assert answer.status_code < 500
        assert answer.status_code != 206


@pytest.mark.parametrize(
    "path", ["/export/csv/?restricted=1", "/export/?restricted=1", "/search/", "/account/exports/"]
)
def test_what_is_made_for_one_viewer_is_kept_by_no_cache(
    wall: Wall, researcher: Viewer, client: Client, path: str
) -> None:
    accept_terms(by=researcher, purpose="To compare walls.", body="")
    client.force_login(researcher.person)
    answer = client.get(path)
    assert "no-store" in answer["Cache-Control"]
    assert "private" in answer["Cache-Control"]
    assert ExportLine.objects.count() == ("csv" in path)
