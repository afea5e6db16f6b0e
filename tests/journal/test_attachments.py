"""Files to take away: taken by what is in them, given out as nothing but a file, gone when withdrawn."""

import zipfile
from collections.abc import Callable
from io import BytesIO

import pytest
from django.test import Client

from coproduce.images import keeping
from events.models import Event
from journal import attachments
from journal.attachments import add_attachment, kind_of, withdraw_attachment
from journal.models import Attachment, Writing
from journal.writing import writing_of
from people.guests import Viewer
from people.refusals import Refused
from tests.texts import names, published, words

pytestmark = pytest.mark.django_db(transaction=True)
MakeEvent = Callable[..., Event]
PDF = b"%PDF-1.7\nnot much of one"
TYPES = "[Content_Types].xml"


def zipped_members(members: list[tuple[str, bytes | str]], packed: int = zipfile.ZIP_DEFLATED) -> bytes:
    file = BytesIO()
    with zipfile.ZipFile(file, "w", packed) as archive:
        for name, content in members:
            archive.writestr(name, content)
    return file.getvalue()


def an_office_file(main: str = "word/document.xml", *more: tuple[str, bytes | str]) -> bytes:
    return zipped_members([(TYPES, "<Types/>"), (main, "<x/>"), *more])


def an_open_document(kind: str, *more: tuple[str, bytes | str]) -> bytes:
    mime = f"application/vnd.oasis.opendocument.{kind}"
    return zipped_members([("mimetype", mime), ("content.xml", "<x/>"), *more])


GOOD = {
    "pdf": PDF,
    "docx": an_office_file(),
    "xlsx": an_office_file("xl/workbook.xml"),
    "pptx": an_office_file("ppt/presentation.xml"),
    "odt": an_open_document("text"),
    "ods": an_open_document("spreadsheet"),
    "odp": an_open_document("presentation"),
}
BOMB = zipped_members([(TYPES, "<Types/>"), ("word/document.xml", b"\0" * 20_000_000)])
BAD = {
    "a web page": b"<!doctype html><script>alert(1)</script>",
    "a picture": b"\x89PNG\r\n\x1a\n",
    "a program": b"MZ\x90\0",
    "a script in front of a PDF": b"<script>%PDF-1.7",
    "a zip of anything": zipped_members([("a.txt", "a")]),
    "an office file without its list": zipped_members([("word/document.xml", "<x/>")]),
    "macros of an office file": an_office_file("word/document.xml", ("word/vbaProject.bin", b"x")),
    "macros by their type": zipped_members(
        [(TYPES, "application/vnd.ms-word.document.macroEnabled.main+xml"), ("word/document.xml", "x")]
    ),
    "macros of an open document": an_open_document("text", ("Basic/Standard/Module1.xml", "x")),
    "a template with another type": zipped_members([("mimetype", "text/html"), ("content.xml", "x")]),
    "a member outside": an_office_file("word/document.xml", ("../../etc/cron.d/x", "x")),
    "a member from the root": an_office_file("word/document.xml", ("/etc/passwd", "x")),
    "a bomb": BOMB,
    "another packing": zipped_members([(TYPES, "x"), ("word/document.xml", "x")], zipfile.ZIP_BZIP2),
    "a torn zip": an_office_file()[:60],
    "a broken stream": an_office_file().replace(b"PK\x03\x04", b"PK\x03\x04", 1)[:-22] + b"\0" * 22,
}


@pytest.fixture
def writing(make_event: MakeEvent, ada: Viewer) -> Writing:
    return writing_of(make_event(), by=ada)


def added(writing: Writing, by: Viewer, content: bytes = PDF, title: str = "The agenda") -> Attachment:
    return add_attachment(writing, BytesIO(content), by=by, title=title, version="May 2026")


@pytest.mark.parametrize("kind", GOOD)
def test_the_kind_is_read_from_the_content(kind: str) -> None:
    assert kind_of(GOOD[kind]) == kind


