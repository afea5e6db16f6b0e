"""Packages are what their standards say, by the validators of others, and hold what the pages count."""

import csv
import io
import json
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from archive.take.forms import form_called
from archive.take.package import rows_in
from archive.take.tables import TABLES
from people.guests import Viewer
from responses.models import Note
from tests.archive.take.conftest import NEVER, PUBLIC, RESEARCH, Wall, taking

pytestmark = [
    pytest.mark.django_db,
    # Of the validators alone.
    pytest.mark.filterwarnings(
        "ignore::DeprecationWarning", "ignore::ResourceWarning", "ignore::UserWarning"
    ),
    pytest.mark.filterwarnings("ignore::PendingDeprecationWarning", "ignore::FutureWarning"),
]


def unpacked(content: bytes, into: Path) -> Path:
    """The one folder in a zip."""
    zipfile.ZipFile(io.BytesIO(content)).extractall(into)
    (folder,) = into.iterdir()
    return folder


@pytest.fixture
def bag(wall: Wall, tmp_path: Path) -> Path:
    return unpacked(b"".join(form_called("bag").write(taking())), tmp_path)


@pytest.fixture
def package(wall: Wall, tmp_path: Path) -> Path:
    return unpacked(b"".join(form_called("package").write(taking())), tmp_path)


def described(folder: Path) -> dict:
    return json.loads((folder / "datapackage.json").read_text())


def rows_of(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(path.read_text(newline=""), newline="")))


def test_frictionless_finds_no_fault_in_the_tables_nor_in_what_they_point_at(package: Path) -> None:
    import frictionless

    report = frictionless.validate(str(package / "datapackage.json"))
    assert report.flatten(["fieldName", "rowNumber", "message"]) == []
    assert report.stats["tasks"] == len(TABLES)


def test_the_descriptor_is_a_data_package_of_version_2(package: Path) -> None:
    import check_datapackage

    told = described(package)
    assert check_datapackage.check(told) == []
    assert told["$schema"].endswith("/2.0/datapackage.json")


def test_frictionless_would_find_a_note_of_no_station(package: Path) -> None:
    import frictionless

    stations = package / "stations.csv"
    lines = stations.read_bytes().split(b"\r\n")
    stations.write_bytes(b"\r\n".join(lines[:-2]) + b"\r\n")
    assert not frictionless.validate(str(package / "datapackage.json")).valid


def test_every_row_is_counted(package: Path, wall: Wall) -> None:
    said = {one["name"]: one["description"] for one in described(package)["resources"]}
    for table in TABLES:
        number = len(rows_of(package / f"{table.name}.csv"))
        assert said[table.name].endswith(f" {number} rows."), table.name
        assert f"`{table.name}.csv`: {number} rows" in (package / "README.md").read_text()
    assert len(rows_of(package / "notes.csv")) == wall.number


def test_the_dictionary_and_the_tables_have_the_same_columns(package: Path) -> None:
    dictionary = (package / "data-dictionary.md").read_text()
    for resource in described(package)["resources"]:
        with (package / resource["path"]).open(newline="") as file:
            names = next(csv.reader(file))
        assert names == [field["name"] for field in resource["schema"]["fields"]]
        assert all(f"- `{name}` (" in dictionary for name in names)


def test_the_readme_says_how_to_cite_read_and_use_it(package: Path) -> None:
    text = (package / "README.md").read_text()
    for words in (
        "## How to cite it",
        "## Terms",
        "## Before you count",
        "## How paper notes were transcribed",
    ):
        assert words in text
    assert "{" not in text


def test_the_bag_holds_what_its_manifests_say(bag: Path) -> None:
    import bagit

    found = bagit.Bag(str(bag))
    found.validate()
    assert found.version == "1.0"
    assert "data/ro-crate-metadata.json" in found.payload_entries()


def test_a_bag_with_one_other_byte_is_noticed(bag: Path) -> None:
    import bagit

    with (bag / "data" / "notes.csv").open("ab") as file:
        file.write(b"x")
    with pytest.raises(bagit.BagValidationError):
        bagit.Bag(str(bag)).validate()


@pytest.fixture
def context_from_disk(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The validator asks w3id.org for the context; it gets the copy that rocrate carries."""
    import requests
    import rocrate

    copy = (Path(rocrate.__file__).parent / "data" / "ro-crate.jsonld").read_bytes()

    def send(_session: object, request: object, **_: object) -> requests.Response:
        answer = requests.Response()
        answer.status_code, answer.url, answer.request = 200, request.url, request
        answer._content, answer.headers["Content-Type"] = copy, "application/ld+json"
        return answer

    monkeypatch.setattr(requests.Session, "send", send)


@pytest.mark.usefixtures("context_from_disk")
def test_the_bag_holds_an_ro_crate(bag: Path) -> None:
    from rocrate_validator import models, services

    settings = models.ValidationSettings(
        rocrate_uri=str(bag / "data"), profile_identifier="ro-crate-1.3",
        requirement_severity=models.Severity.RECOMMENDED, no_cache=True,
    )  # fmt: skip
    issues = [issue.message for issue in services.validate(settings).get_issues()]
    # There is no ROR of a site, and nobody but its pages to write to.
    assert [one for one in issues if "ROR" not in one and "contactPoint" not in one] == []


def test_datacite_takes_the_metadata(bag: Path) -> None:
    from datacite import schema45

    told = json.loads((bag / "data" / "datacite.json").read_text())
    schema45.validator.validate(told)
    assert told["dates"][1] == {"date": "2019/2019", "dateType": "Collected"}


def test_no_package_holds_what_nobody_may_take(bag: Path, wall: Wall) -> None:
    text = "".join(path.read_text() for path in bag.rglob("*") if path.is_file())
    assert PUBLIC in text
    for word in (RESEARCH, *NEVER):
        assert word not in text, word
    names = ("Ada", "Ben", "Dee", "ada@example.org")
    assert not any(name in text for name in names), "No person is named."


def test_a_restricted_package_says_so_and_holds_the_words(
    wall: Wall, trusted: Viewer, tmp_path: Path
) -> None:
    made = taking(viewer=trusted, restricted=True)
    folder = unpacked(b"".join(form_called("package").write(made)), tmp_path)
    assert folder.name.endswith("-restricted")
    text = "".join(path.read_text() for path in folder.iterdir())
    assert RESEARCH in text
    assert "Pass it to nobody else" in text
    assert not any(word in text for word in NEVER)


def test_a_package_of_a_search_holds_its_notes_and_what_they_point_at(wall: Wall, tmp_path: Path) -> None:
    import frictionless

    folder = unpacked(b"".join(form_called("package").write(taking("origin=paper"))), tmp_path)
    assert {row["origin"] for row in rows_of(folder / "notes.csv")} == {"paper"}
    assert frictionless.validate(str(folder / "datapackage.json")).valid
    notes = {row["note"] for row in rows_of(folder / "notes.csv")}
    assert {row["note"] for row in rows_of(folder / "readings.csv")} == notes


def test_rows_are_counted_by_line_ends_outside_of_quotes() -> None:
    assert rows_in(b'a,"b\r\nc"\r\nd,"e ""x\r\n"" f"\r\n,\r\n') == 3
    assert rows_in(b"") == 0


def test_the_same_data_makes_the_same_bytes(wall: Wall) -> None:
    first, second = (b"".join(form_called("bag").write(taking())) for _ in range(2))
    assert first == second
    Note.objects.filter(pk=wall.public.pk).update(text="Something else.")
    assert b"".join(form_called("bag").write(taking())) != first
