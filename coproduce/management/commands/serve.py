"""`./dev` ends here: a database that is up to date, the demo in it, and a server that reloads."""

import os
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Set
from pathlib import Path

import psutil
from django.apps import apps
from django.conf import settings
from django.core.checks import Tags
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connection, connections
from django.db.migrations.executor import MigrationExecutor

from archive.demo.accounts import sign_ins
from archive.management.commands.seed import is_here
from coproduce.environment import whole_number
from coproduce.serving import granian, keeper
from people.models import Person

HOST = "127.0.0.1"
LONGEST_END = 3  # seconds
BROKEN = "\nThe site has stopped; the reason is above. It starts again with the next edit."


class Command(BaseCommand):
    help = "Serves the site for development, with the demo in it, and reloads what is edited."
    # Only what is asked for below: the server checks everything else each time it starts.
    requires_system_checks = ()

    def handle(self, **_: object) -> None:
        port = os.environ.get("PORT", "8000")
        if not settings.DEBUG:
            raise CommandError("serve is for development, with DEBUG=1. In production: python manage.py run")
        refuse_unusable(port)
        self.check(tags=[Tags.database], databases=["default"])
        bring_up_to_date()
        if not Person.objects.exists():
            call_command("seed", verbosity=0)
        self.stdout.write(greeting(port))
        connections.close_all()
        serve(port)


def refuse_unusable(port: str) -> None:
    """Raises CommandError unless the port can be listened on now."""
    if not port.isdecimal() or not 0 < int(port) < 65536:
        raise CommandError(f"PORT is {port!r}. Give a number from 1 to 65535: PORT=8001 ./dev")
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, int(port)))
        except OSError as error:
            raise CommandError(
                f"Port {port} cannot be used ({error.strerror.lower()}). "
                "Stop what runs there, or choose another port: PORT=8001 ./dev"
            ) from error


def bring_up_to_date() -> None:
    """Migrates if there is something to migrate: `migrate` itself takes a second to find nothing."""
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        call_command("migrate", interactive=False)


def greeting(port: str) -> str:
    """Where the site is, and how to sign in to the demo unless it has made way for a real one."""
    where = f"\n{settings.SITE_NAME} is at http://localhost:{port}\n"
    return f"{where}\n{sign_ins()}\n" if is_here() else where


def serve(port: str) -> None:
    """Serves until Ctrl-C, `kill` or the end of the terminal, and starts again after each edit."""
    from watchfiles import PythonFilter, watch  # production does without

    ended, code = threading.Event(), PythonFilter(extra_extensions=(".toml", ".mo"))
    # Also deaf shells' children hear: one without job control starts them with Ctrl-C ignored.
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, lambda *_: ended.set())
    site, workers = start(port), start_workers()
    try:
        # Twice a second without edits too, to notice that the server has ended by itself.
        often = {"rust_timeout": 500, "yield_on_timeout": True}
        for edits in watch(*folders(), watch_filter=code, stop_event=ended, **often):
            site = after(edits, site, port)
    finally:
        # Whoever leaves while a child is still dying is not the last, and PostgreSQL would stay.
        end(site)
        if workers:
            workers.stdin.close()
            workers.wait()


def start_workers() -> subprocess.Popen | None:
    """Workers beside the site, unless WORKERS is 0; after an edit each ends and is started again."""
    number = whole_number("WORKERS", 1)
    return keeper.beside(number) if number else None


def folders() -> list[str]:
    """Where our code is: a watch on the whole project would hold one on each folder of .venv."""
    return [app.path for app in apps.get_app_configs() if Path(app.path).parent == settings.BASE_DIR]


def start(port: str) -> subprocess.Popen:
    words = granian.command("coproduce.serving.development:application", host=HOST, port=int(port))
    shown = ["--log-level", "warning", "--access-log", "--access-log-fmt", "%(method)s %(path)s %(status)d"]
    return subprocess.Popen([*words, *shown], env=os.environ | {"PYTHONUNBUFFERED": "1"})  # noqa: S603


def after(edits: Set, site: subprocess.Popen, port: str) -> subprocess.Popen:
    """The server that runs on: another one after edits, none where the code is broken."""
    if edits:
        end(site)
        return start(port)
    if site.returncode is None and site.poll() is not None:
        print(BROKEN, file=sys.stderr, flush=True)
    return site


def end(site: subprocess.Popen) -> None:
    """Stops the server, its workers too, in LONGEST_END seconds at most."""
    try:
        workers = psutil.Process(site.pid).children()
    except psutil.NoSuchProcess:
        workers = []
    site.terminate()
    try:
        site.wait(LONGEST_END)
    except subprocess.TimeoutExpired:
        for process in (site, *workers):
            process.kill()
        site.wait()