@pytest.mark.parametrize("case", BAD)
def test_other_files_are_refused_in_a_sentence(case: str) -> None:
    with pytest.raises(Refused) as refused:
        kind_of(BAD[case])
    assert str(refused.value).endswith(".")


def test_damaged_members_are_refused() -> None:
    """Wherever a byte is wrong, the answer is a sentence and not a fault."""
    whole = zipped_members([(TYPES, "<Types/>"), ("word/document.xml", bytes(range(256)) * 20)])
    for at in range(4, len(whole)):
        damaged = whole[:at] + bytes([whole[at] ^ 0xFF]) + whole[at + 1 :]
        try:
            kind_of(damaged)
        except Refused:
            continue


def test_a_bomb_is_refused_while_it_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever the zip says of its sizes."""
    monkeypatch.setattr(attachments, "MOST_UNPACKED", 200_000)
    with pytest.raises(Refused, match="packed in a way"):
        kind_of(
            zipped_members([(TYPES, "<Types/>"), ("word/document.xml", "ab" * 150_000)], zipfile.ZIP_STORED)
        )


def test_too_large_and_empty_files_are_refused(
    writing: Writing, ada: Viewer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(attachments, "MOST_BYTES", 10)
    for content in (b"", PDF):
        with pytest.raises(Refused):
            added(writing, ada, content)
    assert not Attachment.objects.exists()


def test_a_text_has_so_many_files_and_no_more(
    writing: Writing, ada: Viewer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(attachments, "MOST", 1)
    first = added(writing, ada)
    with pytest.raises(Refused, match="1 files at most"):
        added(writing, ada)
    withdraw_attachment(first, "An older one.", by=ada)
    added(writing, ada)


def test_only_those_who_write_put_in_files(writing: Writing, cleo: Viewer, ada: Viewer) -> None:
    with pytest.raises(Refused):
        added(writing, cleo)
    file = added(writing, ada)
    with pytest.raises(Refused):
        withdraw_attachment(file, "Mine.", by=cleo)


def test_a_file_is_given_out_as_a_file_and_nothing_else(
    client: Client, writing: Writing, ada: Viewer
) -> None:
    file = added(writing, ada, title='The "agenda"\r\nSet-Cookie: a=b')
    published(writing.event, words(), names("file", file.identifier), by=ada)
    answer = client.get(file.get_absolute_url())
    assert answer.content == PDF
    assert answer["Content-Disposition"] == 'attachment; filename="the-agenda-set-cookie-ab.pdf"'
    assert answer["Content-Type"] == "application/pdf"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"


def test_before_it_is_published_only_those_who_write_take_it(
    client: Client, writing: Writing, ada: Viewer
) -> None:
    file = added(writing, ada)
    assert client.get(file.get_absolute_url()).status_code == 404
    client.force_login(ada.person)
    answer = client.get(file.get_absolute_url())
    assert answer.status_code == 200
    assert "no-store" in answer["Cache-Control"]


def test_a_withdrawn_file_is_gone_from_disk_and_its_address_says_so(
    client: Client, writing: Writing, ada: Viewer
) -> None:
    file = added(writing, ada)
    published(writing.event, words(), names("file", file.identifier), by=ada)
    folder = file.folder
    withdraw_attachment(file, "It named somebody.", by=ada)
    assert keeping.original_of(folder) is None
    answer = client.get(file.get_absolute_url())
    assert answer.status_code == 410
    assert "taken away" in answer.text
    assert "It is not part of this text any more" in client.get(writing.event.get_absolute_url()).text


def test_a_file_that_no_reader_saw_leaves_no_word(client: Client, writing: Writing, ada: Viewer) -> None:
    file = added(writing, ada, title="A secret")
    withdraw_attachment(file, "Not this one.", by=ada)
    assert client.get(file.get_absolute_url()).status_code == 404
