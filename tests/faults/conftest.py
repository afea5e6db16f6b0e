"""A database cluster that may be killed, with walls on it, and sites that serve them."""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.faults.cluster import Cluster
from tests.faults.driver import Wall
from tests.faults.site import Site
from tools.serving import ROOT

WALLS = 8


@pytest.fixture(scope="session")
def cluster() -> Iterator[Cluster]:
    # Root lends PostgreSQL another account, which has to be let into the folder.
    folder = Path(tempfile.mkdtemp(prefix="faults-"))
    folder.chmod(0o755)
    cluster = Cluster(folder)
    yield cluster
    cluster.end()
    shutil.rmtree(cluster.server.place.data, ignore_errors=True)
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def environment(cluster: Cluster) -> dict[str, str]:
    """Behind a proxy, as in production: every visitor of a test comes from a network of their own."""
    return {"DATABASE_URL": cluster.address, "DEBUG": "1", "TRUSTED_PROXIES": "1", "PYTHONUNBUFFERED": "1"}


@pytest.fixture(scope="session")
def walls(environment: dict[str, str]) -> Iterator[Wall]:
    """Boards that nobody has answered yet, one after another."""
    made = subprocess.run(
        [sys.executable, "-m", "tests.faults.walls", str(WALLS)],
        cwd=ROOT,
        env=os.environ | environment,
        stdout=subprocess.PIPE,
        check=True,
    )
    return iter([Wall(**where) for where in json.loads(made.stdout)])


@pytest.fixture
def wall(walls: Iterator[Wall]) -> Wall:
    return next(walls)


@pytest.fixture
def start_site(environment: dict[str, str], walls: Iterator[Wall], tmp_path: Path) -> Iterator[Callable]:
    started: list[Site] = []

    def start(workers: int = 1) -> Site:
        started.append(Site(environment, tmp_path / "site.log", workers=workers))
        started[-1].start()
        return started[-1]

    yield start
    for site in started:
        site.kill()
