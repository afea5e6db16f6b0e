"""The archive reads from a replica that has everything, and from no other."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.faults.site import Site
from tests.growing.asking import ask, running
from tests.growing.ben import WORDS, a_note
from tools.follower import Follower

pytestmark = pytest.mark.faults
ONE, OTHER = "/search/?q=kingfisher", "heron"
FILE = "/export/csv/?q=kingfisher"
NOTES = "responses_note"
LEFT_ALONE = "The replica failed"


@pytest.fixture
def site(direct: dict[str, str], follower: Follower, tmp_path: Path) -> Iterator[Site]:
    """A site that knows the replica too."""
    with running(direct | {"DATABASE_REPLICA_URL": follower.address}, tmp_path / "site.log") as site:
        yield site


def test_a_withdrawn_note_is_in_no_answer_however_far_the_replica_lags_behind(
    site: Site, direct: dict[str, str], follower: Follower
) -> None:
    with a_note(direct) as withdraw:
        follower.catch_up()
        before = follower.asked(NOTES)
        assert OTHER in ask(site, ONE)[1]
        assert OTHER in ask(site, FILE)[1]
        assert follower.asked(NOTES) > before
        follower.stop_replaying()
        withdraw()
    assert follower.column("SELECT text FROM responses_note WHERE text LIKE %s", f"%{OTHER}%") == [WORDS]
    before = follower.asked(NOTES)
    assert OTHER not in ask(site, ONE)[1]
    assert OTHER not in ask(site, FILE)[1]
    assert follower.asked(NOTES) == before
    follower.catch_up()
    assert OTHER not in ask(site, ONE)[1]
    assert follower.asked(NOTES) > before


def test_without_its_replica_the_archive_is_read_from_the_database_and_says_so_once(
    site: Site, follower: Follower
) -> None:
    follower.catch_up()
    ask(site, ONE)
    follower.kill()
    try:
        statuses = [ask(site, path)[0] for path in (ONE, ONE, "/archive/", FILE)]
    finally:
        follower.start()
    said = site.log.read_text()
    assert statuses == [200] * 4, said
    assert said.count(LEFT_ALONE) == 1


def test_only_the_archive_reads_from_the_replica_and_nobody_writes_there(
    site: Site, follower: Follower
) -> None:
    follower.catch_up()
    before = follower.asked("execute") + follower.asked("statement:")
    for path in ("/", "/events/", "/events/bad-day/", "/account/login/"):
        assert ask(site, path)[0] == 200
    assert follower.asked("execute") + follower.asked("statement:") == before
    assert follower.asked("INSERT") + follower.asked("UPDATE") == 0
