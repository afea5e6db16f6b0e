"""Words nobody should type, and characters that no file can hold."""

from collections.abc import Callable
from xml.etree import ElementTree

import pytest
from django.test import Client

from archive.search.suggest import make_words
from events.models import Event
from responses.models import Note
from tests.archive.take.conftest import Wall

pytestmark = pytest.mark.django_db

ODD = "lapwing\x0b and \x01 and \ufffe </script>"
FEEDS = ("/archive/feed/", "/events/feed/", "/journal/feed/", "/promises/feed/")


@pytest.mark.parametrize("words", ["lapwing\x01", "\ufffe", "a\x0bb", '"', "*\\*", "lap\\wing*", "'*"])
def test_whatever_is_searched_its_feed_can_be_read(wall: Wall, client: Client, words: str) -> None:
    answer = client.get("/search/feed/", {"q": words})
    if answer.status_code != 400:
        ElementTree.fromstring(answer.content)


@pytest.mark.parametrize("path", ["/search/feed/?q=lapwing", *FEEDS])
def test_one_odd_text_takes_no_feed_away(
    wall: Wall, make_event: Callable[..., Event], client: Client, path: str
) -> None:
    make_event("odd-day", ODD, name=ODD, summary=ODD)
    Note.objects.filter(pk=wall.public.pk).update(text=ODD)
    answer = client.get(path)
    assert answer.status_code == 200
    ElementTree.fromstring(answer.content)


FORMS = (
    "csv", "spreadsheet", "jsonl", "json", "xlsx", "parquet", "ris", "bibtex", "csl", "qdpx", "qdc", "tei",
    "datacite",
)  # fmt: skip


@pytest.mark.parametrize("form", FORMS)
def test_one_odd_text_takes_no_file_away(
    wall: Wall, make_event: Callable[..., Event], client: Client, form: str
) -> None:
    Event.objects.filter(pk=wall.board.event_id).update(name=ODD, place=ODD)
    wall.board.stations.update(heading=ODD)
    Note.objects.filter(pk=wall.public.pk).update(text=ODD)
    answer = client.get(f"/export/{form}/")
    assert answer.status_code == 200
    content = b"".join(answer.streaming_content)
    if form in ("tei", "qdc"):
        ElementTree.fromstring(content)


LONG = ("x" * 200, "x" * 199 + "y", "word " * 11 + "z" * 145, "opemquartz " + "x" * 189)


@pytest.mark.parametrize("words", LONG)
def test_a_search_as_long_as_may_be_is_answered_though_nothing_is_found(
    wall: Wall, client: Client, words: str
) -> None:
    make_words()
    assert client.get("/search/", {"q": words[:200]}).status_code == 200
