"""Cards as a file: the numbers of the page, every way, nothing that acts, nothing that is covered."""

import csv
import io
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from archive.cards import NAMES
from events.models import Event
from people.guests import Viewer
from responses.models import Cards
from tests.cards import count, hold_cards, stand, turn

pytestmark = pytest.mark.django_db


def rows_of(client: Client, cards: Cards) -> list[dict[str, str]]:
    answer = client.get(reverse("cards_csv", args=[cards.event.slug, cards.slug]))
    assert answer["Content-Disposition"] == f'attachment; filename="{cards.event.slug}-{cards.slug}.csv"'
    return list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))


def test_no_cell_begins_a_formula(make_event: Callable[..., Event], client: Client) -> None:
    cards = hold_cards(make_event(), "=HYPERLINK(1)", zones=["+1", "-1"])
    rows = rows_of(client, cards)
    assert tuple(rows[0]) == NAMES
    assert {row["prompt"] for row in rows} == {"'=HYPERLINK(1)"}
    assert {row["zone"] for row in rows} == {"'+1", "'-1", ""}
    assert {row["zone_before"] for row in rows} == {"'+1", "'-1", ""}


def test_rows_are_of_zones_and_of_ways(make_event: Callable[..., Event], client: Client, ada: Viewer) -> None:
    cards = hold_cards(make_event(), zones=["Yes", "No"])
    stand(cards, "ben", "Yes")
    stand(cards, "dee", "No")
    count(cards, "before", 3, 0, by=ada)
    turn(cards, "after")
    stand(cards, "ben", "No")
    numbers = ("by_phone", "counted_in_room", "total")
    rows = rows_of(client, cards)
    standings = {(row["round"], row["zone"]): [row[name] for name in numbers] for row in rows if row["zone"]}
    assert standings == {
        ("before", "Yes"): ["1", "3", "4"],
        ("before", "No"): ["1", "0", "1"],
        ("after", "Yes"): ["0", "", "0"],
        ("after", "No"): ["1", "", "1"],
    }
    ways = {(row["zone_before"], row["zone_after"]): row["total"] for row in rows if row["row"] == "way"}
    assert ways == {
        ("Yes", "Yes"): "0", ("Yes", "No"): "1", ("Yes", ""): "0",
        ("No", "Yes"): "0", ("No", "No"): "0", ("No", ""): "1",
        ("", "Yes"): "0", ("", "No"): "0",
    }  # fmt: skip


def test_covered_numbers_are_empty_cells(make_event: Callable[..., Event], client: Client) -> None:
    cards = hold_cards(make_event(), hides_until_reveal=True)
    stand(cards, "ben", "Yes")
    rows = rows_of(client, cards)
    assert {row["by_phone"] + row["counted_in_room"] + row["total"] for row in rows} == {""}


def test_the_file_of_a_draft_is_not_there(make_event: Callable[..., Event], client: Client) -> None:
    cards = hold_cards(make_event("hidden", status=Event.Status.DRAFT))
    assert client.get(reverse("cards_csv", args=[cards.event.slug, cards.slug])).status_code == 404
