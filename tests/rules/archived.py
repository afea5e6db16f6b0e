"""What people keep for themselves in the archive, and what was taken out of it."""

from django.utils import timezone

from archive.models import ExportJob, ExportLine, Release, SavedSearch, Word
from people.guests import Viewer
from people.models import TermsAcceptance


def keep_of_archive(viewer: Viewer) -> None:
    """A search, a file that waits, one that failed, one for a guest, a line of who took what, a release."""
    person = viewer.person
    SavedSearch.objects.create(person=person, name="Money", query="q=money")
    for state in (ExportJob.State.FAILED, ExportJob.State.WAITING):
        ExportJob.objects.create(person=person, form="package", query="q=money", state=state, why="No room.")
    hashed = {"token_hash": "0" * 64, "query": "q=money"}
    ExportJob.objects.create(form="package", asked_at=timezone.now(), **hashed)
    ExportLine.objects.create(person=person, form="package", query="q=money", rows=1, terms=1)
    Release.objects.create(number=2, data_version="2026-01-01T00:00:00Z", checked_by=person)
    Word.objects.create(word="money", number=1)
    TermsAcceptance.objects.create(person=person, version=1, purpose="To read them.", body="A library")
