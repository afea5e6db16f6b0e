"""Work in the background: asked for or not with its transaction, done by one, tried again, never lost."""

import logging
import threading
from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from django.db import OperationalError, connection, transaction
from django.tasks import TaskContext, TaskResultStatus, task
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from coproduce.work import doing, has_given_up, queue, run_ready
from coproduce.work.standing import alive, new_number, stand
from coproduce.work.worker import Stop, Worker

READY, RUNNING = TaskResultStatus.READY, TaskResultStatus.RUNNING
done: list[str] = []


@task()
def note_down(words: str) -> None:
    done.append(words)


@task(priority=5)
def note_down_first(words: str) -> None:
    done.append(words)


@task(takes_context=True)
def fail(context: TaskContext) -> None:
    done.append("gives up" if has_given_up(context) else f"try {context.attempt}")
    if not has_given_up(context):
        raise ArithmeticError


@task(takes_context=True)
def succeed_the_second_time(context: TaskContext) -> None:
    if context.attempt == 1:
        raise ArithmeticError
    done.append("worked")


@task()
def be_told_to_stop() -> None:
    raise Stop


@pytest.fixture(autouse=True)
def nothing_done_yet() -> None:
    done.clear()


def rows() -> list[tuple[str, int]]:
    """The state of each task and how often it was taken."""
    return [(row.status, len(row.worker_ids)) for row in DBTaskResult.objects.order_by("enqueued_at")]


@pytest.mark.django_db
def test_what_is_asked_for_is_done_later_and_once() -> None:
    note_down.enqueue("a")
    assert done == []
    assert (run_ready(), run_ready()) == (1, 0)
    assert done == ["a"]


@pytest.mark.django_db
def test_what_matters_more_is_done_first() -> None:
    for ask, words in ((note_down, "a"), (note_down, "b"), (note_down_first, "first")):
        ask.enqueue(words)
    run_ready()
    assert done == ["first", "a", "b"]


def ask_and_fail() -> None:
    with transaction.atomic():
        note_down.enqueue("never")
        raise RuntimeError


@pytest.mark.django_db
def test_what_was_asked_for_in_vain_is_not_done() -> None:
    with pytest.raises(RuntimeError):
        ask_and_fail()
    assert run_ready() == 0


@pytest.mark.django_db
def test_a_task_that_fails_is_tried_again_and_then_gives_up(caplog: pytest.LogCaptureFixture) -> None:
    fail.enqueue()
    succeed_the_second_time.enqueue()
    with caplog.at_level(logging.ERROR):
        run_ready()
    assert sorted(done) == ["gives up", "try 1", "try 2", "try 3", "worked"]
    assert run_ready() == 0
    assert "could not be done, try 3" in caplog.text


@pytest.mark.django_db(transaction=True)
def test_a_worker_waits_before_it_tries_again() -> None:
    fail.enqueue()
    worker = Worker()
    assert [worker.turn(), worker.turn()] == [True, False]
    assert done == ["try 1"]


@pytest.mark.django_db
def test_a_task_that_nobody_can_do_any_more_fails_in_the_end(caplog: pytest.LogCaptureFixture) -> None:
    note_down.enqueue("a")
    DBTaskResult.objects.update(task_path="tests.coproduce.test_work.no_such_task")
    with caplog.at_level(logging.ERROR):
        run_ready()
    assert rows() == [(TaskResultStatus.FAILED, doing.TRIES + 1)]


@pytest.mark.django_db
def test_what_a_worker_was_doing_when_told_to_stop_waits_as_if_it_had_not_been_taken() -> None:
    be_told_to_stop.enqueue()
    with pytest.raises(Stop):
        run_ready()
    assert rows() == [(READY, 0)]


@pytest.mark.django_db
def test_what_a_killed_worker_was_doing_is_done_again() -> None:
    note_down.enqueue("a")
    queue.take(new_number())
    assert rows() == [(RUNNING, 1)]
    assert queue.put_back_lost(new_number()) == 1
    assert rows() == [(READY, 1)]


