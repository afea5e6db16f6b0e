"""What people keep for themselves in the archive, and what was taken out of it."""

from hashlib import sha256

from archive.models import ExportJob, ExportLine, Release, SavedSearch, Word
from people.guests import Viewer
from people.models import TermsAcceptance

TOKEN = "a-token-that-somebody-was-given"
VERSION = "2026-01-01T00:00:00Z"


def take_away(viewer: Viewer) -> None:
    """A file that this viewer asked for, one of a guest whose address anybody may hold, and a release."""
    ExportJob.objects.create(person=viewer.person, form="package", query="q=a")
    ExportJob.objects.create(token_hash=sha256(TOKEN.encode()).hexdigest(), form="package")
    Release.objects.create(number=1, data_version=VERSION, counts={"notes": 1}, checked_by=viewer.person)


def keep_of_archive(viewer: Viewer) -> None:
    """A search, a file that could not be made, a line of who took what, a word to suggest, accepted terms."""
    person, asked = viewer.person, {"form": "package", "query": "q=money"}
    SavedSearch.objects.create(person=person, name="Money", query="q=money")
    ExportJob.objects.create(person=person, state=ExportJob.State.FAILED, why="No room.", **asked)
    ExportLine.objects.create(person=person, rows=1, terms=1, **asked)
    Word.objects.create(word="money", number=1)
    TermsAcceptance.objects.create(person=person, version=1, purpose="To read them.", body="A library")
