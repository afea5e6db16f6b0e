"""Writes the public site as files, page by page, as somebody would see it who follows every link."""

import hashlib
import json
import shutil
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import timezone

from archive.take.snapshot import one_snapshot
from archive.whole.pages import ONLY_THERE, internal, led_to, parsed, settled, styles_lead_to
from archive.whole.visits import Answer, Visitor

# What answers whoever asks it something, or is each visitor's own; none of it is a page to keep.
NOT_COPIED = (
    "/account/", "/api/", "/ask/", "/desk/", "/export/", "/follow/", "/healthz", "/iiif/viewer/", "/j/",
    "/live/", "/log/", "/mail/", "/my-", "/news/", "/oai", "/receipt/", "/report/", "/research/",
    "/search/", "/studies/", "/theme/", "/work/",
)  # fmt: skip
LONGEST_NAME = 200  # bytes of a part of an address, as a file system takes them
FILE = "copy.json"


class NotACopy(Exception):
    """A folder that cannot be written to: its text says what to do."""


@dataclass(slots=True)
class Copy:
    """A copy being made in `folder`: what stands where, and what led nowhere."""

    folder: Path
    visitor: Visitor = field(default_factory=Visitor)
    # Where each address stands in the copy; empty for what is not in it.
    places: dict[str, str] = field(default_factory=dict)
    pages: list[str] = field(default_factory=list)
    broken: dict[str, str] = field(default_factory=dict)

    def place(self, address: str) -> str:
        """Where `address` stands in the copy, or the page that says it is not there."""
        return self.places.get(address) or ONLY_THERE


def copy_site(folder: Path, begin: Iterable[str] = ("/",)) -> Copy:
    """The whole public site as it is at one moment, into `folder`.

       That has to be empty, or an older copy, which this replaces; raises NotACopy where it is neither.
    `begin` are the addresses from which every link is followed.
    """
    part = folder.with_name(folder.name + ".part")
    if folder.exists() and any(folder.iterdir()) and not (folder / FILE).exists():
        raise NotACopy(f"{folder} holds something else. Name a folder that is empty or not there yet.")
    if part.exists():
        raise NotACopy(f"{part} is there already: another copy is being made, or was broken off. Remove it.")
    part.mkdir(parents=True)
    copy = Copy(part)
    with one_snapshot() as moment:
        _follow(copy, begin)
    _say_what_is_not_here(copy)
    for address in copy.pages:
        _settle(copy, address)
    _sum_up(copy, moment.data_version)
    _put_in_place(part, folder)
    return copy


def _follow(copy: Copy, begin: Iterable[str]) -> None:
    """Asks for every address once; pages are written as they came, to be settled when all are known."""
    waiting, seen = deque(begin), set(begin)
    while waiting:
        address = waiting.popleft()
        for next_one in _visit(copy, address):
            if next_one not in seen:
                seen.add(next_one)
                waiting.append(next_one)


def _visit(copy: Copy, address: str) -> Iterator[str]:
    if address.startswith(NOT_COPIED) or address == ONLY_THERE or not _can_be_a_file(address):
        return
    answer = copy.visitor.get(address)
    if answer.status in (301, 302, 308) and (there := internal(answer.location, address)):
        answer.read()
        yield from _moved(copy, address, there)
    elif answer.status == 200:
        yield from _keep(copy, address, answer)
    else:
        answer.read()
        if answer.status >= 400 and answer.status not in (401, 403):
            copy.broken[address] = str(answer.status)


def _moved(copy: Copy, address: str, there: str) -> Iterator[str]:
    """An address that leads to another one stands where that stands."""
    if not there.startswith(NOT_COPIED):
        copy.places[address] = _place_of(there, "text/html")
        yield there


def _keep(copy: Copy, address: str, answer: Answer) -> Iterator[str]:
    copy.places[address] = _place_of(address, answer.kind)
    file = _file_of(copy, address)
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("wb") as written:
        written.writelines(answer.body)
    if answer.kind == "text/html":
        copy.pages.append(address)
        yield from led_to(parsed(file.read_bytes()), address)
    elif answer.kind == "text/css":
        yield from styles_lead_to(file.read_text(), address)


def _place_of(address: str, kind: str) -> str:
    """The address under which a plain file server has it: pages as folders, files by their name."""
    path, _, page = address.partition("?")
    if kind == "text/html":
        path = path if path.endswith("/") else f"{path}/"
        return f"{path}pages/{page.removeprefix('page=')}/" if page else path
    return f"{path}index.{SUFFIXES.get(kind, 'bin')}" if path.endswith("/") else path


SUFFIXES = {
    "application/atom+xml": "xml",
    "application/json": "json",
    "text/calendar": "ics",
    "text/plain": "txt",
}


def _file_of(copy: Copy, address: str) -> Path:
    place = unquote(urlsplit(copy.places[address]).path)
    return copy.folder / PurePosixPath(place.lstrip("/")) / ("index.html" if place.endswith("/") else "")


def _can_be_a_file(address: str) -> bool:
    parts = unquote(urlsplit(address).path).split("/")
    return not any(
        part in ("..", ".") or "\x00" in part or len(part.encode()) > LONGEST_NAME for part in parts
    )


def _settle(copy: Copy, address: str) -> None:
    file = _file_of(copy, address)
    file.write_bytes(settled(parsed(file.read_bytes()), address, copy.place))


def _say_what_is_not_here(copy: Copy) -> None:
    """The page for every link that needs the site itself, in the look of the others."""
    copy.places[ONLY_THERE] = ONLY_THERE
    copy.pages.append(ONLY_THERE)
    file = _file_of(copy, ONLY_THERE)
    file.parent.mkdir(parents=True)
    file.write_text(
        render_to_string("archive/only_there.html", {"site": settings.SITE_URL, "today": timezone.now()})
    )


def _sum_up(copy: Copy, version: str) -> None:
    """What the copy is of, and the checksum of each file in it."""
    files = sorted(path for path in copy.folder.rglob("*") if path.is_file())
    sums = {str(path.relative_to(copy.folder)): _sha256(path) for path in files}
    told = {"site": settings.SITE_URL, "data_version": version, "pages": len(copy.pages), "sha256": sums}
    (copy.folder / FILE).write_text(json.dumps(told, indent=1))


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _put_in_place(part: Path, folder: Path) -> None:
    """The new copy where the old one stood; whoever reads the folder meets one or the other."""
    if not folder.exists():
        part.rename(folder)
        return
    old = folder.with_name(folder.name + ".old")
    folder.rename(old)
    part.rename(folder)
    shutil.rmtree(old)
