"""Files that take long to make: asked for on a page, made by a worker, kept for DAYS and looked after.

The task may run twice, beside another of its kind, and may end anywhere: the file is made first, then
one statement says that it is there, unless another did. What was made in vain is removed.
"""

import hashlib
import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import IO

from django.db import connection, transaction
from django.db.models import QuerySet
from django.http import QueryDict
from django.tasks import TaskContext, task
from django.utils import timezone
from django.utils.translation import gettext_lazy

from archive.models import ExportJob, ExportLine
from archive.search.query import Query, read_query
from archive.take.forms import form_called
from archive.take.in_sight import left_since
from archive.take.kept_files import keep_beside, new_file, remove
from archive.take.rows import Taking
from archive.take.snapshot import Moment, one_snapshot
from coproduce.work import has_given_up
from people.guests import Viewer
from people.limits import Limit
from people.refusals import Refused
from people.terms import latest_terms
from people.trace import leave_trace

DAYS = 14  # that a file is kept; archive/retention.toml says so too
ASKED = Limit("export", most=6, seconds=3600)  # by one viewer
BEHIND = -10  # what anybody waits for on a board comes first
NOT_MADE = gettext_lazy("Something went wrong while it was made. Ask for it again.")
GONE = gettext_lazy(
    "Something in it was withdrawn or taken out of sight since it was made, so it is kept no longer."
)
TOO_MANY = gettext_lazy("{} holds {:,} rows at most, and this has {:,}. Ask for less, or take another form.")
LONGEST_QUERY = 2000  # characters of its address, which is kept with the job and in the log
TOO_LONG = gettext_lazy("Choose less before you take it away: what is asked for is too long to be kept.")
STATE = ExportJob.State


@dataclass(frozen=True, slots=True)
class Asked:
    """A job, and the secret part of its address where nobody is signed in."""

    job: ExportJob
    token: str = ""


@transaction.atomic
def ask_for_file(form: str, query: Query, *, by: Viewer, restricted: bool = False) -> Asked:
    """Have a file made. Asking for what waits already gives the same job again.

    Refuses what is not for `by`, and more rows than the form can hold.
    """
    must_fit(form, Taking(query, by, restricted=restricted))
    facts = {"form": form, "query": query.querystring, "is_restricted": restricted}
    if by.person and (waiting := _waiting(by).filter(**facts).first()):
        return Asked(waiting)
    token = "" if by.person else secrets.token_urlsafe(32)
    hashed = hash_of(token) if token else None
    job = ExportJob.objects.create(person=by.person, token_hash=hashed, **facts)
    leave_trace("asked_for", job, by=by)
    make_file.enqueue(job.pk)
    return Asked(job, token)


def must_fit(form: str, taking: Taking) -> int:
    """How many rows it is. Refuses what cannot be made here or put on record, and more than fits the form."""
    chosen = form_called(form)
    if len(taking.query.querystring) > LONGEST_QUERY:
        raise Refused(TOO_LONG)
    if missing := chosen.missing():
        raise Refused(missing)
    number = taking.number
    if chosen.most is not None and number > chosen.most:
        raise Refused(TOO_MANY.format(chosen.label, chosen.most, number))
    return number


def _waiting(by: Viewer) -> QuerySet[ExportJob]:
    return ExportJob.objects.visible_to(by).filter(state__in=[STATE.WAITING, STATE.RUNNING])


def hash_of(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


@task(takes_context=True, priority=BEHIND)
def make_file(context: TaskContext, pk: int) -> None:
    """Makes the file of a job that waits for it."""
    job = ExportJob.objects.select_related("person").filter(pk=pk, state__in=[STATE.WAITING, STATE.RUNNING])
    if not (job := job.first()):
        return
    if has_given_up(context):
        say_failed(job, NOT_MADE)
        return
    try:
        make(job)
    except Refused as refusal:
        # For example: the right was taken away while it waited.
        say_failed(job, str(refusal))


def make(job: ExportJob) -> None:
    waiting = ExportJob.objects.filter(pk=job.pk, state__in=[STATE.WAITING, STATE.RUNNING])
    if not waiting.update(state=STATE.RUNNING, done=0):
        return
    form = form_called(job.form)
    with Progress(job) as progress, new_file(form.suffix) as (name, file):
        taking = Taking(_query_of(job), Viewer(person=job.person), job.is_restricted, progress.tell)
        with one_snapshot() as moment:
            made_at, total = timezone.now(), must_fit(job.form, taking)
            progress.tell(0, total)
            sha256, size = _write(form.write(taking), file)
            if form.beside:
                keep_beside(name, form.beside(taking))
    facts = {"file": name, "sha256": sha256, "size": size, "done": total, "total": total}
    if not say_made(job, moment, facts | {"made_at": made_at}):
        remove(name)


def _query_of(job: ExportJob) -> Query:
    return read_query(QueryDict(job.query))


def _write(pieces: Iterator[bytes], file: IO[bytes]) -> tuple[str, int]:
    digest, size = hashlib.sha256(), 0
    for piece in pieces:
        file.write(piece)
        digest.update(piece)
        size += len(piece)
    return digest.hexdigest(), size


@transaction.atomic
def say_made(job: ExportJob, moment: Moment, facts: dict[str, object]) -> bool:
    """Whether this was the first to make it, and the job is still there."""
    facts |= {"state": STATE.READY, "since": moment.at, "data_version": moment.data_version}
    if not ExportJob.objects.filter(pk=job.pk, state=STATE.RUNNING).update(**facts):
        return False
    if job.is_restricted:
        log_taken(job.form, job.query, facts["total"], by=Viewer(person=job.person))
    return True


def say_failed(job: ExportJob, sentence: str) -> None:
    ExportJob.objects.filter(pk=job.pk).exclude(state=STATE.READY).update(
        state=STATE.FAILED, why=sentence[:300]
    )


def log_taken(form: str, query: str, rows: int, *, by: Viewer) -> ExportLine:
    """Keep who took what is free for research alone: by what they asked, not by what they got."""
    return ExportLine.objects.create(
        person=by.person, form=form, query=query, rows=rows, terms=latest_terms()
    )


class Progress:
    """Says how far a file is, on a connection of its own: the other one reads a snapshot and cannot write."""

    def __init__(self, job: ExportJob) -> None:
        self.pk = job.pk
        self.connection = connection.copy()

    def __enter__(self) -> "Progress":
        return self

    def __exit__(self, *_: object) -> None:
        self.connection.close()

    def tell(self, done: int, total: int | None = None) -> None:
        statement = "UPDATE archive_exportjob SET done = %s, total = coalesce(%s, total) WHERE id = %s"
        with self.connection.cursor() as cursor:
            cursor.execute(statement, [done, total, self.pk])


def checked(job: ExportJob) -> ExportJob:
    """The job as it stands now: its file goes as soon as anything in it left sight."""
    if job.state != STATE.READY:
        return job
    if left_since(job.since, job.made_at, form=job.form, restricted=job.is_restricted):
        let_go(job)
    return job


def let_go(job: ExportJob) -> None:
    """Take the file of a job away for good; that it was asked for stays until its time is up."""
    ExportJob.objects.filter(pk=job.pk).update(state=STATE.GONE, why=GONE, file="", size=0, sha256="")
    remove(job.file)
    job.state, job.why, job.file = STATE.GONE, GONE, ""


def until(job: ExportJob) -> datetime:
    """When its file goes at the latest."""
    return job.asked_at + timedelta(days=DAYS)
