"""Files, who asked for them and who took what, gone once the time in archive/retention.toml is up."""

from datetime import datetime, timedelta

from archive.models import ExportJob, ExportLine, Release
from archive.take.jobs import DAYS, checked
from archive.take.kept_files import remove, remove_strays
from archive.take.releases import check_releases, list_of

LINE_DAYS = 3 * 365


def forget_files(now: datetime) -> int:
    """Delete what was asked for DAYS or more before `now`, and files out of which something was withdrawn.

    Returns how many jobs went.
    """
    old = ExportJob.objects.filter(asked_at__lte=now - timedelta(days=DAYS))
    files = list(old.values_list("file", flat=True))
    gone, _ = old.delete()
    for name in files:
        remove(name)
    for job in ExportJob.objects.filter(state=ExportJob.State.READY):
        checked(job)
    check_releases()
    ExportLine.objects.filter(at__lte=now - timedelta(days=LINE_DAYS)).delete()
    remove_strays(_known())
    return gone


def _known() -> set[str]:
    """The names of all files that rows know of, and those beside which releases keep their ids."""
    files = ExportJob.objects.values_list("file", flat=True), Release.objects.values_list("file", flat=True)
    return {*files[0], *files[1], *map(list_of, Release.objects.all())}
