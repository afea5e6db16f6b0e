"""`manage.py worker`: does in the background what no page waits for."""

import os
import signal
from argparse import ArgumentParser
from pathlib import Path
from types import FrameType

from django.apps import apps
from django.conf import settings
from django.core.management.base import BaseCommand

from coproduce.work.worker import Stop, Worker


class Command(BaseCommand):
    help = "Makes pictures ready, and what else no page waits for, until it gets SIGTERM or Ctrl-C."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--with-parent",
            action="store_true",
            help="Ends with the process that started it, and when the code is edited: it is started again.",
        )

    def handle(self, *, with_parent: bool, **_: object) -> None:
        kept = Kept() if with_parent else None
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, stop)
        try:
            Worker(kept.goes_on if kept else lambda: True).run()
        except Stop:
            return


class Kept:
    """Whether a worker that somebody starts again has reason to go on."""

    def __init__(self) -> None:
        self.parent, self.code = os.getppid(), newest_code()

    def goes_on(self) -> bool:
        return os.getppid() == self.parent and newest_code() == self.code


def newest_code() -> float:
    """When our code was last edited; after an update the old one would meet new tables."""
    folders = [app.path for app in apps.get_app_configs() if Path(app.path).parent == settings.BASE_DIR]
    return max(path.stat().st_mtime for folder in folders for path in Path(folder).rglob("*.py"))


def stop(number: int, frame: FrameType | None) -> None:
    # A second one must not interrupt putting back what the first one interrupted.
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)
    raise Stop
