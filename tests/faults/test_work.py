"""Every photograph is made, whatever is killed while that goes on."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from threading import Event

import pytest

from tests.faults.cluster import Cluster
from tests.faults.site import A_MOMENT
from tools.serving import ROOT

pytestmark = pytest.mark.faults
PATIENCE = 120  # seconds after which something has certainly gone wrong
NUMBER = 3
UNMADE = "SELECT id FROM responses_photo WHERE making <> 'made' OR zoom < 100"
RUNNING = "SELECT id FROM django_tasks_database_dbtaskresult WHERE status = 'RUNNING'"
FOLDERS = "SELECT files FROM responses_photo"
FAILED = "SELECT traceback FROM django_tasks_database_dbtaskresult WHERE status = 'FAILED'"


@pytest.fixture
def surroundings(environment: dict[str, str], tmp_path: Path) -> dict[str, str]:
    return os.environ | environment | {"MEDIA_ROOT": str(tmp_path / "media")}


@pytest.fixture(autouse=True)
def photographs(surroundings: dict[str, str], cluster: Cluster) -> Iterator[None]:
    """Some that wait to be made, and no others."""
    words = [sys.executable, "-m", "tests.faults.photographs", str(NUMBER)]
    subprocess.run(words, cwd=ROOT, env=surroundings, check=True)
    yield
    with cluster.connect() as connection, connection, connection.cursor() as cursor:
        cursor.execute("TRUNCATE responses_photo, django_tasks_database_dbtaskresult CASCADE")


@pytest.fixture
def start_worker(surroundings: dict[str, str], tmp_path: Path) -> Iterator[Callable]:
    started: list[subprocess.Popen] = []

    def start() -> subprocess.Popen:
        with (tmp_path / "worker.log").open("ab") as log:
            started.append(
                subprocess.Popen(
                    [sys.executable, "manage.py", "worker"],
                    cwd=ROOT, env=surroundings, stdout=log, stderr=log, start_new_session=True,
                )
            )  # fmt: skip
        return started[-1]

    yield start
    for worker in started:
        with suppress(ProcessLookupError):
            os.killpg(worker.pid, signal.SIGKILL)
        worker.wait()


def until(true: Callable[[], object]) -> None:
    for _ in range(round(PATIENCE / A_MOMENT)):
        if true():
            return
        Event().wait(A_MOMENT)
    raise AssertionError("It did not happen.")


def is_half_done(cluster: Cluster, media: Path) -> bool:
    """Whether a photograph is being made now: files of it are there, and not yet in their place."""
    return bool(cluster.column(RUNNING)) and any(media.glob("*/part-*/*"))


def all_are_made(cluster: Cluster) -> bool:
    return not cluster.column(UNMADE)


def see_that_all_is_well(cluster: Cluster, media: Path) -> None:
    until(lambda: all_are_made(cluster))
    assert sorted(cluster.column(FOLDERS)) == sorted(path.name for path in media.iterdir())
    assert not list(media.glob("*/part-*"))
    assert cluster.column(FAILED) == []


def test_what_a_killed_worker_was_making_is_made_by_the_next(
    cluster: Cluster, start_worker: Callable, tmp_path: Path
) -> None:
    worker, media = start_worker(), tmp_path / "media"
    until(lambda: is_half_done(cluster, media))
    worker.kill()  # and not the process that reads the picture, which goes on for a while
    worker.wait()
    assert len(cluster.column(RUNNING)) == 1
    start_worker()
    see_that_all_is_well(cluster, media)


def test_a_worker_that_is_told_to_stop_leaves_its_work_to_the_next(
    cluster: Cluster, start_worker: Callable, tmp_path: Path
) -> None:
    worker, media = start_worker(), tmp_path / "media"
    until(lambda: is_half_done(cluster, media))
    worker.terminate()
    assert worker.wait(10) == 0
    assert cluster.column(RUNNING) == []
    start_worker()
    see_that_all_is_well(cluster, media)


def test_a_worker_goes_on_after_the_database_was_killed(
    cluster: Cluster, start_worker: Callable, tmp_path: Path
) -> None:
    worker, media = start_worker(), tmp_path / "media"
    until(lambda: is_half_done(cluster, media))
    cluster.kill_and_revive()
    see_that_all_is_well(cluster, media)
    assert worker.poll() is None


def test_two_workers_share_the_work(cluster: Cluster, start_worker: Callable, tmp_path: Path) -> None:
    start_worker(), start_worker()
    see_that_all_is_well(cluster, tmp_path / "media")
    taken = "SELECT jsonb_array_length(worker_ids) FROM django_tasks_database_dbtaskresult"
    assert set(cluster.column(taken)) == {1}
