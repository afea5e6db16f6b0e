"""A researcher signs in, opens the archive and takes the notes away."""

import csv
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect
from pytest_django.live_server_helper import LiveServer

from people.guests import Viewer
from responses.models import Board, Mark, Station
from tests.journeys.conftest import NewPage, leave_note, receipt_link, tallied, told
from tools.visitors import session_cookie

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def studying(
    context: BrowserContext, page: Page, live_server: LiveServer, researcher: Viewer
) -> Iterator[Page]:
    """A page where Ros has signed in."""
    with session_cookie(researcher.person) as cookie:
        context.add_cookies([cookie | {"url": live_server.url}])
        yield page


def download(page: Page, kind: str, folder: Path) -> list[dict[str, str]]:
    """The rows of the file that a link of the archive gives."""
    page.goto("/")
    page.get_by_role("navigation", name="Main").get_by_role("link", name="Archive").click()
    with page.expect_download() as taken:
        page.get_by_role("link", name=re.compile(f"^{kind}")).click()
    path = folder / taken.value.suggested_filename
    taken.value.save_as(path)
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def counts_on_the_page(page: Page, board: Board, station: Station) -> Counter[str]:
    page.goto(board.get_absolute_url())
    bars = {mark: tallied(page, station, mark).get_attribute("data-n") for mark in Mark.values}
    return +Counter({mark: int(number) for mark, number in bars.items()})


@pytest.mark.parametrize("kind", ["CSV, exact", "CSV for spreadsheets"])
def test_the_counts_of_the_file_are_those_of_the_board(
    studying: Page, new_page: NewPage, station: Station, tmp_path: Path, kind: str
) -> None:
    ben, dee = new_page(), new_page()
    leave_note(ben, station, "Say who decides.", mark="Challenge")
    leave_note(ben, station, mark="Agree")
    leave_note(dee, station, "=SUM(everything)", mark="Challenge")
    rows = download(studying, kind, tmp_path)
    counted = Counter(row["mark"] for row in rows)
    assert counted == {"square": 2, "tick": 1}
    assert counted == counts_on_the_page(studying, station.board, station)


def test_a_withdrawn_note_is_in_no_file_any_more(
    studying: Page, new_page: NewPage, station: Station, tmp_path: Path
) -> None:
    ben, dee = new_page(), new_page()
    leave_note(ben, station, "Say who decides.")
    leave_note(dee, station, "Forget that I said this.")
    assert len(download(studying, "CSV, exact", tmp_path)) == 2
    dee.goto(f"{receipt_link(dee).get_attribute('href')}withdraw/")
    dee.get_by_role("button", name="Take it down").click()
    expect(told(dee)).to_be_visible()
    rows = download(studying, "CSV, exact", tmp_path)
    assert len(rows) == 1
    assert "Forget" not in str(rows)
