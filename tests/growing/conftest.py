"""One cluster that machines share, PgBouncer in front of it, and a replica behind it."""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.faults.cluster import DATABASE, Cluster
from tests.faults.driver import Wall
from tests.faults.site import Site
from tests.growing.asking import running
from tests.growing.pooler import PoolerOfCluster
from tools.follower import Follower
from tools.pooler import program
from tools.serving import ROOT

WALLS = 4
NO_POOLER = "PgBouncer is not installed on this machine: install the package pgbouncer to run this."


@pytest.fixture(scope="session")
def folder() -> Iterator[Path]:
    # Root lends PostgreSQL another account, which has to be let into the folder.
    folder = Path(tempfile.mkdtemp(prefix="growing-"))
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def cluster(folder: Path) -> Iterator[Cluster]:
    cluster = Cluster(folder / "cluster")
    yield cluster
    cluster.end()
    shutil.rmtree(cluster.server.place.data, ignore_errors=True)


@pytest.fixture(scope="session")
def direct(cluster: Cluster) -> dict[str, str]:
    """The environment of a site that knows the cluster alone; every visitor has a network of their own."""
    return {
        "DATABASE_URL": cluster.address, "DEBUG": "1", "TRUSTED_PROXIES": "1", "PYTHONUNBUFFERED": "1"
    }  # fmt: skip


@pytest.fixture(scope="session")
def walls(direct: dict[str, str]) -> Iterator[Wall]:
    """Boards that nobody has answered yet, one after another."""
    made = subprocess.run(
        [sys.executable, "-m", "tests.faults.walls", str(WALLS)],
        cwd=ROOT,
        env=os.environ | direct,
        stdout=subprocess.PIPE,
        check=True,
    )
    return iter([Wall(**where) for where in json.loads(made.stdout)])


@pytest.fixture
def wall(walls: Iterator[Wall]) -> Wall:
    return next(walls)


@pytest.fixture(scope="session")
def pooler(cluster: Cluster, folder: Path) -> Iterator[PoolerOfCluster]:
    if program() is None:
        pytest.skip(NO_POOLER)
    pooler = PoolerOfCluster(cluster, folder)
    pooler.start(DATABASE)
    yield pooler
    pooler.kill()


@pytest.fixture(scope="session")
def pooled(direct: dict[str, str], pooler: PoolerOfCluster, cluster: Cluster) -> dict[str, str]:
    """The environment of a machine behind PgBouncer."""
    return direct | {"DATABASE_URL": pooler.url, "LISTEN_DATABASE_URL": cluster.address}


@pytest.fixture(scope="session")
def machines(walls: Iterator[Wall], pooled: dict[str, str], folder: Path) -> Iterator[tuple[Site, Site]]:
    """Two ports that stand for two machines."""
    with running(pooled, folder / "one.log") as one, running(pooled, folder / "other.log") as other:
        yield one, other


@pytest.fixture(scope="session")
def follower(cluster: Cluster, walls: Iterator[Wall], folder: Path) -> Iterator[Follower]:
    """A streaming replica of the cluster, with walls in it."""
    follower = Follower(cluster.server, folder / "replica")
    follower.start()
    yield follower
    follower.kill()
