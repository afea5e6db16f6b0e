"""What is kept of comments and reports, and for how long."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from journal.forgetting import MONTH, YEAR, forget_sent
from journal.judging import judge
from journal.models import Comment, Judgement, Report, State
from journal.reports import Words, decide_report, report
from people.guests import Viewer
from tests.sent import make_open_post, say

pytestmark = pytest.mark.django_db
A_DAY = timedelta(days=1)


def test_an_address_with_a_comment_is_emptied_after_a_month(ben: Viewer) -> None:
    comment = say(make_open_post(), by=ben, email="ben@example.org")
    assert forget_sent(comment.sent_at + MONTH - A_DAY) == 0
    assert forget_sent(comment.sent_at + MONTH) == 1
    assert forget_sent(comment.sent_at + MONTH) == 0
    assert Comment.objects.get().email == ""


def test_what_stands_for_the_writer_goes_after_a_year_and_the_words_stay(ben: Viewer) -> None:
    comment = say(make_open_post(), by=ben)
    forget_sent(comment.sent_at + YEAR - A_DAY)
    assert Comment.objects.get().writer
    forget_sent(comment.sent_at + YEAR)
    kept = Comment.objects.get()
    assert (kept.writer, kept.text) == ("", comment.text)


def test_the_words_of_what_was_removed_go_a_year_after_that_and_its_reason_stays(
    ben: Viewer, steward: Viewer
) -> None:
    comment = say(make_open_post(), by=ben, name="Ben")
    Comment.objects.update(sent_at=timezone.now() - YEAR)
    judge(comment, State.REMOVED, by=steward, why="It names somebody.")
    removed = Judgement.objects.get().at
    forget_sent(removed + YEAR - A_DAY)
    assert Comment.objects.get().text
    forget_sent(removed + YEAR)
    kept = Comment.objects.get()
    assert (kept.text, kept.name, kept.reason) == ("", "", "It names somebody.")


def test_a_report_is_emptied_in_steps_after_it_was_decided(ben: Viewer, steward: Viewer) -> None:
    words = Words("It is my street.", "ben@example.org")
    made = report(make_open_post(), "wrong", by=ben, key=uuid4(), network="n", words=words)
    forget_sent(made.reported_at + 3 * YEAR)
    made.refresh_from_db()
    assert made.email
    decided = decide_report(made, "dismissed", "It is on the map.", by=steward).decided_at
    forget_sent(decided + MONTH)
    kept = Report.objects.get()
    assert (kept.email, kept.text) == ("", "It is my street.")
    forget_sent(decided + YEAR)
    kept = Report.objects.get()
    assert (kept.text, kept.answer, kept.outcome) == ("", "", "dismissed")
