"""A figure as a file says what its page says, and nothing that anybody wrote can act in it."""

import csv
import io
import json
from collections.abc import Callable

import pytest
from django.test import Client
from lxml import etree
from PIL import Image

from events.models import Event
from principles.models import Principle, PrincipleSet
from responses.models import Board, Mark, Note, Station

ADDRESSES = {
    "principle": "/compare/principles/lanterns/power/figure.{}",
    "words": "/compare/principles/lanterns/power/figure.{}?of=words",
    "wordings": "/compare/principles/lanterns/power/figure.{}?of=wordings",
    "sets": "/compare/sets/figure.{}?sets=lanterns",
    "time": "/compare/time/figure.{}?by=event",
}
HOSTILE = "</text><script>alert('1')</script><x a=\"'>\x0b&amp;"
EVERY = pytest.mark.parametrize("address", ADDRESSES.values(), ids=ADDRESSES)


def rows_in(answer: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(answer.decode("utf-8-sig"))))


@EVERY
def test_the_files_hold_the_numbers_of_the_page(client: Client, answered: list[Note], address: str) -> None:
    page = client.get(address.replace("/figure.{}", "/")).text
    whole = client.get(address.format("json")).json()
    rows = rows_in(client.get(address.format("csv")).content)
    assert [row["name"] for row in rows] == [row["name"] for row in whole["rows"]]
    for row, line in zip(rows, whole["rows"], strict=True):
        assert {name: int(row[name]) for name in line["counts"]} == line["counts"]
        assert int(row["total"]) == line["total"] == sum(line["counts"].values())
        assert row["name"] in page
        assert row["permalink"] == line["permalink"]


@EVERY
def test_every_file_names_its_data_its_base_and_its_terms(
    client: Client, answered: list[Note], address: str
) -> None:
    found = client.get(address.format("json"))
    version = found.headers["X-Data-Version"]
    (row, *_), whole = rows_in(client.get(address.format("csv")).content), found.json()
    assert row["data_version"] == whole["data_version"] == version
    assert row["base"] == whole["base"] == "Percentages are of all notes counted in their row."
    assert row["figure"] == whole["address"]
    assert "may be quoted" in row["terms"]
    assert row["terms"] == whole["terms"]
    drawn = etree.fromstring(client.get(address.format("svg")).content)
    words = " ".join(drawn.itertext())
    assert version in words
    assert whole["title"] in words
    with Image.open(io.BytesIO(client.get(address.format("png")).content)) as picture:
        assert version in picture.text["Source"]
        assert picture.text["Title"] == whole["title"]


@EVERY
def test_a_picture_holds_every_number_and_opens(client: Client, answered: list[Note], address: str) -> None:
    drawn = etree.fromstring(client.get(address.format("svg")).content)
    numbers = {text.text for text in drawn.iter("{*}text")}
    for line in client.get(address.format("json")).json()["rows"]:
        assert {str(number) for number in line["counts"].values()} <= numbers
    with Image.open(io.BytesIO(client.get(address.format("png")).content)) as picture:
        picture.load()
        assert picture.width == 2 * int(drawn.get("width"))
        assert picture.height == 2 * int(drawn.get("height"))


def is_inert(drawn: etree._Element) -> bool:
    names = {etree.QName(element).localname for element in drawn.iter("*")}
    attributes = {name for element in drawn.iter("*") for name in element.attrib}
    known = {"svg", "title", "desc", "defs", "pattern", "rect", "path", "text"}
    return names <= known and not any(name == "style" or name.startswith("on") for name in attributes)


def test_nothing_written_can_act_in_a_drawing(client: Client, answered: list[Note]) -> None:
    Event.objects.update(name=HOSTILE)
    Principle.objects.update(name=HOSTILE)
    PrincipleSet.objects.update(name=HOSTILE)
    for address in ADDRESSES.values():
        drawn = etree.fromstring(client.get(address.format("svg")).content)
        assert is_inert(drawn)
        assert "<script>" in "".join(drawn.itertext())
        page = client.get(address.replace("/figure.{}", "/")).text
        assert "<script>alert" not in page
        assert " style=" not in page
        assert client.get(address.format("png")).status_code == 200


def test_no_cell_of_the_table_is_a_formula(client: Client, answered: list[Note]) -> None:
    Event.objects.update(name="=HYPERLINK(1)")
    (row,) = rows_in(client.get(ADDRESSES["principle"].format("csv")).content)
    assert row["name"] == "'=HYPERLINK(1)"


def test_marks_differ_without_colour(client: Client, stations: list[Station], post_note: Callable) -> None:
    for mark in (Mark.TICK, Mark.HEART, Mark.BUBBLE, Mark.SQUARE):
        post_note(stations[0], "So.", mark=mark)
    drawn = etree.fromstring(client.get(ADDRESSES["principle"].format("svg")).content)
    bars = [box for box in drawn.iter("{*}rect") if box.get("class")]
    fills = [bar.get("fill").partition("#")[2].rpartition("-")[2] for bar in bars]
    assert len(set(fills)) == 4


def test_small_cells_are_kept_back_everywhere(client: Client, answered: list[Note]) -> None:
    Board.objects.update(may_include_under_18s=True)
    for address in (ADDRESSES["principle"], ADDRESSES["sets"], ADDRESSES["time"]):
        whole = client.get(address.format("json")).json()
        line, row = whole["rows"][0], rows_in(client.get(address.format("csv")).content)[0]
        assert line["counts"]["tick"] is None
        assert {"tick", "square"} <= set(line["kept_back"])
        assert row["tick"] == row["tick_percent"] == ""
        assert row["kept_back"].split() == line["kept_back"]
        assert "fewer than five" in whole["kept_back"]
        page = client.get(address.replace("/figure.{}", "/")).text
        assert "kept back" in page
        drawn = "".join(etree.fromstring(client.get(address.format("svg")).content).itertext())
        assert "kept back" in drawn
        assert "Agree 2" not in drawn


def test_a_file_of_another_kind_or_figure_is_refused(client: Client, answered: list[Note]) -> None:
    assert client.get(ADDRESSES["sets"].format("pdf")).status_code == 404
    for address in (
        "/compare/principles/lanterns/power/figure.csv?of=feelings",
        "/compare/sets/figure.csv?sets=nothing",
        "/compare/sets/figure.svg?order=loudest",
        "/compare/time/figure.json?by=moon",
    ):
        answer = client.get(address)
        assert answer.status_code == 400
        assert answer.text.strip().endswith(".")


def test_a_file_asked_for_again_is_not_sent_again(client: Client, answered: list[Note]) -> None:
    first = client.get(ADDRESSES["time"].format("json"))
    again = client.get(ADDRESSES["time"].format("json"), headers={"If-None-Match": first.headers["ETag"]})
    assert again.status_code == 304
    assert first.headers["Cache-Control"] == "no-cache"


def test_json_is_json_also_of_nothing(client: Client, db: None) -> None:
    whole = json.loads(client.get("/compare/time/figure.json").content)
    assert whole["rows"] == []
    assert rows_in(client.get("/compare/time/figure.csv").content) == []
    assert etree.fromstring(client.get("/compare/time/figure.svg").content) is not None
    assert client.get("/compare/time/figure.png").status_code == 200
