"""Doing one task, and what becomes of it."""

import logging

from django.tasks import TaskContext, TaskResultStatus
from django_tasks_db.models import DBTaskResult

from coproduce.work.queue import attempt_of, put_back, take
from coproduce.work.standing import new_number

TRIES = 3

log = logging.getLogger(__name__)


def has_given_up(context: TaskContext) -> bool:
    """Whether the task was tried often enough: it now only says that it failed, where people see it."""
    return context.attempt > TRIES


def do(task: DBTaskResult) -> None:
    """Does a task that was taken. What goes wrong is logged, and tried again or given up.

    Being told to stop puts the task back as if it had not been taken. Raises what the database
    raises when it is not there; the task is then found as lost later.
    """
    try:
        task.set_successful(call(task))
    except Exception as error:
        log.exception("%s could not be done, try %s.", task.task_path, attempt_of(task))
        end_in_failure(task, error)
    except BaseException:
        put_back(task, counts=False)
        raise


def call(task: DBTaskResult) -> object:
    result = task.task_result
    context = [TaskContext(task_result=result)] if result.task.takes_context else []
    return result.task.call(*context, *result.args, **result.kwargs)


def end_in_failure(task: DBTaskResult, error: Exception) -> None:
    if attempt_of(task) > TRIES:
        task.set_failed(error)
    else:
        put_back(task)


def run_ready() -> int:
    """Does all that waits, in this process, and what it asks for in turn; how many calls it took.

    A pause before another try is not observed.
    """
    worker, calls = new_number(), 0
    while task := take(worker, DBTaskResult.objects.filter(status=TaskResultStatus.READY)):
        do(task)
        calls += 1
    return calls
