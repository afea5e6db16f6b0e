"""A board of sixty notes with nothing kept, beside Wagtail's page of the same notes on a server like ours."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from functools import partial
from pathlib import Path

from bench.figures import Figure, Lane, measure
from bench.load import get, rate
from bench.peers import free_port, installed, wait_for
from bench.place import WORDS, hold_event, put_up_board
from tools.serving import HOST, serving

WAGTAIL = ("wagtail==8.0.1", "django==6.1.3", "granian==2.8.7")
PROJECT = Path(__file__).parent / "wagtail"
NOTES, REQUESTS = 60, 120
THREADS = "4"  # as many as ours has
FASTER = 4


def beside(database: str, *, peers: bool = False) -> Iterator[Figure]:
    """Nothing unless `peers` says that Wagtail may be installed for the run."""
    if not peers:
        return
    path = put_up_board(hold_event(), "wall", NOTES).get_absolute_url()
    with tempfile.TemporaryDirectory() as made, ExitStack() as running:
        peer = running.enter_context(wagtail(Path(made)))
        site = running.enter_context(serving("bench.site:application", BENCH_DATABASE=database))
        lanes: dict[str, Lane] = {
            "ours": partial(rate, site, [get(site, path)] * REQUESTS),
            "theirs": partial(rate, peer, [get(peer, "/")] * REQUESTS),
        }
        found = measure(lanes)
    yield Figure("60 notes beside Wagtail", "pages/s", found["ours"], found["theirs"], "Wagtail", FASTER)


@contextmanager
def wagtail(folder: Path) -> Iterator[str]:
    """The address of a fresh Wagtail in `folder` with a page of as many notes as our board has."""
    project = shutil.copytree(PROJECT, folder / "project")
    python, port = installed(folder / "env", *WAGTAIL), free_port()
    surroundings = {"DJANGO_SETTINGS_MODULE": "peer_settings", "PEER_DATABASE": str(folder / "peer.db")}
    run = {"cwd": project, "env": os.environ | surroundings | {"PYTHONPATH": str(project)}}
    subprocess.run([python, "fill.py", str(NOTES), WORDS], check=True, **run)
    words = ("--interface", "wsgi", "--host", HOST, "--port", str(port), "--workers", "1")
    served = [*words, "--blocking-threads", THREADS, "--no-ws", "peer_application:application"]
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    process = subprocess.Popen([python, "-m", "granian", *served], **run, **quiet)
    try:
        wait_for(port, process)
        yield f"http://{HOST}:{port}"
    finally:
        process.terminate()
        process.wait(10)
