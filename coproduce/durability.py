"""What people entrust to the site is on disk before they are told so: PostgreSQL must promise it."""

from collections.abc import Sequence

from django.core.checks import CheckMessage, Error, Tags, register
from django.core.exceptions import ImproperlyConfigured
from django.db import connections

# Each setting with the values under which a committed transaction survives a power cut.
SAFE = {"fsync": ("on",), "synchronous_commit": ("on", "remote_apply")}


def weaknesses(alias: str = "default") -> list[str]:
    """One sentence for each setting of the database under which a commit could be lost."""
    return [
        f"PostgreSQL runs with {name} = {value}, so what people write could be lost in a power cut. "
        f"Set {name} = on for the server, the database and the role that DATABASE_URL names."
        for name, value in current(alias).items()
        if value not in SAFE[name]
    ]


def current(alias: str) -> dict[str, str]:
    with connections[alias].cursor() as cursor:
        cursor.execute("SELECT name, setting FROM pg_settings WHERE name = ANY(%s)", [list(SAFE)])
        return dict(cursor.fetchall())


def insist_on_durability() -> None:
    """Refuses to start on a database that may forget; raises ImproperlyConfigured."""
    if found := weaknesses():
        raise ImproperlyConfigured(" ".join(found))


@register(Tags.database)
def check_durability(databases: Sequence[str] | None = None, **_: object) -> list[CheckMessage]:
    """The same, for `check --database default` and before every `migrate`."""
    return [
        Error(sentence, id="coproduce.E001") for alias in databases or () for sentence in weaknesses(alias)
    ]
