"""`./dev` ends here: a database that is up to date, the demo in it, and a server that reloads."""

import os
import signal
import socket
import sys

import psutil
from django.conf import settings
from django.core.checks import Tags
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connection, connections
from django.db.migrations.executor import MigrationExecutor

from archive.demo.accounts import sign_ins
from archive.management.commands.seed import is_here
from people.models import Person

HOST = "127.0.0.1"
LONGEST_END = 5  # seconds


class Command(BaseCommand):
    help = "Serves the site for development, with the demo in it, and reloads what is edited."
    # Only what is asked for below: the server checks everything else each time it starts.
    requires_system_checks = ()

    def handle(self, **_: object) -> None:
        port = os.environ.get("PORT", "8000")
        if not settings.DEBUG:
            raise CommandError(
                "serve is for development, with DEBUG=1. In production run: "
                "granian --interface wsgi coproduce.wsgi:application"
            )
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
    """Serves until Ctrl-C, `kill` or the end of the terminal.

    The reloader starts again what sys.argv names, and only under the name of runserver does
    Django wait for the next edit when one has broken the project.
    """
    # A shell without job control starts what it puts in the background deaf to Ctrl-C.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    sys.stdout.flush()
    where = f"{HOST}:{port}"
    sys.argv[1:] = ["runserver", where]
    os.environ["DJANGO_RUNSERVER_HIDE_WARNING"] = "true"
    try:
        call_command("runserver", where)
    finally:
        # Whoever leaves while a child is still dying is not the last, and PostgreSQL would stay.
        psutil.wait_procs(psutil.Process().children(), timeout=LONGEST_END)
