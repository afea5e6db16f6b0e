"""Releases: dated, numbered snapshots of everything public, looked through by a human before they go out."""

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy

from archive.models import ExportJob, Release
from archive.search.query import Query
from archive.take.forms import RELEASE
from archive.take.in_sight import left_since
from archive.take.jobs import STATE, Asked, ask_for_file, checked
from archive.take.kept_files import beside, keep_beside, remove
from archive.take.looking_through import counts_in, missing_from
from people.guests import Viewer
from people.refusals import Refused
from people.trace import leave_trace

NOT_READY = gettext_lazy("It is not ready yet. Load the page again in a while.")
ONLY_STEWARDS = gettext_lazy("Only a steward makes releases.")


def prepare_release(*, by: Viewer | None) -> ExportJob:
    """Have a snapshot of everything public made, with a list of what a human has to look at."""
    if by is None:
        return ExportJob.objects.create(form=RELEASE.name)
    _must_be_steward(by)
    asked: Asked = ask_for_file(RELEASE.name, Query(), by=by)
    return asked.job


def publish_release(job: ExportJob, *, by: Viewer | None) -> Release:
    """Let a prepared snapshot out under the next number. Refuses one that is not what may be seen now."""
    _must_be_steward(by)
    if checked(job).state != STATE.READY:
        raise Refused(job.why or NOT_READY)
    return _publish(job, by=by)


@transaction.atomic
def _publish(job: ExportJob, *, by: Viewer | None) -> Release:
    job = (
        ExportJob.objects.select_for_update().filter(pk=job.pk, state=STATE.READY, form=RELEASE.name).first()
    )
    if job is None:
        raise Refused(NOT_READY)
    release = Release.objects.create(
        number=_next_number(),
        made_at=job.made_at,
        since=job.since,
        data_version=job.data_version,
        counts=counts_in(beside(job.file)),
        removed=_removed_since_last(job.file),
        file=job.file,
        size=job.size,
        sha256=job.sha256,
        checked_by=by.person if by else None,
    )
    leave_trace("released", release, by=by)
    job.delete()
    # Copied before the commit: without a release it is taken away as a stray.
    with beside(job.file).open("rb") as list_:
        keep_beside(list_of(release), list_)
    return release


def _must_be_steward(by: Viewer | None) -> None:
    if by is not None and not by.is_steward:
        raise Refused(ONLY_STEWARDS)


def _next_number() -> int:
    # Locks what is there, so that two releases at once take two numbers.
    list(Release.objects.select_for_update().values_list("pk"))
    return (Release.objects.aggregate(last=Max("number"))["last"] or 0) + 1


def _removed_since_last(name: str) -> dict[str, int]:
    last = Release.objects.newest_first().first()
    before = beside(list_of(last)) if last else None
    return missing_from(beside(name), before) if before and before.exists() else {}


def list_of(release: Release) -> str:
    """The name beside which the ids of a release lie: they stay when its file goes, for the next one."""
    return f"release-{release.number}"


def check_releases() -> None:
    """Take away the files of releases out of which something left sight."""
    for release in Release.objects.exclude(file=""):
        checked_release(release)


def checked_release(release: Release) -> Release:
    """The release as it stands now: its file goes as soon as anything in it left sight; its page stays."""
    if release.file and left_since(release.since, release.made_at, form=RELEASE.name, restricted=False):
        Release.objects.filter(pk=release.pk).update(file="", size=0, sha256="")
        remove(release.file)
        release.file = ""
    return release
