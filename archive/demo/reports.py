"""What readers of the demo reported, all invented: one report that waits, and one that was looked at."""

from uuid import UUID, uuid5

from archive.demo.comments import KEYS, ON
from archive.demo.walls import guest
from events.models import Event
from journal.models import Comment, Report
from journal.reports import decide_report
from people.guests import Viewer
from people.trace import leave_trace

REPORTER = guest(3)
COATS = "I was there. Nobody had a coat on before the last square was read."
PENS = "There was one pen between two sheets, not one each."
ANSWER = "You are right about the pens. The page is corrected, and its change log says so."


def report_things(*, by: Viewer) -> None:
    """One about a comment that is shown, and one about the record, which was put right after it."""
    event = Event.objects.get(slug=ON)
    _report(Report(comment=Comment.objects.shown().filter(event=event)[0], reason=Report.Reason.OTHER), COATS)
    pens = _report(Report(event=event, reason=Report.Reason.WRONG), PENS)
    decide_report(pens, Report.Outcome.UPHELD, ANSWER, by=by)


def _report(report: Report, words: str) -> Report:
    """Without the letters to those who look after it: nobody is there to open them."""
    report.key, report.text = _key(words), words
    report.save()
    leave_trace("reported", report, by=REPORTER.as_participant)
    return report


def _key(words: str) -> UUID:
    return uuid5(KEYS, words)
