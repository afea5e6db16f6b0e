"""Who runs an event or a series, as acts ask it."""

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from events.models import Appointment, Duty, Event, Series
from people.guests import Viewer
from people.refusals import Refused


def must_run(event: Event, by: Viewer | None) -> None:
    """Refuses whoever does not organise `event`; the site itself (None) may."""
    if by is not None and not event.is_run_by(by):
        raise Refused(_("Only those who run this event can do that."))


def series_run_by(viewer: Viewer) -> QuerySet[Series]:
    """The series that `viewer` organises: all for stewards, for others those they were appointed to."""
    if viewer.is_steward:
        return Series.objects.all()
    if viewer.person is None:
        return Series.objects.none()
    held = Appointment.objects.current().of(viewer.person).filter(duty=Duty.ORGANISER).exclude(series=None)
    return Series.objects.filter(pk__in=held.values("series"))


def runs_series(series: Series, viewer: Viewer) -> bool:
    return series_run_by(viewer).filter(pk=series.pk).exists()


def may_plan_in(series: Series | None, viewer: Viewer) -> bool:
    """Whether they may put an event on record in `series`, or with None on its own."""
    return viewer.may_organise or (series is not None and runs_series(series, viewer))


def may_plan(viewer: Viewer) -> bool:
    """Whether they may put an event on record somewhere: on its own, or in a series they organise."""
    return viewer.may_organise or (viewer.person is not None and series_run_by(viewer).exists())
