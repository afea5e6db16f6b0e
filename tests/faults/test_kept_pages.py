"""Two processes that keep pages: what somebody withdrew at one is gone from both with the notice."""

import re
from collections.abc import Callable
from http.client import HTTPConnection
from threading import Event
from uuid import uuid4

import pytest

from tests.faults.cluster import Cluster
from tests.faults.driver import Wall
from tests.faults.site import Site
from tests.journeys.plain import HiddenFields, Visitor

pytestmark = pytest.mark.faults

WORDS = "Put the budget on the wall"
MOST_TRIES = 200
A_MOMENT = 0.005  # seconds
# A change that nothing tells of: whoever does not see it answers from what was kept.
UNTOLD = """
    BEGIN; SET LOCAL session_replication_role = replica;
    UPDATE responses_activity SET name = %s WHERE slug = %s; COMMIT
"""


def page(site: Site, path: str, **headers: str) -> str:
    connection = HTTPConnection(site.address, timeout=10)
    try:
        connection.request("GET", path, headers=headers)
        return connection.getresponse().read().decode()
    finally:
        connection.close()


def keeps(site: Site, path: str, cluster: Cluster) -> bool:
    """Whether the page is answered from what is kept."""
    slug = path.strip("/").rpartition("/")[2]
    # Another each time: what was made meanwhile is kept with it.
    unheard = f"Renamed {uuid4()}"
    former = cluster.column("SELECT name FROM responses_activity WHERE slug = %s", slug)[0]
    try:
        change(cluster, UNTOLD, unheard, slug)
        assert unheard in page(site, path, Authorization="none")
        return unheard not in page(site, path)
    finally:
        change(cluster, UNTOLD, former, slug)


def change(cluster: Cluster, statement: str, *values: object) -> None:
    with cluster.connect() as connection, connection.cursor() as cursor:
        cursor.execute(statement, values)
        connection.commit()


def warm(site: Site, path: str, cluster: Cluster) -> None:
    """Ask until it is kept: what came before is told a moment later."""
    for _ in range(MOST_TRIES):
        page(site, path)
        if keeps(site, path, cluster):
            return
        Event().wait(A_MOMENT)
    raise AssertionError(f"{path} is not kept.")


def leave_note(site: Site, form: str) -> tuple[Visitor, str]:
    """Somebody without an account, and the address of the receipt for their note."""
    visitor = Visitor(f"http://{site.address}")
    hidden = HiddenFields(visitor.get(form).page).found
    said = visitor.send(form, **hidden, mark="tick", words=WORDS, public="on", research="on")
    assert said.status == 200
    return visitor, re.search(r"/receipt/[^/\"]+/", said.page)[0]


def test_a_note_that_is_withdrawn_is_gone_from_every_process(
    start_site: Callable[..., Site], cluster: Cluster, wall: Wall
) -> None:
    sites = [start_site(), start_site()]
    board = wall.form.partition("answer/")[0]
    visitor, receipt = leave_note(sites[0], wall.form)
    for site in sites:
        warm(site, board, cluster)
        assert WORDS in page(site, board)
    withdraw = f"{receipt}withdraw/"
    hidden = HiddenFields(visitor.get(withdraw).page).found
    assert visitor.send(withdraw, **hidden).status == 200
    for site in sites:
        ask_until_gone(site, board)
        # The notice overtakes nothing: once it is gone it never comes back.
        assert not any(WORDS in page(site, board) for _ in range(20))
        warm(site, board, cluster)
        assert WORDS not in page(site, board)


def ask_until_gone(site: Site, board: str) -> None:
    for _ in range(MOST_TRIES):
        if WORDS not in page(site, board):
            return
        Event().wait(A_MOMENT)
    raise AssertionError("It is still there.")


def test_while_the_database_is_away_nothing_old_is_shown(
    start_site: Callable[..., Site], cluster: Cluster, wall: Wall
) -> None:
    """And once it is back, pages are made anew: what changed meanwhile was told to nobody."""
    site = start_site()
    board = wall.form.partition("answer/")[0]
    warm(site, board, cluster)
    cluster.kill_and_revive()
    slug = board.strip("/").rpartition("/")[2]
    change(cluster, UNTOLD, "Renamed meanwhile", slug)
    for _ in range(MOST_TRIES):
        if "Renamed meanwhile" in page(site, board):
            break
        Event().wait(0.05)
    assert "Renamed meanwhile" in page(site, board)
    warm(site, board, cluster)
