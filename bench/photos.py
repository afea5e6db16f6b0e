"""Photographs made ready in the background, and what pages notice of it."""

import io
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field
from http.client import HTTPConnection
from pathlib import Path
from random import Random
from statistics import quantiles
from threading import Event as Signal
from threading import Thread
from urllib.parse import urlsplit
from uuid import uuid4

from django.conf import settings
from PIL import Image, ImageDraw

from bench.figures import Aim, Figure
from bench.load import Unexpected
from bench.place import WORDS, hold_event, put_up_board
from bench.processes import Cost, cost
from coproduce.images.making import have_done
from coproduce.work.standing import alive
from events.models import Event
from responses.models import Photo
from responses.photos.adding import add_photo
from tools.serving import ROOT, serving

SIZE = (4000, 3000)
ROUNDS = 5
EACH = 30  # requests for each page, with and without work in the background
NOTES = 60
UNNOTICED = 1.5  # of the p95 without it
OFTEN = 0.05  # seconds between two looks at the memory


def photos(database: str, number: int = 200) -> Iterator[Figure]:
    """`number` photographs of 12 megapixels, while an event and a board of 60 notes are asked for."""
    picture = a_wall()
    with a_media_folder() as folder:
        event = hold_event()
        board = put_up_board(event, "photographed", NOTES)
        paths = {"event": event.get_absolute_url(), f"board of {NOTES}": board.get_absolute_url()}
        where = {"BENCH_DATABASE": database, "MEDIA_ROOT": str(folder)}
        with serving("bench.site:application", **where) as site, worker(where) as work:
            add_photos(event, picture, number)
            found = ask_with_and_without(work, site, paths)
            work.until_done(lambda: ask(site, paths))
        for name in paths:
            yield from delays(name, found)
        yield pace(number, work.seconds, picture, folder)
        yield Figure("worker, at most", "MB", [work.most / 1e6] * 2, [work.at_rest / 1e6] * 2, "at rest")


def a_wall() -> bytes:
    """A JPEG of a wall with paper, writing and the noise of a camera."""
    random, noise = Random(1), Image.effect_noise((SIZE[0] // 2, SIZE[1] // 2), 40)
    wall = Image.blend(Image.new("RGB", SIZE, (230, 225, 210)), noise.resize(SIZE).convert("RGB"), 0.2)
    pen = ImageDraw.Draw(wall)
    for _ in range(NOTES):
        left, top = random.randrange(SIZE[0] - 500), random.randrange(SIZE[1] - 500)
        paper = (255, random.randrange(150, 255), random.randrange(100, 200))
        pen.rectangle((left, top, left + 450, top + 450), fill=paper)
        for line in range(8):
            pen.text((left + 20, top + 20 + 50 * line), WORDS[:24], fill=(20, 20, 60), font_size=40)
    file = io.BytesIO()
    wall.save(file, "JPEG", quality=88)
    return file.getvalue()


@contextmanager
def a_media_folder() -> Iterator[Path]:
    """An empty MEDIA_ROOT for the block."""
    former, folder = settings.MEDIA_ROOT, tempfile.mkdtemp(prefix="bench-")
    settings.MEDIA_ROOT = folder
    try:
        yield Path(folder)
    finally:
        settings.MEDIA_ROOT = former
        shutil.rmtree(folder)


def add_photos(event: Event, picture: bytes, number: int) -> None:
    for _ in range(number):
        # Behind the end of the picture, so that no two files are the same.
        add_photo(event, io.BytesIO(picture + uuid4().bytes), by=None, key=uuid4())


@dataclass
class Work:
    """A worker that can be held still, how long it was not, and the most memory it had with its children."""

    process: subprocess.Popen
    at_rest: int = 0
    most: int = 0
    seconds: float = 0.0
    ended: Signal = field(default_factory=Signal)

    @contextmanager
    def going(self) -> Iterator[None]:
        """Lets it work for as long as the block lasts."""
        os.killpg(self.process.pid, signal.SIGCONT)
        start = time.monotonic()
        yield
        self.seconds += time.monotonic() - start
        os.killpg(self.process.pid, signal.SIGSTOP)

    def until_done(self, meanwhile: Callable[[], object]) -> None:
        with self.going():
            while Photo.objects.exclude(making=Photo.Making.MADE, zoom=100).exists():
                if self.process.poll() is not None or Photo.objects.filter(making="failed").exists():
                    raise Unexpected("The worker did not make every photograph.")
                meanwhile()

    def watch(self) -> None:
        while not self.ended.wait(OFTEN):
            self.most = max(self.most, self.cost().memory)

    def cost(self) -> Cost:
        return cost(self.process.pid)


@contextmanager
def worker(environment: dict[str, str]) -> Iterator[Work]:
    """A worker that has nothing to do yet and is held still."""
    words = [sys.executable, "-m", "bench.background"]
    process = subprocess.Popen(words, cwd=ROOT, env=os.environ | environment, start_new_session=True)
    work = Work(process)
    watching = Thread(target=work.watch)
    try:
        while not alive():
            work.ended.wait(OFTEN)
        work.at_rest = work.cost().memory
        os.killpg(process.pid, signal.SIGSTOP)
        watching.start()
        yield work
    finally:
        work.ended.set()
        watching.join()
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


type Asked = dict[
    tuple[str, bool], list[list[float]]
]  # page and whether work went on: rounds of milliseconds


def ask_with_and_without(work: Work, site: str, paths: dict[str, str]) -> Asked:
    """Every page in every round, once while the worker is held still and once while it works."""
    found: Asked = {(name, busy): [] for name in paths for busy in (False, True)}
    ask(site, paths)  # for the first time, which takes longer
    for number in range(ROUNDS):
        for busy in (False, True) if number % 2 else (True, False):
            with work.going() if busy else nullcontext():
                for name, seen in ask(site, paths).items():
                    found[name, busy].append(seen)
    return found


def ask(site: str, paths: dict[str, str]) -> dict[str, list[float]]:
    """How long each of EACH requests for every page took, in milliseconds, on turns."""
    connection = HTTPConnection(urlsplit(site).netloc)
    seen: dict[str, list[float]] = {name: [] for name in paths}
    for _ in range(EACH):
        for name, path in paths.items():
            start = time.perf_counter()
            connection.request("GET", path)
            answer = connection.getresponse()
            answer.read()
            seen[name].append(1000 * (time.perf_counter() - start))
            if answer.status != 200:
                raise Unexpected(f"The site answered {answer.status} for {path}.")
    connection.close()
    return seen


def delays(name: str, found: Asked) -> Iterator[Figure]:
    for label, part, target in (("p50", 9, None), ("p95", 18, UNNOTICED)):
        busy, quiet = (
            [quantiles(seen, n=20)[part] for seen in found[name, working]] for working in (True, False)
        )
        yield Figure(
            f"{name}, {label}", "ms", busy, quiet, "worker held still", target, aim=Aim.RATIO_AT_MOST
        )


def pace(number: int, seconds: float, picture: bytes, folder: Path) -> Figure:
    """Photographs a minute, beside the bare program that makes one, while nothing else is asked for."""
    original, into = folder / "original", folder / "into"
    original.write_bytes(picture)
    into.mkdir()
    start = time.monotonic()
    have_done("make", original, into)
    alone = time.monotonic() - start
    return Figure(
        f"{number} photographs", "/ min", [60 * number / seconds] * 2, [60 / alone] * 2, "the bare program"
    )
