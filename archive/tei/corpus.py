"""The notes that were asked for as one TEI corpus: a part for each event, written one after the other."""

from collections.abc import Iterator
from xml.etree.ElementTree import tostring

from django.db.models import QuerySet

from archive.editions import edition_of_notes
from archive.take.moment import about
from archive.take.rows import Taking
from archive.tei.document import DECLARATION, SPACE, part_of_corpus
from archive.tei.header import header_of_corpus
from events.models import Event

SOURCE = "Notes that people left at events on record, by event. Version of the data: {}. {}"
NOTHING = (
    "<TEI><teiHeader><fileDesc><titleStmt><title>No note</title></titleStmt><publicationStmt><p>Nothing was"
    " found.</p></publicationStmt><sourceDesc><p>None.</p></sourceDesc></fileDesc></teiHeader><text><body>"
    "<p>No note has what was asked for.</p></body></text></TEI>\n"
)


def write_corpus(taking: Taking) -> Iterator[bytes]:
    """With one event in memory at a time."""
    told = about(taking)
    source = SOURCE.format(told.data_version, told.rights)
    header = header_of_corpus(told.work.title, told.work.url, source)
    yield DECLARATION + f'<teiCorpus xmlns="{SPACE}" xml:lang="en">\n'.encode()
    yield tostring(header, encoding="unicode").encode() + b"\n"
    events, done = list(_events(taking).values_list("pk", flat=True)), 0
    for pk in events:
        event = Event.objects.with_parts().get(pk=pk)
        notes = taking.notes.filter(board__event=event)
        edition = edition_of_notes(event, notes, sees_all=taking.restricted)
        yield part_of_corpus(edition).encode()
        done += len(edition.entries)
        taking.tell(done)
    yield ("" if events else NOTHING).encode() + b"</teiCorpus>\n"


def _events(taking: Taking) -> QuerySet[Event]:
    found = Event.objects.filter(pk__in=taking.notes.order_by().values("board__event"))
    return found.order_by("first_day", "pk")
