"""A codebook: names that no program confuses, and the words of each principle."""

from pathlib import Path

import pytest
from lxml import etree
from pyrefiqda import RefiCodebook

from archive.qda.codes import Names, write_codebook
from principles.models import Principle
from tests.archive.take.conftest import Wall, taking

pytestmark = [pytest.mark.django_db, pytest.mark.filterwarnings("ignore::DeprecationWarning")]
SPACE = "{urn:QDA-XML:codebook:1.0}"


def test_a_strict_reader_loads_it(wall: Wall, tmp_path: Path) -> None:
    wall.board.stations.get().pairings.create(principle=Principle.objects.first())
    file = tmp_path / "codes.qdc"
    file.write_bytes(b"".join(write_codebook(taking())))
    names = [code.name for code in RefiCodebook.load(file).codes.code]
    assert names == ["Principles", "Mark", "State of the words"]
    root = etree.parse(file).getroot()
    assert root.tag == f"{SPACE}CodeBook"
    assert Principle.objects.first().name in [one.get("name") for one in root.iter(f"{SPACE}Code")]


def test_no_name_is_given_twice() -> None:
    names = Names()
    assert [names.new("Power"), names.new("power", "Lanterns"), names.new("Power"), names.new(" ")] == [
        "Power", "power (Lanterns)", "Power (2)", "Code"
    ]  # fmt: skip
