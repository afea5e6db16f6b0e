"""A file as an answer: whole before its first byte is sent, so that one that was cut off is noticed."""

import base64
import hashlib
from collections.abc import Generator, Iterator
from io import BytesIO
from tempfile import TemporaryFile
from typing import IO

from django.http import Http404, HttpRequest, HttpResponseBase, HttpResponseNotModified, StreamingHttpResponse
from django.utils.cache import patch_cache_control
from django.utils.http import parse_etags

from archive.search.limits import bounded
from archive.take.forms import Form
from archive.take.jobs import must_fit
from archive.take.kept_files import PIECE, pieces_of, size_of
from archive.take.rows import Taking
from archive.take.snapshot import one_snapshot

LONGEST = 20_000  # milliseconds that the database may take for a file somebody waits for
IN_MEMORY = 4 * 1024 * 1024  # bytes of a file that are held before it goes to disk


class Held:
    """A file that is being made: in memory while it is small, then on disk; gone once it was read."""

    def __init__(self) -> None:
        self._file: IO[bytes] = BytesIO()
        self.size = 0

    def add(self, piece: bytes) -> None:
        if self.size <= IN_MEMORY < self.size + len(piece):
            self._move_to_disk()
        self.size += self._file.write(piece)

    def _move_to_disk(self) -> None:
        small, self._file = self._file, TemporaryFile()  # noqa: SIM115  `close` closes it
        self._file.write(small.getvalue())

    def __iter__(self) -> Iterator[bytes]:
        self._file.seek(0)
        while piece := self._file.read(PIECE):
            yield piece
        self.close()

    def close(self) -> None:
        self._file.close()


def made_now(form: Form, taking: Taking) -> tuple[Held, dict[str, str], int]:
    """The file, what its headers say, and how many rows it holds."""
    file, digest = Held(), hashlib.sha256()
    # The snapshot is the outer one: what takes too long is stopped within it.
    with one_snapshot() as moment, bounded(LONGEST):
        rows = must_fit(form.name, taking)
        for piece in form.write(taking):
            file.add(piece)
            digest.update(piece)
    return file, _headers(digest.digest(), file.size, moment.data_version, rows), rows


def _headers(sha256: bytes, size: int, data_version: str, rows: int | None) -> dict[str, str]:
    headers = {
        "Content-Length": str(size),
        "X-Data-Version": data_version,
        "Repr-Digest": f"sha-256=:{base64.b64encode(sha256).decode()}:",
        "ETag": f'"{sha256.hex()[:32]}"',
        "X-Robots-Tag": "noindex",
    }
    return headers if rows is None else headers | {"X-Rows": str(rows)}


def answered(
    request: HttpRequest,
    pieces: Held | Generator[bytes],
    form: Form,
    headers: dict[str, str],
    *,
    private: bool,
) -> HttpResponseBase:
    """`pieces` as an attachment; its name says of which moment it is."""
    etag = headers["ETag"]
    if not private and etag in parse_etags(request.headers.get("If-None-Match", "")):
        pieces.close()
        return _guarded(HttpResponseNotModified(headers={"ETag": etag}), private=private)
    stamp = headers["X-Data-Version"][:19].replace(":", "").replace("-", "")
    name = f"notes-{stamp}Z{'-restricted' if private else ''}{form.suffix}"
    headers |= {"Content-Disposition": f'attachment; filename="{name}"'}
    answer = StreamingHttpResponse(pieces, content_type=form.media_type, headers=headers)
    return _guarded(answer, private=private)


def _guarded(answer: HttpResponseBase, *, private: bool) -> HttpResponseBase:
    """What is restricted is kept by nobody on the way; of the rest, copies are asked for again each time."""
    patch_cache_control(answer, **({"private": True, "no_store": True} if private else {"no_cache": True}))
    return answer


def kept_file(
    request: HttpRequest, name: str, form: Form, sha256: str, data_version: str, *, private: bool = True
) -> HttpResponseBase:
    """A file that was made before; only a release is not private. Raises Http404 where it is not kept."""
    try:
        size = size_of(name)
    except FileNotFoundError:
        raise Http404("This file is not here any more.") from None
    headers = _headers(bytes.fromhex(sha256), size, data_version, None)
    return answered(request, pieces_of(name), form, headers, private=private)
