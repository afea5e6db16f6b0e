"""A poll as a file: the numbers of its page, words where consent lets them go, nothing that acts."""

import csv
import io
import json
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from archive.polls import NAMES
from events.models import Event
from people.guests import Viewer
from responses.models import Poll
from responses.poll import withdraw_option
from tests.polls import choose, hold_poll, suggest

pytestmark = pytest.mark.django_db


@pytest.fixture
def poll(make_event: Callable[..., Event]) -> Poll:
    return hold_poll(make_event(), "Tea", "=HYPERLINK(1)", phase=Poll.Phase.PROPOSE)


def rows_of(client: Client, poll: Poll) -> list[dict[str, str]]:
    text = client.get(reverse("poll_csv", args=[poll.event.slug, poll.slug])).content.decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))


def whole(client: Client, poll: Poll) -> dict:
    return json.loads(client.get(reverse("poll_json", args=[poll.event.slug, poll.slug])).content)


def test_no_cell_begins_a_formula_and_json_is_exact(poll: Poll, client: Client) -> None:
    rows = rows_of(client, poll)
    assert tuple(rows[0]) == NAMES
    assert [row["text"] for row in rows] == ["Tea", "'=HYPERLINK(1)"]
    assert [row["text"] for row in whole(client, poll)["suggestions"]] == ["Tea", "=HYPERLINK(1)"]


def test_words_without_consent_count_and_say_why_they_are_not_there(
    poll: Poll, client: Client, dee: Viewer
) -> None:
    suggest(poll, "hushedfern", by=dee, public=False)
    row = rows_of(client, poll)[2]
    assert (row["text"], row["words_withheld"], row["number"]) == ("", "not_for_research", "3")


def test_a_withdrawn_suggestion_has_no_row_and_a_count(poll: Poll, client: Client, dee: Viewer) -> None:
    withdraw_option(suggest(poll, "lostheron", by=dee), by=dee)
    answer = client.get(reverse("poll_csv", args=[poll.event.slug, poll.slug]))
    assert (answer["X-Withdrawn"], "lostheron" in answer.content.decode()) == ("1", False)
    assert whole(client, poll)["withdrawn"] == 1


def test_hidden_results_are_empty_cells(poll: Poll, client: Client) -> None:
    Poll.objects.filter(pk=poll.pk).update(hides_until_reveal=True, phase=Poll.Phase.CHOOSE)
    choose(poll, "ben", "Tea")
    assert {row["chosen_on_devices"] + row["total"] + row["place"] for row in rows_of(client, poll)} == {""}
    told = whole(client, poll)
    assert (told["results_hidden"], told["suggestions"][0]["total"]) == (True, None)


def test_the_files_of_a_draft_are_not_there(make_event: Callable[..., Event], client: Client) -> None:
    poll = hold_poll(make_event("hidden", status=Event.Status.DRAFT), "Tea")
    for name in ("poll_csv", "poll_json"):
        assert client.get(reverse(name, args=[poll.event.slug, poll.slug])).status_code == 404
