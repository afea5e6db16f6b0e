"""Files, who asked for them and who took what, gone once the time in archive/retention.toml is up."""

from datetime import datetime, timedelta

from django.db.models import QuerySet

from archive.models import ExportJob, ExportLine, Release
from archive.take.jobs import DAYS, checked
from archive.take.kept_files import remove, remove_strays
from archive.take.releases import check_releases, list_of

LINE_DAYS = 3 * 365


def forget_files(now: datetime) -> int:
    """Delete what was asked for DAYS or more before `now`, and files out of which something was withdrawn.

    Returns how many jobs went.
    """
    gone = _delete(ExportJob.objects.filter(asked_at__lte=now - timedelta(days=DAYS)))
    for job in ExportJob.objects.filter(state=ExportJob.State.READY):
        checked(job)
    check_releases()
    ExportLine.objects.filter(at__lte=now - timedelta(days=LINE_DAYS)).delete()
    remove_strays(_known())
    return gone


def end_files() -> int:
    """Delete every file that was asked for, with the address under which it waits; how many."""
    return _delete(ExportJob.objects.all())


def _delete(jobs: QuerySet[ExportJob]) -> int:
    files = list(jobs.values_list("file", flat=True))
    gone, _ = jobs.delete()
    for name in files:
        remove(name)
    return gone


def _known() -> set[str]:
    """The names of all files that rows know of, and those beside which releases keep their ids."""
    files = ExportJob.objects.values_list("file", flat=True), Release.objects.values_list("file", flat=True)
    return {*files[0], *files[1], *map(list_of, Release.objects.all())}
