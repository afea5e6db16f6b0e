"""Two machines on one PostgreSQL through PgBouncer are one site."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from coproduce.work.standing import CLASS
from tests.faults.cluster import Cluster
from tests.faults.driver import Wall, Workshop
from tests.faults.site import Site
from tests.growing.asking import ask, holds, send_form
from tests.growing.pooler import PoolerOfCluster
from tools.serving import ROOT

pytestmark = pytest.mark.faults
LISTENING = "SELECT count(*) FROM pg_stat_activity WHERE query LIKE 'LISTEN%%board%%'"
WORKERS = "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND granted AND classid = %s"
TRIED = "SELECT number FROM people_ratecount WHERE name = 'wrong codes in sixteen minutes'"
TRIES = 3  # wrong codes at each machine


class Elsewhere(Workshop):
    """A workshop whose posters are on one machine and whose watchers are on another."""

    def __init__(self, here: Site, there: Site, wall: Wall, **how: int) -> None:
        super().__init__(here, wall, **how)
        for watcher in self.watchers:
            watcher.address = there.address


@pytest.fixture
def start_worker(pooled: dict[str, str], tmp_path: Path) -> Iterator[Callable[[], subprocess.Popen]]:
    started: list[subprocess.Popen] = []

    def start() -> subprocess.Popen:
        command = [sys.executable, "manage.py", "worker"]
        surroundings = os.environ | pooled | {"MEDIA_ROOT": str(tmp_path)}
        started.append(subprocess.Popen(command, cwd=ROOT, env=surroundings))
        return started[-1]

    yield start
    for worker in started:
        worker.kill()
        worker.wait()


def test_a_note_left_on_one_machine_is_seen_once_and_in_order_on_the_other(
    machines: tuple[Site, Site], pooler: PoolerOfCluster, cluster: Cluster, wall: Wall
) -> None:
    """Also when PgBouncer is killed in the middle and started again."""
    workshop = Elsewhere(*machines, wall, posters=6, each=6, watchers=4)
    workshop.run(pooler.kill_and_start)
    assert workshop.see_end(cluster) == {}


def test_each_machine_listens_on_a_connection_of_its_own(
    machines: tuple[Site, Site], cluster: Cluster
) -> None:
    """On one that is lent to others it would hear nothing, and notes would wait for the next comparison."""
    assert cluster.column(LISTENING) == [len(machines)]


def test_who_signs_out_on_one_machine_is_signed_out_on_the_other(
    machines: tuple[Site, Site], direct: dict[str, str]
) -> None:
    command = [sys.executable, "-m", "tests.growing.signed_in"]
    made = subprocess.run(
        command, cwd=ROOT, env=os.environ | direct, stdout=subprocess.PIPE, text=True, check=True
    )
    cookie = f"sessionid={made.stdout.strip()}"
    assert [ask(machine, "/account/email/", cookie)[0] for machine in machines] == [200, 200]
    send_form(machines[0], "/account/logout/", cookie)
    assert [ask(machine, "/account/email/", cookie)[0] for machine in machines] == [302, 302]


def test_limits_count_what_is_tried_on_every_machine(machines: tuple[Site, Site], cluster: Cluster) -> None:
    for machine in machines * TRIES:
        ask(machine, "/j/7777-7777/")
    assert sum(cluster.column(TRIED)) == len(machines) * TRIES


def test_the_lock_of_a_worker_ends_with_it_behind_pgbouncer(
    start_worker: Callable[[], subprocess.Popen], cluster: Cluster
) -> None:
    """On a connection lent to others it would stay, and what a dead worker left would be done by nobody."""
    worker = start_worker()
    assert holds(lambda: cluster.column(WORKERS, CLASS) == [1])
    worker.kill()
    worker.wait()
    assert holds(lambda: cluster.column(WORKERS, CLASS) == [0])
