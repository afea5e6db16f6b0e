"""Acts on the files to take away: PDF, and those of office programmes, by what is in them."""

import hashlib
import re
import zipfile
import zlib
from io import BytesIO
from typing import IO

from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from coproduce.images.keeping import discard, new_folder, original_in, saved_or_removed
from journal.models import Attachment, Writing
from journal.writing import line, must_write
from people.guests import Viewer
from people.refusals import Refused
from people.trace import leave_trace

MEGABYTE = 1000 * 1000
MOST_BYTES, MOST_UNPACKED, MOST_MEMBERS, MOST_RATIO = 12 * MEGABYTE, 200 * MEGABYTE, 5000, 100
MOST = 50  # of one text
CHUNK = 64 * 1024  # bytes
TOO_LARGE = gettext_lazy(
    "This file has more than 12 megabytes. Save a smaller copy, for example with smaller pictures."
)
EMPTY = gettext_lazy("This file is empty. Choose it again.")
NOT_TAKEN = gettext_lazy(
    "Only PDF and files of office programmes are taken: DOCX, XLSX, PPTX, ODT, ODS, ODP. "
    "Save it as one of these."
)
MACROS = gettext_lazy("This file has macros, which could run on a reader's computer. Save it without them.")
STRANGE = gettext_lazy(
    "This file is packed in a way that could fill a reader's computer. Save it anew, or as PDF."
)
NO_TITLE = gettext_lazy("Give the file a title that says what is in it.")
# What reading a broken zip, or one that asks for a password, ends with.
UNREADABLE = (
    zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, OSError, ValueError, EOFError,
)  # fmt: skip
# Office programmes pack in these ways only; the others are slow to unpack, or a way round the limits.
PACKED = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}
# What each kind is sent as, and the member that a zip of its kind must have.
TYPES = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "odt": "application/vnd.oasis.opendocument.text",
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
    "odp": "application/vnd.oasis.opendocument.presentation",
}
OFFICE = {"docx": "word/document.xml", "xlsx": "xl/workbook.xml", "pptx": "ppt/presentation.xml"}
MACRO = re.compile(r"vbaproject|vbadata|(^|/)basic/|(^|/)scripts/|activex", re.IGNORECASE)


def add_attachment(
    writing: Writing, upload: IO[bytes], *, by: Viewer | None, title: str, version: str = ""
) -> Attachment:
    """Keep a file beside a text, to be named by a block. To be called outside any transaction."""
    must_write(writing, by)
    if not (title := line(title, 200)):
        raise Refused(NO_TITLE)
    if writing.attachments.filter(withdrawn_at=None).count() >= MOST:
        raise Refused(_("A text has %(most)s files at most. Take one away first.") % {"most": MOST})
    data = _received(upload)
    kind = kind_of(data)
    with new_folder() as (folder, incoming):
        original_in(incoming, data)
    name = f"{slugify(title)[:100] or 'file'}.{kind}"
    with saved_or_removed(folder):
        added = writing.attachments.create(
            title=title, version=line(version, 40), file_name=name, kind=kind, folder=folder,
            size=len(data), digest=hashlib.sha256(data).hexdigest(), by=by.person if by else None,
        )  # fmt: skip
        leave_trace("added", added, by=by)
    return added


@transaction.atomic
def withdraw_attachment(attachment: Attachment, why: str, *, by: Viewer | None) -> None:
    """Delete a file; every text that names it says that it is gone, and its address too."""
    must_write(attachment.writing, by)
    held = Attachment.objects.select_for_update().get(pk=attachment.pk)
    if held.withdrawn_at:
        return
    discard(held.folder)
    held.was_shown, held.is_shown = held.is_shown, False
    held.folder, held.withdrawn_at, held.why = "", timezone.now(), line(why)
    held.save(update_fields=["folder", "withdrawn_at", "is_shown", "was_shown", "why"])
    leave_trace("withdrawn", held, by=by, why=held.why)


def kind_of(data: bytes) -> str:
    """What kind of file this is, by what is in it and not by its name. Refuses every other in a sentence."""
    if data.startswith(b"%PDF-"):
        return "pdf"
    if not data.startswith(b"PK\x03\x04"):
        raise Refused(NOT_TAKEN)
    try:
        with zipfile.ZipFile(BytesIO(data)) as packed:
            return _kind_of_zip(packed)
    except UNREADABLE:
        raise Refused(NOT_TAKEN) from None


def _kind_of_zip(packed: zipfile.ZipFile) -> str:
    members = packed.infolist()
    names = [member.filename for member in members]
    if len(names) > MOST_MEMBERS or len(set(names)) != len(names):
        raise Refused(STRANGE)
    if any(member.compress_type not in PACKED for member in members):
        raise Refused(STRANGE)
    if any(name.startswith("/") or ".." in name.split("/") for name in names):
        raise Refused(STRANGE)
    if any(MACRO.search(name) for name in names):
        raise Refused(MACROS)
    _must_unpack(packed, members)
    return _office(packed, set(names)) or _open_document(packed, names)


def _must_unpack(packed: zipfile.ZipFile, members: list[zipfile.ZipInfo]) -> None:
    """Counts while it reads, since what a zip says of its sizes may be a lie."""
    read = 0
    for member in members:
        with packed.open(member) as opened:
            before = read
            while part := opened.read(CHUNK):
                read += len(part)
                if read > MOST_UNPACKED or read - before > MOST_RATIO * (member.compress_size + CHUNK):
                    raise Refused(STRANGE)


def _office(packed: zipfile.ZipFile, names: set[str]) -> str:
    kind = next((kind for kind, main in OFFICE.items() if main in names), "")
    if not kind or "[Content_Types].xml" not in names:
        return ""
    with packed.open("[Content_Types].xml") as types:
        if b"macroEnabled" in types.read(MEGABYTE):
            raise Refused(MACROS)
    return kind


def _open_document(packed: zipfile.ZipFile, names: list[str]) -> str:
    told = packed.read("mimetype")[:100].decode("ascii", "replace").strip() if "mimetype" in names else ""
    kind = next((kind for kind, mime in TYPES.items() if mime == told and kind.startswith("od")), "")
    if not kind or "content.xml" not in names:
        raise Refused(NOT_TAKEN)
    return kind


def _received(upload: IO[bytes]) -> bytes:
    data = upload.read(MOST_BYTES + 1)
    if not data or len(data) > MOST_BYTES:
        raise Refused(TOO_LARGE if data else EMPTY)
    return data
