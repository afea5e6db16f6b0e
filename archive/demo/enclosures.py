"""A film beside a record of the demo, and a picture and a file in one of its posts; all are invented."""

import zipfile
from html import escape
from io import BytesIO
from random import Random

from archive.demo.accounts import email_of
from archive.demo.drawn_note import DrawnNote, draw_note
from archive.demo.texts import change
from events.models import Event
from journal.attachments import add_attachment
from journal.films import add_film
from journal.illustrations import add_illustration
from journal.models import Attachment, Illustration, Post, Writing
from journal.writing import writing_of
from people.guests import Viewer
from people.models import Person, Role
from responses.models import Mark

EVENT, POST = "shaping-the-coalition", "what-a-sticky-note-is"
# There is nothing at this address, and the words beside the film say so.
FILM = "https://archive.org/details/coproduce-demonstration-no-such-film"
FILM_TITLE = "Four tables draw"
INSTEAD = (
    "There is no such film: this one is invented, to show how films stand in a record. "
    "It would show four tables with large sheets. At each, somebody draws while the others talk, and "
    "in the end the sheets are held up. Nobody speaks into the camera."
)
EDGE = 600  # pixels of the picture
ALT = "A yellow sticky note without a word on it. Somebody drew one heart."
CAPTION = "An answer without words, drawn for the demonstration."
FILE_TITLE = "The four marks on one page (invented)"
MARKS = (
    "The four marks",
    "A tick: I agree.",
    "A heart: this matters to me.",
    "A speech bubble: I would put it differently.",
    "A square: I disagree, or I see a problem.",
    "No words are needed. A mark alone is an answer.",
)
MIME = "application/vnd.oasis.opendocument.text"
NAMESPACE = "urn:oasis:names:tc:opendocument:xmlns"
MANIFEST = (
    f'<manifest:manifest xmlns:manifest="{NAMESPACE}:manifest:1.0" manifest:version="1.3">'
    f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{MIME}"/>'
    '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/>'
    "</manifest:manifest>"
)


def enclose_film(*, by: Viewer) -> None:
    event = Event.objects.get(slug=EVENT)
    film = add_film(
        writing_of(event, by=by), FILM, by=by, title=FILM_TITLE, length="4 minutes", alternative=INSTEAD
    )
    block = {"id": "demo5", "kind": "film", "film": film.identifier}
    change(event, [block], by=by, why="The film is added.")


def enclose_files() -> None:
    """A picture and a file, unless readers have them or had them. Outside any transaction, as files are kept.

    Begun again at any point, it ends the same.
    """
    post = Post.objects.get(slug=POST)
    by = Viewer(person=Person.objects.get(email=email_of(Role.Kind.ORGANISER)))
    writing = writing_of(post, by=by)
    picture = Illustration.objects.filter(writing=writing).first() or _add_picture(writing, by=by)
    file = Attachment.objects.filter(writing=writing).first() or _add_file(writing, by=by)
    if file.is_shown or file.withdrawn_at:
        return
    blocks = [
        {"id": "demo6", "kind": "illustration", "illustration": picture.identifier},
        {"id": "demo7", "kind": "file", "attachment": file.identifier},
    ]
    change(post, blocks, by=by, why="A picture and a page to print are added.")


def _add_picture(writing: Writing, *, by: Viewer) -> Illustration:
    drawn = BytesIO()
    luck = Random(EDGE)  # noqa: S311 (for how a drawing looks)
    draw_note(DrawnNote(mark=Mark.HEART), EDGE, luck).save(drawn, "PNG")
    drawn.seek(0)
    said = {"alt": ALT, "caption": CAPTION, "basis": Illustration.Basis.NOBODY}
    return add_illustration(writing, drawn, by=by, **said)


def _add_file(writing: Writing, *, by: Viewer) -> Attachment:
    return add_attachment(writing, _document(MARKS), by=by, title=FILE_TITLE, version="1")


def _document(lines: tuple[str, ...]) -> BytesIO:
    """A text document (ODT) with these lines as its paragraphs."""
    file = BytesIO()
    with zipfile.ZipFile(file, "w") as packed:
        # The kind comes first and is not packed, so that programmes find it.
        packed.writestr("mimetype", MIME)
        packed.writestr("META-INF/manifest.xml", MANIFEST)
        packed.writestr("content.xml", _content(lines))
    file.seek(0)
    return file


def _content(lines: tuple[str, ...]) -> str:
    paragraphs = "".join(f"<text:p>{escape(line)}</text:p>" for line in lines)
    return (
        '<?xml version="1.0" encoding="UTF-8"?>'
        f'<office:document-content xmlns:office="{NAMESPACE}:office:1.0" '
        f'xmlns:text="{NAMESPACE}:text:1.0" office:version="1.3">'
        f"<office:body><office:text>{paragraphs}</office:text></office:body></office:document-content>"
    )
