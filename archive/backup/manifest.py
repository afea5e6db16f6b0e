"""The file by which a backup is known to be whole, and what it says."""

import json
import re
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath

from archive.backup import files, programs
from archive.backup.files import Files
from archive.backup.tables import Tables
from archive.backup.trouble import BackupTrouble

NAME, DUMP, MEDIA, LIST = "manifest.json", "database.dump", "media", "tombstones.jsonl"
FORMAT = 1
# A backup is called after the moment it shows; one being written ends otherwise.
MOMENT, PARTIAL = "%Y-%m-%dT%H%M%SZ", ".partial"
CALLED = re.compile(r"\d{4}-\d{2}-\d{2}T\d{6}Z")


@dataclass(frozen=True)
class Manifest:
    """What a backup holds. `made` is the moment it shows, `seconds` how long it took to write."""

    made: str
    seconds: float
    versions: dict[str, str]
    dump: dict[str, int | str]
    tables: Tables
    media: Files
    format: int = FORMAT

    @property
    def moment(self) -> datetime:
        return datetime.fromisoformat(self.made)

    @property
    def rows(self) -> int:
        return sum(table["rows"] for table in self.tables.values())

    def write(self, backup: Path) -> None:
        (backup / NAME).write_text(json.dumps(asdict(self), indent=1))


def called(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime(MOMENT)


def backups_in(folder: Path) -> list[Path]:
    """The finished backups of a folder, the oldest first."""
    here = folder.iterdir() if folder.is_dir() else ()
    return sorted(path for path in here if CALLED.fullmatch(path.name) and (path / NAME).is_file())


def manifest_of(backup: Path) -> Manifest:
    """What a backup says of itself. Raises BackupTrouble for what is none, or of another time."""
    try:
        said = json.loads((backup / NAME).read_text())
        manifest = Manifest(**said)
        must_stay_inside(manifest.media)
    except (OSError, ValueError, TypeError) as error:
        raise BackupTrouble(f"{backup} is no backup: it has no {NAME} that can be read.") from error
    if manifest.format != FORMAT:
        raise BackupTrouble(f"{backup} was made by another version of this site. Restore it with that one.")
    return manifest


def must_stay_inside(names: Iterable[str]) -> None:
    """Raises ValueError for a name that leads out of the folder it is to be put into."""
    for name in map(PurePosixPath, names):
        if name.is_absolute() or ".." in name.parts or not name.parts:
            raise ValueError(f"{name} leads out of the folder.")


def checked(backup: Path) -> Manifest:
    """The manifest of a backup of which every byte is there. Raises BackupTrouble with all that is wrong."""
    manifest = manifest_of(backup)
    troubles = files.check({DUMP: manifest.dump}, backup) + files.check(manifest.media, backup / MEDIA)
    if troubles:
        more = f" And {len(troubles) - 5} more." if len(troubles) > 5 else ""
        raise BackupTrouble(
            f"{backup} is damaged, so nothing was done with it. {' '.join(troubles[:5])}{more} "
            "Take an earlier backup."
        )
    programs.run("pg_restore", "--list", str(backup / DUMP))
    return manifest
