"""The site in production: pages and streams on one port, with the flags that were tried."""

import os
import resource
import sys

from django.conf import settings
from django.core.checks import Tags
from django.core.management.base import BaseCommand, CommandError
from django.db import connections

from coproduce.environment import env, whole_number
from coproduce.serving import granian, keeper


class Command(BaseCommand):
    help = "Serves the site in production, on HOST and PORT, in WEB_PROCESSES with WEB_THREADS each."
    requires_system_checks = ()

    def handle(self, **_: object) -> None:
        if settings.DEBUG:
            raise CommandError("DEBUG is on, which shows visitors what they must not see. Run ./dev instead.")
        self.check(tags=[Tags.database], databases=["default"])
        connections.close_all()
        start_workers()
        allow_open_files()
        words = production_command()
        sys.stdout.flush()
        # In place of this process: signals and exit codes need no passing on.
        os.execv(words[0], words)  # noqa: S606


def start_workers() -> None:
    """Starts WORKERS of them beside the site, which end when this process does, whatever it becomes."""
    if number := whole_number("WORKERS", 1):
        kept = keeper.beside(number)
        # One that Python does not close, and that stays open in the program this process becomes.
        os.set_inheritable(os.dup(kept.stdin.fileno()), True)


def production_command() -> list[str]:
    """granian's command line from the environment. A worker that dies is replaced."""
    words = granian.command(
        "coproduce.asgi:application",
        host=env.str("HOST", default="127.0.0.1"),
        port=whole_number("PORT", 8000),
        processes=max(1, whole_number("WEB_PROCESSES", 2)),
    )
    return [*words, "--respawn-failed-workers"]


def allow_open_files() -> None:
    """Raises this process's limit of open files as far as it may: each connection is one."""
    wanted = granian.MOST_CONNECTIONS + 1024
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    most = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
    if soft != resource.RLIM_INFINITY and soft < most:
        resource.setrlimit(resource.RLIMIT_NOFILE, (most, hard))
