"""Where faults happen: a PostgreSQL that may be killed or filled, walls on it, sites that serve them."""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from tests.faults.cluster import Cluster
from tests.faults.driver import Wall
from tests.faults.site import Site
from tools.serving import ROOT, collect_static, settings_of_production

WALLS = 12

type Line = dict[str, object]


@dataclass
class Ground:
    """A cluster with walls nobody has answered yet."""

    folder: Path
    cluster: Cluster
    walls: Iterator[Wall]
    environment: dict[str, str]
    sites: list[Site] = field(default_factory=list)

    def start(self, *, workers: int = 1, **environment: str) -> Site:
        site = Site(self.environment | environment, self.folder / "site.log", workers=workers)
        self.sites.append(site)
        site.start()
        return site

    def manage(self, *words: str, **options: object) -> subprocess.Popen:
        """A command of the site, on this ground."""
        with (self.folder / "commands.log").open("ab") as log:
            return subprocess.Popen(
                [sys.executable, "manage.py", *words],
                cwd=ROOT,
                env=os.environ | self.environment,
                stdout=log,
                stderr=log,
                start_new_session=True,
                **options,
            )


@contextmanager
def ground(megabytes: int = 0) -> Iterator[Ground]:
    """A ground that is gone afterwards; with `megabytes` on a disk of that size, which takes root."""
    # Root lends PostgreSQL another account, which has to be let into the folder.
    folder = Path(tempfile.mkdtemp(prefix="faults-"))
    folder.chmod(0o755)
    disk = folder / "disk"
    disk.mkdir()
    if megabytes:
        size = f"size={megabytes}m,mode=755"
        subprocess.run(["mount", "-t", "tmpfs", "-o", size, "tmpfs", str(disk)], check=True)
    cluster = Cluster(disk)
    environment = settings_of_production(
        DATABASE_URL=cluster.address,
        TRUSTED_PROXIES="1",
        PYTHONUNBUFFERED="1",
        MEDIA_ROOT=str(folder / "media"),
    )
    collect_static(environment)
    made = Ground(folder, cluster, put_up(environment), environment)
    try:
        yield made
    finally:
        for site in made.sites:
            if site.process.poll() is None:
                site.kill()
        cluster.end()
        if megabytes:
            subprocess.run(["umount", "--lazy", str(disk)], check=False)
        shutil.rmtree(cluster.server.place.data, ignore_errors=True)
        shutil.rmtree(folder, ignore_errors=True)


def put_up(environment: dict[str, str]) -> Iterator[Wall]:
    words = [sys.executable, "-m", "tests.faults.walls", str(WALLS)]
    env = os.environ | environment
    made = subprocess.run(words, cwd=ROOT, env=env, stdout=subprocess.PIPE, check=True)
    return iter([Wall(**where) for where in json.loads(made.stdout)])


def nought(name: str, value: float, unit: str = "") -> Line:
    """A figure that has to be nought."""
    aim = "value at most"
    return {"name": name, "value": value, "unit": unit, "target": 0, "aim": aim, "met": value == 0}


def at_most(name: str, value: float, unit: str, most: float) -> Line:
    met = value <= most
    return {"name": name, "value": value, "unit": unit, "target": most, "aim": "value at most", "met": met}


def caught(name: str, value: float, unit: str) -> Line:
    """A planted flaw has to be seen: nought would mean that the check cannot fail."""
    return {
        "name": f"planted: {name}",
        "value": value,
        "unit": unit,
        "target": 1,
        "aim": "value at least",
        "met": value >= 1,
    }


def fact(name: str, value: float | None, unit: str = "", said: str = "") -> Line:
    return {"name": name, "value": value, "unit": unit, "said": said}
