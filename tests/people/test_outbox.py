"""Mail: told with what it tells, sent once by a worker, and never waited for by a page."""

import logging
import time
from collections.abc import Callable

import pytest
from django.core import mail
from django.db import transaction
from django.test import Client
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from coproduce.work.worker import Worker
from people.guests import Viewer
from people.letters import in_words
from people.models import Letter
from people.outbox import (
    ACCOUNT,
    KEPT_FAILED,
    KEPT_SENT,
    OF_REPORTS,
    PAUSES,
    REPORTS,
    TO_ONE_ADDRESS,
    forget_letters,
    post,
    try_again,
    write_letter,
)
from people.refusals import Refused
from tests.people.mail_servers import TAKES, mail_server

pytestmark = pytest.mark.django_db
BEN = "ben@example.org"


def write(
    to: str = BEN, *, key: str | None = None, unsubscribe: str = "", kind: str = "test"
) -> Letter | None:
    return post(kind, to, in_words("News", "Something happened."), key, unsubscribe)


def test_a_letter_is_sent_once_and_nothing_of_it_is_kept(do_work: Callable[[], int]) -> None:
    letter = write()
    assert mail.outbox == []
    do_work()
    do_work()
    assert [(sent.to, sent.subject) for sent in mail.outbox] == [([BEN], "News")]
    letter.refresh_from_db()
    assert letter.sent_at
    assert (letter.to, letter.subject, letter.text, letter.html) == ("", "", "", "")


def test_what_did_not_happen_is_not_told(do_work: Callable[[], int]) -> None:
    with pytest.raises(RuntimeError):
        tell_and_fail()
    do_work()
    assert mail.outbox == []


def tell_and_fail() -> None:
    with transaction.atomic():
        write()
        raise RuntimeError


def test_the_same_is_told_to_an_address_once(do_work: Callable[[], int]) -> None:
    assert write(key="shown 1")
    assert write(key="shown 1") is None
    do_work()
    assert write(key="shown 1") is None
    assert len(mail.outbox) == 1


def test_an_address_gets_twenty_letters_a_day_at_most_however_it_is_written() -> None:
    written = [write(BEN.upper() if number % 2 else BEN) for number in range(TO_ONE_ADDRESS.most + 5)]
    assert sum(letter is not None for letter in written) == TO_ONE_ADDRESS.most
    assert write("dee@example.org")


def test_who_is_flooded_with_letters_can_still_sign_in() -> None:
    for _ in range(TO_ONE_ADDRESS.most + 1):
        write()
    assert write(kind="account")


@pytest.mark.parametrize(
    "to", ["", "ben", "ben@example.org\nBcc: dee@example.org", "a@b.org, c@d.org", "<a@b.org>"]
)
def test_what_is_no_address_gets_no_letter(to: str) -> None:
    with pytest.raises(Refused):
        write(to)
    assert not Letter.objects.exists()


def test_a_letter_that_was_asked_for_can_be_ended_with_one_click(do_work: Callable[[], int]) -> None:
    write(unsubscribe="http://localhost:8000/news/x/stop/")
    do_work()
    headers = mail.outbox[0].message()
    assert headers["List-Unsubscribe"] == "<http://localhost:8000/news/x/stop/>"
    assert headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


def test_a_letter_is_text_and_html_and_known_by_one_id(do_work: Callable[[], int]) -> None:
    write()
    do_work()
    sent = mail.outbox[0].message()
    assert [part.get_content_type() for part in sent.iter_parts()] == ["text/plain", "text/html"]
    assert sent["Message-ID"].startswith("<letter-")
    assert sent["Auto-Submitted"] == "auto-generated"


def test_a_mail_server_that_never_speaks_delays_no_page(client: Client) -> None:
    with mail_server(None) as server:
        began = time.monotonic()
        answer = client.post("/account/login/code/", {"email": BEN})
        took = time.monotonic() - began
    assert answer.status_code == 302
    assert server.heard == []
    # A request that spoke to that server would wait for its 10 seconds.
    assert took < 5
    assert Letter.objects.get().to == BEN


def test_a_mail_server_that_never_speaks_costs_the_worker_a_moment_and_loses_nothing(
    do_work: Callable[[], int], steward: Viewer, caplog: pytest.LogCaptureFixture
) -> None:
    letter = write()
    with mail_server(None, timeout=0.05), caplog.at_level(logging.WARNING):
        assert do_work() == 1 + len(PAUSES)
    letter.refresh_from_db()
    assert letter.failed_at
    assert letter.to == BEN
    assert BEN not in caplog.text
    assert BEN not in repr(list(DBTaskResult.objects.values()))
    with mail_server(TAKES) as server:
        assert try_again(letter.pk, by=steward)
        do_work()
    assert sum(line.startswith("RCPT") for line in server.heard) == 1


@pytest.mark.django_db(transaction=True)
def test_a_letter_is_not_tried_again_at_once() -> None:
    write("waits@example.org")
    with mail_server(None, timeout=0.05):
        worker = Worker()
        assert [worker.turn(), worker.turn()] == [True, False]
    waiting = DBTaskResult.objects.get(status="READY")
    assert waiting.run_after > timezone.now()


def test_a_mail_server_takes_the_letter_once(do_work: Callable[[], int]) -> None:
    write()
    with mail_server(TAKES) as server:
        do_work()
        do_work()
    assert [line for line in server.heard if line.startswith("RCPT")] == [f"RCPT TO:<{BEN.upper()}>"]
    assert "Subject: News" in server.heard


def test_what_a_mail_server_refuses_for_good_is_not_tried_again(do_work: Callable[[], int]) -> None:
    letter = write()
    with mail_server(TAKES | {"RCPT": f"550 nobody is called {BEN}"}) as server:
        assert do_work() == 1
    letter.refresh_from_db()
    assert letter.failed_at
    assert letter.trouble == "550 nobody is called the address"
    assert sum(line.startswith("RCPT") for line in server.heard) == 1


def test_what_a_mail_server_puts_off_is_tried_again(do_work: Callable[[], int]) -> None:
    write()
    with mail_server(TAKES | {"RCPT": "451 later"}):
        assert do_work() == 1 + len(PAUSES)


def test_a_letter_that_was_given_up_is_emptied_after_a_week(
    do_work: Callable[[], int], steward: Viewer
) -> None:
    letter = write()
    with mail_server(TAKES | {"RCPT": "550 no"}):
        do_work()
    now = timezone.now()
    assert forget_letters(now) == 0
    assert forget_letters(now + KEPT_FAILED) == 1
    letter.refresh_from_db()
    assert (letter.to, letter.text) == ("", "")
    assert not try_again(letter.pk, by=steward)


def test_nothing_is_left_of_a_letter_sent_long_ago(do_work: Callable[[], int]) -> None:
    write()
    do_work()
    assert forget_letters(timezone.now() + KEPT_SENT) == 1
    assert not Letter.objects.exists()


def test_a_letter_of_a_template_says_where_it_comes_from() -> None:
    letter = write_letter(
        "test", BEN, name="news_known", context={"address": "http://localhost:8000/news/x/"}
    )
    assert letter.subject == "You get letters from Coproduce already"
    assert "http://localhost:8000/news/x/\n" in letter.text
    assert '<a href="http://localhost:8000/news/x/">' in letter.html


def test_a_flood_of_reports_keeps_no_other_letter_back() -> None:
    told = [write(kind=REPORTS) for _ in range(OF_REPORTS.most + 1)]
    assert sum(letter is not None for letter in told) == OF_REPORTS.most
    assert write()
    assert write(kind=ACCOUNT)
