"""Tasks as rows: taking one, ending it, putting back what nobody does any more, forgetting the old."""

from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.tasks import TaskResultStatus
from django.utils import timezone
from django_tasks_db.models import DBTaskResult, DBTaskResultQuerySet

from coproduce.work.standing import alive

# A finished task is kept for whoever looks into what went wrong.
KEPT = timedelta(days=7)
PAUSE = timedelta(seconds=5)  # before the second try; each later one waits longer


@transaction.atomic
def take(worker: int, tasks: DBTaskResultQuerySet | None = None) -> DBTaskResult | None:
    """The next task, which is now `worker`'s; None if none is due. Two workers never get the same."""
    due = DBTaskResult.objects.ready() if tasks is None else tasks
    if task := due.get_locked():
        task.claim(str(worker))
    return task


def attempt_of(task: DBTaskResult) -> int:
    """How often it has been taken, this time included."""
    return len(task.worker_ids)


def put_back(task: DBTaskResult, *, counts: bool = True) -> None:
    """To be done again: after a while, and one try fewer, unless it was not the task's fault."""
    task.status, task.started_at = TaskResultStatus.READY, None
    if counts:
        task.run_after = timezone.now() + PAUSE * attempt_of(task) ** 2
    else:
        task.worker_ids = task.worker_ids[:-1]
    task.save(update_fields=["status", "started_at", "run_after", "worker_ids"])


def put_back_lost(worker: int) -> int:
    """Puts back what a worker was doing that is gone, and so this one's own: it is between two tasks."""
    # In this order: who took a task before the first look stood before it too.
    running = {task.pk: task.worker_ids for task in DBTaskResult.objects.running()}
    others = {str(number) for number in alive() - {worker}} if running else set()
    lost = {pk for pk, workers in running.items() if not others.intersection(workers[-1:])}
    return sum(put_back_unless_moved(pk, running[pk]) for pk in lost)


@transaction.atomic
def put_back_unless_moved(pk: UUID, workers: list[str]) -> bool:
    running = DBTaskResult.objects.running().select_for_update(skip_locked=True)
    task = running.filter(pk=pk, worker_ids=workers).first()
    if task:
        put_back(task)
    return task is not None


def forget_old() -> int:
    """Deletes the rows of what was finished long ago; how many there were."""
    old = DBTaskResult.objects.finished().filter(finished_at__lt=timezone.now() - KEPT)
    return old.delete()[0]


@transaction.atomic
def try_again(pk: UUID) -> bool:
    """Puts back a task that was given up, with all its tries before it; whether there was one."""
    task = DBTaskResult.objects.failed().select_for_update().filter(pk=pk).first()
    if task:
        task.status, task.worker_ids, task.run_after = TaskResultStatus.READY, [], timezone.now()
        task.started_at = task.finished_at = None
        task.exception_class_path = task.traceback = ""
        task.save()
    return task is not None
