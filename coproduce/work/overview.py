"""What stands in the table of tasks, as whoever looks after the site has to see it."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.tasks import TaskResultStatus
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from coproduce.work.standing import alive

MOST = 100  # of each kind on a page
# What is more than this behind has probably nobody who does it.
BEHIND = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class Job:
    """One task: what it is, when it was asked for and is due, and what went wrong last."""

    pk: UUID
    what: str
    since: datetime
    due: datetime | None
    tries: int
    trouble: str


@dataclass(frozen=True, slots=True)
class Overview:
    """What waits, the next first; what is being done; and what was given up, the last first."""

    workers: int
    waiting: list[Job]
    running: list[Job]
    failed: list[Job]


def overview() -> Overview:
    return Overview(
        workers=len(alive()),
        waiting=jobs(TaskResultStatus.READY),
        running=jobs(TaskResultStatus.RUNNING),
        failed=jobs(TaskResultStatus.FAILED),
    )


def jobs(status: TaskResultStatus) -> list[Job]:
    tasks = DBTaskResult.objects.filter(status=status)
    if status == TaskResultStatus.FAILED:
        tasks = tasks.order_by("-finished_at")
    return [job(task) for task in tasks[:MOST]]


def job(task: DBTaskResult) -> Job:
    name = task.task_path.rpartition(".")[2].replace("_", " ").capitalize()
    # Django's tasks put off for ever what is due at once.
    is_later = timezone.now() < task.run_after < timezone.now() + timedelta(days=3650)
    trouble = task.exception_class_path.rpartition(".")[2]
    due = task.run_after if is_later else None
    return Job(task.pk, name, task.enqueued_at, due, len(task.worker_ids), trouble)


def in_trouble() -> int:
    """How many tasks were given up, or should have been done long ago."""
    behind = DBTaskResult.objects.ready().filter(enqueued_at__lte=timezone.now() - BEHIND)
    return DBTaskResult.objects.failed().count() + behind.count()
