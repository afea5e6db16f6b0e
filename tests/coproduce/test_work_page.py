"""The page of the work in the background: for stewards, with what was given up to try again."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core import mail
from django.tasks import task
from django.test import Client
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from coproduce.work.overview import BEHIND
from coproduce.work_views import in_trouble
from people.guests import Viewer
from people.letters import in_words
from people.models import Act, Letter
from people.outbox import post, say_failed

pytestmark = pytest.mark.django_db
works = {"now": False}


@task()
def light_the_lantern() -> None:
    if not works["now"]:
        raise ArithmeticError("No oil.")


NO_TASK = "00000000-0000-4000-8000-000000000000"


@pytest.fixture
def desk(client: Client, steward: Viewer) -> Client:
    client.force_login(steward.person)
    return client


def given_up_letter() -> Letter:
    letter = post("test", "ben@example.org", in_words("News", "Something happened."))
    DBTaskResult.objects.all().delete()
    say_failed(letter, "550 no such box")
    return letter


def test_only_stewards_see_it(client: Client, ada: Viewer) -> None:
    assert client.get("/work/").status_code == 302
    client.force_login(ada.person)
    assert client.get("/work/").status_code == 404
    assert client.post("/work/", {"again": "letter 1"}).status_code == 404


def test_it_says_that_all_is_done_and_when_nobody_works(desk: Client) -> None:
    page = desk.get("/work/").text
    assert "Nothing was given up" in page
    assert "No worker is running" in page


def test_a_letter_that_was_given_up_is_sent_again(desk: Client, do_work: Callable[[], int]) -> None:
    letter = given_up_letter()
    page = desk.get("/work/").text
    assert "550 no such box" in page
    assert "ben@example.org" not in page
    assert "Something happened" not in page
    desk.post("/work/", {"again": f"letter {letter.pk}"})
    desk.post("/work/", {"again": f"letter {letter.pk}"})
    do_work()
    assert len(mail.outbox) == 1
    assert Act.objects.filter(verb="sent_again").count() == 1


def test_a_task_that_was_given_up_is_tried_again(
    desk: Client, do_work: Callable[[], int], monkeypatch: pytest.MonkeyPatch
) -> None:
    light_the_lantern.enqueue()
    do_work()
    given_up = DBTaskResult.objects.get(status="FAILED")
    page = desk.get("/work/").text
    assert "Light the lantern" in page
    assert "ArithmeticError" in page
    monkeypatch.setitem(works, "now", True)
    desk.post("/work/", {"again": f"task {given_up.pk}"})
    do_work()
    given_up.refresh_from_db()
    assert given_up.status == "SUCCESSFUL"


@pytest.mark.parametrize(
    "again",
    [
        "",
        "task",
        "task 00000000-0000-4000-8000-000000000000",
        "task x",
        "letter 0",
        "letter ٣",
        "letter " + "9" * 40,
    ],
)
def test_what_is_not_there_is_not_tried_again(desk: Client, again: str) -> None:
    assert "Nothing is left of that" in desk.post("/work/", {"again": again}, follow=True).text


def test_what_was_sent_is_not_sent_again(desk: Client, do_work: Callable[[], int]) -> None:
    letter = post("test", "ben@example.org", in_words("News", "Something happened."))
    do_work()
    desk.post("/work/", {"again": f"letter {letter.pk}"})
    do_work()
    assert len(mail.outbox) == 1


def test_the_desk_counts_what_was_given_up_and_what_is_behind() -> None:
    given_up_letter()
    assert in_trouble() == 1
    light_the_lantern.enqueue()
    assert in_trouble() == 1
    DBTaskResult.objects.update(enqueued_at=timezone.now() - BEHIND - timedelta(seconds=1))
    assert in_trouble() == 2
