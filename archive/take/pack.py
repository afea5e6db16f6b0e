"""A zip written while it is sent, which knows the size and checksum of each file in it."""

import hashlib
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from archive.take.outlet import Outlet

# The same content gives the same bytes, whenever it is made.
EPOCH = (1980, 1, 1, 0, 0, 0)
LEVEL = 6


@dataclass(frozen=True, slots=True)
class Packed:
    """A file in it: SHA-256 of its bytes, how many, and its rows if it is a table."""

    name: str
    sha256: str
    size: int
    rows: int | None = None


@dataclass
class Pack:
    """Files go in one after the other, under `root` and `folder`; `done` are those that are in."""

    root: str
    folder: str = ""
    done: list[Packed] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._outlet = Outlet()
        self._zip = zipfile.ZipFile(self._outlet, "w", zipfile.ZIP_DEFLATED, compresslevel=LEVEL)

    def add(self, name: str, pieces: Iterable[bytes], *, rows: list[int] | None = None) -> Iterator[bytes]:
        """What of the zip is ready after each piece; `rows` has, once all are in, how many it holds."""
        digest, size = hashlib.sha256(), 0
        # A size that is not known beforehand may pass 4 GB.
        with self._zip.open(self._info(name), "w", force_zip64=True) as entry:
            for piece in pieces:
                digest.update(piece)
                size += len(piece)
                entry.write(piece)
                yield self._outlet.drained()
        self.done.append(Packed(name, digest.hexdigest(), size, sum(rows) if rows is not None else None))
        yield self._outlet.drained()

    def add_text(self, name: str, text: str) -> Iterator[bytes]:
        return self.add(name, [text.encode()])

    def end(self) -> Iterator[bytes]:
        self._zip.close()
        yield self._outlet.drained()

    def _info(self, name: str) -> zipfile.ZipInfo:
        info = zipfile.ZipInfo(f"{self.root}{self.folder}{name}", EPOCH)
        info.compress_type, info.external_attr = zipfile.ZIP_DEFLATED, 0o644 << 16
        return info
