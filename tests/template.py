"""One database with every table in it, from which each process of the tests copies its own."""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager

from django.core.management import call_command
from django.db import connection

from tools.serving import ROOT

LOCK = 20_261_123  # of PostgreSQL: one process makes the database while the others wait


def template() -> str:
    """The name of the database, made first where it is not there; it is named by what makes it."""
    stem = f"{connection.settings_dict['TEST']['NAME'].partition('_gw')[0]}_template_"
    name = f"{stem}{digest()}"
    with connection.creation._nodb_cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [LOCK])
        cursor.execute("SELECT datname FROM pg_database WHERE starts_with(datname, %s)", [stem])
        found = {row[0] for row in cursor.fetchall()}
        if name not in found:
            for old in found:
                cursor.execute(f'DROP DATABASE "{old}"')
            making = f"{stem}making"
            cursor.execute(f'CREATE DATABASE "{making}"')
            migrate(making)
            cursor.execute(f'ALTER DATABASE "{making}" RENAME TO "{name}"')
            # A copy can be made only while nobody looks in.
            cursor.execute(f'ALTER DATABASE "{name}" ALLOW_CONNECTIONS false')
    return name


def digest() -> str:
    """Of all that says which tables there are: the project's migrations, and its packages with theirs."""
    files = [*sorted(ROOT.glob("*/migrations/*.py")), ROOT / "requirements-dev.txt"]
    return hashlib.sha256(b"\0".join(file.read_bytes() for file in files)).hexdigest()[:16]


def migrate(name: str) -> None:
    with connected_to(name):
        call_command("migrate", verbosity=0, interactive=False)


@contextmanager
def connected_to(name: str) -> Iterator[None]:
    """The database `name` instead of the project's own."""
    usual = connection.settings_dict["NAME"]
    connection.close()
    connection.settings_dict["NAME"] = name
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict["NAME"] = usual
