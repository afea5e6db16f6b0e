"""The steps of an event: a draft, announced, work in progress, complete; and cancelled."""

from datetime import datetime

from django.db import transaction
from django.tasks import task
from django.utils import timezone
from django.utils.translation import gettext as _

from events.differences import LONGEST
from events.models import Event, RecordChange
from events.record import log_change
from events.running import must_run
from events.sign_ups import tell_everybody
from people.guests import Viewer
from people.refusals import Refused
from people.trace import leave_trace

STATUS = Event.Status


@transaction.atomic
def publish_event(event: Event, *, by: Viewer | None) -> Event:
    """Show a draft to everybody: announced, or as a record in progress where its days are over."""
    must_run(event, by)
    event = _locked(event)
    _must_be_a_draft(event)
    return _publish(event, by=by)


@transaction.atomic
def schedule_event(event: Event, at: datetime, *, by: Viewer | None) -> Event:
    """Have a draft published by itself at `at`, unless that is changed before."""
    must_run(event, by)
    event = _locked(event)
    _must_be_a_draft(event)
    if at <= timezone.now():
        raise Refused(_("That time is over. Publish it now, or choose a later time."))
    event.publish_at = at
    event.save(update_fields=["publish_at"])
    publish_when_due.using(run_after=at).enqueue(event.pk)
    leave_trace("scheduled", event, by=by)
    return event


@transaction.atomic
def unschedule_event(event: Event, *, by: Viewer | None) -> Event:
    """Leave a draft a draft: it is published by hand only."""
    must_run(event, by)
    event = _locked(event)
    event.publish_at = None
    event.save(update_fields=["publish_at"])
    leave_trace("unscheduled", event, by=by)
    return event


@task()
def publish_when_due(pk: int) -> None:
    """Publishes a draft if it is still to be published by now; a later time has a task of its own."""
    due = Event.objects.filter(status=STATUS.DRAFT, publish_at__lte=timezone.now())
    with transaction.atomic():
        if event := due.select_for_update().filter(pk=pk).first():
            _publish(event, by=None)


@transaction.atomic
def cancel_event(event: Event, why: str, *, by: Viewer | None) -> Event:
    """Say that it does not take place: its page stays, and all who signed up are told."""
    must_run(event, by)
    event = _locked(event)
    if event.status != STATUS.ANNOUNCED:
        raise Refused(_("Only what is announced can be cancelled: a draft is known to nobody, a record was."))
    if event.cancelled_at:
        raise Refused(_("It is cancelled already."))
    if not (why := " ".join(why.split())):
        raise Refused(_("Say in a sentence why, for those who meant to come."))
    event.cancelled_at, event.cancelled_why = timezone.now(), why[:LONGEST]
    event.save(update_fields=["cancelled_at", "cancelled_why"])
    log_change(event, f"Cancelled. {why}"[:LONGEST], by=by)
    tell_everybody(event, "event_cancelled")
    leave_trace("cancelled", event, by=by)
    return event


@transaction.atomic
def reinstate_event(event: Event, *, by: Viewer | None) -> Event:
    """Take a cancellation back; all who signed up are told."""
    must_run(event, by)
    event = _locked(event)
    if not event.cancelled_at:
        raise Refused(_("It is not cancelled."))
    event.cancelled_at, event.cancelled_why = None, ""
    event.save(update_fields=["cancelled_at", "cancelled_why"])
    log_change(event, "It takes place after all.", by=by)
    tell_everybody(event, "event_reinstated")
    leave_trace("reinstated", event, by=by)
    return event


def start_record(event: Event, *, by: Viewer | None) -> Event:
    """From announced to a record in progress."""
    return _step(event, "begun", STATUS.ANNOUNCED, STATUS.IN_PROGRESS, "The record is begun.", by=by)


def complete_record(event: Event, *, by: Viewer | None) -> Event:
    """Say that nothing more is expected; corrections stay possible."""
    return _step(event, "completed", STATUS.IN_PROGRESS, STATUS.COMPLETE, "The record is complete.", by=by)


def reopen_record(event: Event, *, by: Viewer | None) -> Event:
    """Say that there is more to come after all."""
    what = "Opened again: there is more to come."
    return _step(event, "reopened", STATUS.COMPLETE, STATUS.IN_PROGRESS, what, by=by)


@transaction.atomic
def _step(event: Event, verb: str, before: str, after: str, what: str, *, by: Viewer | None) -> Event:
    must_run(event, by)
    event = _locked(event)
    if event.cancelled_at:
        raise Refused(_("It is cancelled. Take that back first if it took place."))
    if event.status != before:
        raise Refused(
            _("It is “%(status)s” now, since somebody changed it. Look again.")
            % {"status": event.get_status_display()}
        )
    event.status = after
    event.save(update_fields=["status"])
    log_change(event, what, by=by)
    leave_trace(verb, event, by=by)
    return event


def _publish(event: Event, *, by: Viewer | None) -> Event:
    is_over = event.last_day < timezone.localdate()
    event.status = STATUS.IN_PROGRESS if is_over else STATUS.ANNOUNCED
    event.publish_at = None
    event.save(update_fields=["status", "publish_at"])
    log_change(event, "First published.", by=by, kind=RecordChange.Kind.PUBLISHED)
    leave_trace("published", event, by=by)
    return event


def _must_be_a_draft(event: Event) -> None:
    if event.status != STATUS.DRAFT:
        raise Refused(_("It is public already."))


def _locked(event: Event) -> Event:
    return Event.objects.select_for_update().get(pk=event.pk)
