"""What was put on record so far, by the id that the package calls it; and cells read as what they are."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from itertools import batched
from urllib.parse import urlsplit

from django.db.models import Model

from archive.whole.package import Package
from people.refusals import Refused

CHUNK = 1000  # rows put on record at a time

Row = dict[str, str]


class Known:
    """Primary keys by table and id."""

    def __init__(self) -> None:
        self.keys: dict[str, dict[str, int]] = defaultdict(dict)

    def key(self, table: str, identifier: str) -> int | None:
        """The primary key; None for an empty cell. Refuses an id that is in no row of that table."""
        if not identifier:
            return None
        try:
            return self.keys[table][identifier]
        except KeyError as error:
            raise Refused(f"The package names {identifier} of {table}, which it does not have.") from error

    def add_all[M: Model](
        self, table: str, package: Package, make: Callable[[Row], M], name: str = "identifier"
    ) -> None:
        """Puts each row of `table` on record as `make` makes it, and remembers it by its column `name`."""
        for batch in batched(package.rows(table), CHUNK):
            made = [make(row) for row in batch]
            put(type(made[0]), made)
            self.keys[table] |= {row[name]: one.pk for row, one in zip(batch, made, strict=True)}


def put[M: Model](model: type[M], made: Iterable[M]) -> None:
    """Puts rows on record that nothing else names."""
    for batch in batched(made, CHUNK):
        model._base_manager.bulk_create(batch)


def when(cell: str) -> datetime | None:
    return datetime.fromisoformat(cell).astimezone(UTC) if cell else None


def number(cell: str) -> int | None:
    return int(cell) if cell else None


def truth(cell: str) -> bool:
    return cell == "true"


def last_part(permalink: str) -> str:
    """The last part of an address: the slug of what is named within something else."""
    return urlsplit(permalink).path.strip("/").rpartition("/")[2]


def kept(row: Row, *names: str) -> Row:
    """The cells that are kept under their own names."""
    return {name: row[name] for name in names}
