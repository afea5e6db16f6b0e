"""The same question gives the same number on the page, beside the facets, in files and in tallies."""

from collections.abc import Callable

import pytest
from django.http import QueryDict
from django.test import Client

from archive.search.facets import facets_of
from archive.search.hits import found
from archive.search.query import read_query
from archive.take.rows import Taking
from people.consent import consent_given
from people.guests import ANYBODY, Viewer
from principles.models import Principle
from responses.board import change_consent, withdraw_note
from responses.models import Mark, Note, Pairing
from tests.archive.take.conftest import Wall

pytestmark = pytest.mark.django_db

FACETS = (
    "mark",
    "state",
    "origin",
    "consent",
    "legibility",
    "principle",
    "set",
    "event",
    "year",
    "place",
    "tag",
)
QUESTIONS = (
    "", "mark=tick", "mark=tick&mark=square", "mark=heart&consent=public_research&consent=board",
    "q=say", "q=say&mark=tick", "q=-say", "q=*ay*", "q=not", "legibility=words",
    "legibility=no_words&mark=square",
    "event=wall-day", "event=wall-day&event=paper-day", "year=2019&origin=paper", "kind=note", "kind=event",
    "kind=note&kind=event&q=day", "q=say&kind=event", "consent=board&mark=tick", "principle={0}",
    "principle={0}&principle={1}",
    "set={2}&q=say", "principle={0}&mark=tick&q=say",
)  # fmt: skip


@pytest.fixture
def asked(wall: Wall, post_note: Callable[..., Note], ada: Viewer, ben: Viewer) -> list[str]:
    station, (one, other) = wall.board.stations.get(), list(Principle.objects.order_by("pk")[:2])
    for principle in (one, other):
        Pairing.objects.create(station=station, principle=principle)
    wall.board.event.tags.add("walls", "days")
    post_note(station, "Say so.", mark=Mark.SQUARE)
    kept = post_note(station, "Say it aloud.", mark=Mark.HEART)
    change_consent(kept, consent_given(public=False, research=False), by=ben)
    withdraw_note(post_note(station, "Say nothing.", mark=Mark.SQUARE), by=ben)
    return [question.format(one.identifier, other.identifier, one.set.identifier) for question in QUESTIONS]


def test_every_number_is_that_of_what_is_found(asked: list[str]) -> None:
    wrong = []
    for question in asked:
        query = read_query(QueryDict(question))
        facets, rows = facets_of(query, ANYBODY, FACETS), Taking(query, ANYBODY).number
        if facets.notes != rows:
            wrong.append((question, "notes", facets.notes, rows))
        for name in FACETS:
            for value in facets.by_name[name].values:
                alone = query.minus(name, "")
                for chosen in query.chosen.of(name):
                    alone = alone.minus(name, chosen)
                there = Taking(alone.plus(name, value.value), ANYBODY).number
                if value.number != there:
                    wrong.append((question, name, value.value, value.number, there))
    assert not wrong


def test_what_is_listed_is_what_is_counted_but_for_words_that_are_kept(asked: list[str]) -> None:
    wrong = []
    for question in asked:
        query = read_query(QueryDict(question))
        facets = facets_of(query, ANYBODY)
        listed = found(query, ANYBODY, number=500).hits
        if len(listed) != facets.total - (facets.kept if not query.terms else 0):
            wrong.append((question, len(listed), facets.total, facets.kept))
    assert not wrong


def test_the_api_lists_as_many_as_the_page(asked: list[str], client: Client) -> None:
    wrong = []
    for question in asked[:20]:
        query = read_query(QueryDict(question))
        answer = client.get(f"/api/v1/search?{question}{'&' if question else ''}limit=200")
        if answer.status_code != 200 or len(answer.json()["items"]) != len(
            found(query, ANYBODY, number=500).hits
        ):
            wrong.append((question, answer.status_code, answer.json()))
    assert not wrong