@pytest.fixture
def stands_here() -> Iterator[Callable[[int], None]]:
    """Makes the tests' own connection that of a worker; its lock would outlive the test."""
    yield stand
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_unlock_all()")


@pytest.mark.django_db
def test_a_worker_between_two_tasks_puts_back_what_it_could_not_end(
    db: None, stands_here: Callable[[int], None]
) -> None:
    worker = Worker()
    stands_here(worker.number)
    note_down.enqueue("a")
    queue.take(worker.number)
    assert queue.put_back_lost(worker.number) == 1


def in_another_connection(act: Callable[[], object]) -> None:
    """Runs `act` in a thread, which has a connection of its own, and closes that."""

    def go() -> None:
        try:
            act()
        finally:
            connection.close()

    thread = threading.Thread(target=go)
    thread.start()
    thread.join()


@pytest.fixture
def living_worker(transactional_db: None) -> Iterator[int]:
    """The number of a worker that stands for as long as the test runs."""
    number, stands, may_go = new_number(), threading.Event(), threading.Event()

    def live() -> None:
        stand(number)
        stand(number)  # again, as at each turn: one lock
        stands.set()
        may_go.wait()
        connection.close()

    thread = threading.Thread(target=live)
    thread.start()
    stands.wait()
    yield number
    may_go.set()
    thread.join()


def test_what_a_living_worker_does_is_left_to_it_however_long_it_takes(living_worker: int) -> None:
    note_down.enqueue("a")
    queue.take(living_worker)
    DBTaskResult.objects.update(started_at=timezone.now() - timedelta(days=3))
    assert queue.put_back_lost(new_number()) == 0
    assert rows() == [(RUNNING, 1)]


@pytest.mark.django_db(transaction=True)
def test_a_worker_whose_connection_is_gone_is_not_alive(
    transactional_db: None, stands_here: Callable[[int], None]
) -> None:
    number = new_number()
    in_another_connection(lambda: stand(number))
    stands_here(mine := new_number())
    assert mine in alive()
    # PostgreSQL notices the end of a connection a moment after it.
    for _ in range(1000):
        if number not in alive():
            break
    assert number not in alive()


@pytest.mark.django_db(transaction=True)
def test_two_workers_never_take_the_same_task() -> None:
    for words in "ab":
        note_down.enqueue(words)
    taken = []

    def take() -> None:
        with connection.cursor() as cursor:
            cursor.execute("SET lock_timeout = '5s'")  # so that waiting for the other is an error
        taken.append(queue.take(new_number()))

    with transaction.atomic():
        first = DBTaskResult.objects.ready().get_locked()
        in_another_connection(take)
    assert taken[0].pk != first.pk


@pytest.mark.django_db
def test_finished_work_is_forgotten_after_a_while_and_no_other() -> None:
    for words in "abc":
        note_down.enqueue(words)
    run_ready()
    note_down.enqueue("waits")
    old = DBTaskResult.objects.order_by("enqueued_at").first()
    DBTaskResult.objects.filter(pk=old.pk).update(finished_at=timezone.now() - queue.KEPT)
    DBTaskResult.objects.filter(status=READY).update(enqueued_at=timezone.now() - 9 * queue.KEPT)
    assert queue.forget_old() == 1
    assert DBTaskResult.objects.count() == 3


@pytest.mark.django_db
def test_a_worker_waits_for_a_database_that_is_away(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def away(_: Worker) -> bool:
        raise OperationalError("could not connect")

    worker = Worker()
    monkeypatch.setattr(Worker, "turn", away)
    monkeypatch.setattr("coproduce.work.worker.connection.close", lambda: None)
    with caplog.at_level(logging.WARNING):
        assert [worker.turn_if_possible() for _ in range(3)] == [False] * 3
    assert caplog.text.count("waits for it") == 1, "said once"
