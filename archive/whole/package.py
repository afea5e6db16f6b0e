"""Reads a package of the archive back, and looks first whether all of it came."""

import csv
import hashlib
import io
import json
import zipfile
from collections.abc import Iterator
from pathlib import Path

from people.refusals import Refused

DESCRIPTOR = "datapackage.json"
PIECE = 1 << 20  # bytes read at a time
LONGEST_DESCRIPTOR = 10_000_000  # bytes; a small zip can hold one that fills the memory
LONGEST_CELL = 10_000_000  # characters; a text of a record stands in one cell


class Package:
    """A zip with a `datapackage.json` of this site: a package, a bag or a release.

    Refuses what is none, and a table whose bytes are not those that the package says.
    """

    def __init__(self, file: Path) -> None:
        try:
            self.zip = zipfile.ZipFile(file)
        except (OSError, zipfile.BadZipFile) as error:
            raise Refused(f"{file} is no zip file that can be read.") from error
        found = [name for name in self.zip.namelist() if name.rpartition("/")[2] == DESCRIPTOR]
        if len(found) != 1:
            raise Refused(f"{file} holds no {DESCRIPTOR}, so it is no package of an archive.")
        self.root = found[0].removesuffix(DESCRIPTOR)
        try:
            self.tables = _tables(self.zip, found[0])
        except (ValueError, TypeError, KeyError, RecursionError, zipfile.BadZipFile) as error:
            raise Refused(
                f"The {DESCRIPTOR} in {file} cannot be read: it is not as this site writes it."
            ) from error
        csv.field_size_limit(LONGEST_CELL)

    def check(self) -> None:
        """Refuses a package of which anything is missing, cut off or changed."""
        for name, table in self.tables.items():
            digest = hashlib.sha256()
            with self._open(name) as file:
                while piece := file.read(PIECE):
                    digest.update(piece)
            if f"sha256:{digest.hexdigest()}" != table["hash"]:
                raise Refused(f"{table['path']} is not as the package says: it was cut off or changed.")

    def rows(self, name: str) -> Iterator[dict[str, str]]:
        """The rows of a table, in its order; none where the package has no such table."""
        if name not in self.tables:
            return
        with self._open(name) as file:
            yield from csv.DictReader(io.TextIOWrapper(file, "utf-8", newline=""))

    def _open(self, name: str) -> zipfile.ZipExtFile:
        try:
            return self.zip.open(self.root + self.tables[name]["path"])
        except KeyError as error:
            raise Refused(f"The package says that it has {self.tables[name]['path']}; it has not.") from error


def _tables(file: zipfile.ZipFile, name: str) -> dict[str, dict[str, str]]:
    """What the package says of each of its tables, by name."""
    if file.getinfo(name).file_size > LONGEST_DESCRIPTOR:
        raise ValueError
    return {
        one["name"]: {"path": str(one["path"]), "hash": str(one["hash"])}
        for one in json.loads(file.read(name))["resources"]
    }
