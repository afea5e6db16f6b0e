"""Reports: somebody says that something here should be looked at, and somebody decides about it.

What may harm a person is taken out of sight at once, before anybody looked. So that this silences nobody,
one network takes away little of it, and what was looked at and left stays where it is.
"""

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Model, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from coproduce.languages import in_the_sites_language
from journal.hiding import hide, put_back, take_away, was_hidden_by_report
from journal.models import REPORTED, Report
from journal.telling_reports import tell_reporter, tell_staff
from people.guests import Viewer
from people.limits import Limit, TooMany, count
from people.refusals import Refused
from people.trace import leave_trace
from responses.words import tidy_words

MOST = 2000  # characters
LONGEST_ANSWER = 500  # characters
OWN_PAGE = gettext_lazy(
    "It is urgent, and about a page of your own. Somebody who looks after the whole site decides about it, "
    "and was told."
)
STAYS_FOR = timedelta(days=30)  # after it was looked at and left

SENT = Limit("reports of a network in an hour", 20, 3600)
# Who sees more than this in a day is better served by writing to those who keep the site.
HIDES = Limit("urgent reports of a network in a day", 5, 86_400)


@dataclass(frozen=True, slots=True)
class Words:
    """What somebody says with a report; the address is where they want to hear."""

    text: str = ""
    email: str = ""


def report(thing: Model, reason: str, *, by: Viewer, key: UUID, network: str, words: Words) -> Report:
    """Keep a report about `thing` (see `REPORTED`) and tell those who look after it.

    `network` is `people.limits.network_of`; raises people.limits.TooMany. Sending a key again gives the
    report it was sent with.
    """
    if before := Report.objects.filter(key=key).first():
        return before
    if reason not in Report.Reason:
        raise Refused(_("Choose what is wrong with it."))
    count((SENT, network))
    hides = reason in Report.URGENT and _may_hide(thing, reason, network)
    try:
        with transaction.atomic():
            return _keep(thing, reason, by, key, words, hides=hides)
    except IntegrityError:
        return Report.objects.get(key=key)


def _may_hide(thing: Model, reason: str, network: str) -> bool:
    """Whether a report alone takes it away: not once it was looked at lately, nor for who reports many."""
    looked_at = reports_about(thing).filter(
        reason=reason, outcome=Report.Outcome.DISMISSED, decided_at__gt=timezone.now() - STAYS_FOR
    )
    if looked_at.exists():
        return False
    try:
        count((HIDES, network))
    except TooMany:
        return False
    return True


def _keep(thing: Model, reason: str, by: Viewer, key: UUID, words: Words, *, hides: bool) -> Report:
    with in_the_sites_language():
        label = str(Report.Reason(reason).label)
    made = Report.objects.create(
        **{kind_of(thing): thing},
        key=key,
        reason=reason,
        text=tidy_words(words.text[:MOST]),
        email=words.email,
        hid_it=hides and hide(thing, label),
    )
    leave_trace("reported", made, by=by.as_participant)
    tell_staff(made)
    return made


@transaction.atomic
def decide_report(report: Report, outcome: str, answer: str, *, by: Viewer) -> Report:
    """Decide about a report; whoever sent it is told `answer` where they left an address.

    Upheld: a note, suggestion, picture, photograph, comment or story is away from then on; a post or an
    event is for its writers to change. Dismissed: what the report took out of sight is back.
    """
    now = Report.objects.select_for_update(of=("self",)).get(pk=report.pk)
    if not Report.objects.visible_to(by).filter(pk=now.pk).exists():
        raise Refused(_("Only those who look after this decide about reports on it."))
    if is_about_own_page(now) and not by.moderates_all:
        raise Refused(OWN_PAGE)
    if now.outcome:
        raise Refused(
            _("This report was decided before: %(lower)s.") % {"lower": now.get_outcome_display().lower()}
        )
    now.outcome, now.answer = Report.Outcome(outcome), _answer(answer)
    now.decided_at, now.decided_by = timezone.now(), by.person
    now.save(update_fields=["outcome", "answer", "decided_at", "decided_by"])
    _carry_out(now, by)
    leave_trace(now.outcome, now, by=by)
    tell_reporter(now)
    report.refresh_from_db()
    return now


def is_about_own_page(report: Report) -> bool:
    """Whether it is urgent and about a post or record itself, whose writers are not to judge it alone."""
    return report.reason in Report.URGENT and bool(report.post_id or report.event_id)


def _carry_out(report: Report, by: Viewer) -> None:
    if report.outcome == Report.Outcome.UPHELD:
        take_away(report.about, by=by, as_spam=report.reason == Report.Reason.SPAM)
    elif report.hid_it and not _handed_on(report) and was_hidden_by_report(report.about, report.reported_at):
        put_back(report.about, by=by)


def _handed_on(report: Report) -> bool:
    """Whether another urgent report about it still waits, which then keeps it out of sight."""
    others = reports_about(report.about).open().filter(reason__in=Report.URGENT).exclude(pk=report.pk)
    other = others.first()
    if other is not None:
        other.hid_it = True
        other.save(update_fields=["hid_it"])
    return other is not None


def kind_of(thing: Model) -> str:
    """What a report calls this kind of thing."""
    name = thing._meta.model_name
    if name not in REPORTED:
        raise Refused(_("This cannot be reported. Write to those who keep the site."))
    return name


def reports_about(thing: Model) -> QuerySet[Report]:
    return Report.objects.filter(**{kind_of(thing): thing})


def _answer(answer: str) -> str:
    answer = " ".join(answer.split())
    if len(answer) > LONGEST_ANSWER:
        raise Refused(
            _("That answer has %(number)s characters. %(longest_answer)s have to do.")
            % {"number": len(answer), "longest_answer": LONGEST_ANSWER}
        )
    return answer
