"""`./dev` ends here: a database that is up to date, the demo in it, and a server that reloads."""

import os
import socket
import sys
from argparse import ArgumentParser

from django.conf import settings
from django.core.checks import Tags
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connection, connections
from django.db.migrations.executor import MigrationExecutor
from django.urls import reverse

from people.models import Person, Role

HOST = "127.0.0.1"


class Command(BaseCommand):
    help = "Serves the site for development, with the demo in it, and reloads what is edited."
    # Only what is asked for below: the server checks everything else each time it starts.
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--port", default=os.environ.get("PORT", "8000"))

    def handle(self, *, port: str, **_: object) -> None:
        if not settings.DEBUG:
            raise CommandError(
                "serve is for development, with DEBUG=1. In production run: "
                "granian --interface wsgi coproduce.wsgi:application"
            )
        refuse_unusable(port)
        self.check(tags=[Tags.database], databases=["default"])
        bring_up_to_date()
        if not Person.objects.exists():
            call_command("seed")
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
    """Where the site is, and how to sign in as each kind of person."""
    site = f"http://localhost:{port}"
    roles = Role.objects.current().filter(person__email__isnull=False).select_related("person")
    lines = [
        f"  {role.get_kind_display():<12}{role.person.email}"
        for role in roles.order_by("kind", "pk").distinct("kind")
    ]
    return "\n".join(
        [
            f"\n{settings.SITE_NAME} is at {site}\n",
            f"Sign in at {site}{reverse('account_login')} with one of these addresses.",
            f"The code comes by e-mail, shown here and on {site}{reverse('shown_mail')}",
            *lines,
            "",
        ]
    )


def serve(port: str) -> None:
    """Serves until Ctrl-C, `kill` or the end of the terminal.

    The reloader starts again what sys.argv names, and only under the name of runserver does
    Django wait for the next edit when one has broken the project.
    """
    sys.stdout.flush()
    where = f"{HOST}:{port}"
    sys.argv[1:] = ["runserver", where]
    os.environ["DJANGO_RUNSERVER_HIDE_WARNING"] = "true"
    call_command("runserver", where)
