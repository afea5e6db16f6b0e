"""Valkey, shared by every process of every machine: for Django's cache, and for pages that were made."""

import os
import subprocess
import sys
from collections.abc import Iterable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from tests.faults.site import Site
from tests.growing.asking import ask, holds, running
from tests.growing.ben import a_note
from tests.growing.valkey import program, serving_valkey
from tools.serving import ROOT

NO_PACKAGE = "The package redis is not installed: it comes with an extra of this project."
PAGE, OTHER = "/events/bad-day/boards/wall-3/", "heron"
NO_VALKEY = "Neither valkey-server nor redis-server is installed on this machine: install one to run this."
KEEP = "from django.core.cache import cache; cache.set('lantern', 'lit', 60)"
READ = "from django.core.cache import cache; print(cache.get('lantern'), cache.incr('tries'))"
COUNT = "from django.core.cache import cache; cache.add('tries', 0, 60); cache.incr('tries')"
READY = "import django; django.setup(); "


def done(act: str, address: str) -> str:
    """What a process of its own prints."""
    surroundings = os.environ | {"CACHE_URL": address, "DJANGO_SETTINGS_MODULE": "coproduce.settings"}
    command = [sys.executable, "-c", READY + act]
    ended = subprocess.run(command, cwd=ROOT, env=surroundings, stdout=subprocess.PIPE, text=True, check=True)
    return ended.stdout.strip()


@pytest.fixture(scope="module")
def valkey(folder: Path) -> Iterator[str]:
    pytest.importorskip("redis", reason=NO_PACKAGE)
    if program() is None:
        pytest.skip(NO_VALKEY)
    with serving_valkey(folder) as address:
        yield address


@pytest.fixture
def sharing(pooled: dict[str, str], valkey: str, tmp_path: Path) -> Iterator[list[Site]]:
    """Two machines that share the pages they have made."""
    shared = pooled | {"PAGE_CACHE_URL": valkey}
    with running(shared, tmp_path / "one.log") as one, running(shared, tmp_path / "other.log") as other:
        yield [one, other]


def test_what_one_process_keeps_and_counts_another_finds(valkey: str) -> None:
    done(f"{KEEP}; {COUNT}", valkey)
    assert done(READ, valkey) == "lit 2"


@pytest.mark.faults
@pytest.mark.usefixtures("walls")
def test_a_page_made_on_one_machine_is_answered_by_the_other_until_something_on_it_is_withdrawn(
    sharing: list[Site], direct: dict[str, str], valkey: str
) -> None:
    with a_note(direct) as withdraw:
        assert holds(lambda: taken_over(sharing, valkey))
        assert [OTHER in ask(site, PAGE)[1] for site in sharing] == [True, True]
        withdraw()
    assert holds(lambda: [OTHER in ask(site, PAGE)[1] for site in sharing] == [False, False])
    assert not any(OTHER in ask(site, PAGE)[1] for site in sharing * 5)


def taken_over(sites: Iterable[Site], valkey: str) -> bool:
    """Asks every machine for the page; whether one found it where another had put it."""
    for site in sites:
        assert OTHER in ask(site, PAGE)[1]
    import redis

    with closing(redis.from_url(valkey)) as server:
        return server.info("stats")["keyspace_hits"] > 0
