"""Acts that put events and series on record, and change what is known of them."""

from collections.abc import Iterable, Sequence
from datetime import datetime, time

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from events.differences import facts_of, in_words
from events.edtf import parse_date
from events.models import Duty, Event, RecordChange, Series
from events.record import log_change
from events.running import may_plan_in, must_run, runs_series
from events.sign_ups import fill_places, tell_everybody
from people.guests import Viewer
from people.models import Organisation
from people.records import found_organisation
from people.refusals import Refused
from people.trace import leave_trace
from principles.models import PrincipleSet

# Addresses under /events/ and /series/ that mean something else.
RESERVED = {"new", "feed", "series", "tags", "calendar", "sign-ups"}
LONGEST_SLUG = 40
WHEN_AND_WHERE = ("Date", gettext_lazy("Time"), gettext_lazy("Place"))


@transaction.atomic
def plan_event(*, by: Viewer, name: str, date: str, series: Series | None = None, **fields: object) -> Event:
    """Put a draft on record, which `by` organises; `fields` are those of `describe`.

    Refuses whoever may put none there, and what cannot be: a date that is none, an end before the start.
    """
    if not may_plan_in(series, by):
        raise Refused(_("Only organisers put new events on record. Ask a steward to make you one."))
    event = Event(name=" ".join(name.split()), date=date, status=Event.Status.DRAFT)
    _check(event)
    _save_with_slug(event)
    event.appointments.create(person=by.person, duty=Duty.ORGANISER, given_by=by.person)
    describe(event, by=by, series=series, **fields)
    leave_trace("planned", event, by=by)
    return event


@transaction.atomic
def edit_event(event: Event, *, by: Viewer | None, why: str = "", **fields: object) -> str:
    """Change what is known of an event; what its public change log says of it, empty if nothing.

    `fields` are those of `describe`. Until it is published, nothing is logged in public.
    """
    must_run(event, by)
    event = Event.objects.select_for_update().get(pk=event.pk)
    before = facts_of(event)
    describe(event, by=by, **fields)
    verb = "corrected" if event.is_record else "changed"
    told = in_words(before, facts_of(event), verb, why)
    if told and event.status != Event.Status.DRAFT:
        log_change(event, told, by=by, kind=RecordChange.Kind(verb))
    leave_trace("changed", event, by=by, why=why)
    if event.status == Event.Status.DRAFT:
        return ""
    if event.status == Event.Status.ANNOUNCED and not event.cancelled_at:
        tell_those_who_come(event, before, why)
    return told


def tell_those_who_come(event: Event, before: dict[str, str], why: str) -> None:
    """Write to them where and when it is now, if that changed; and fill places that were added."""
    after = facts_of(event)
    moved = {name: before[name] for name in WHEN_AND_WHERE}
    if told := in_words(moved, after, "changed", why):
        tell_everybody(event, "event_changed", told=told)
    fill_places(event)


@transaction.atomic
def copy_event(event: Event, *, by: Viewer, name: str, date: str) -> Event:
    """A draft like `event`: what is known before anybody comes, in the same series, with its day.

    Who came, who signed up and what people said is not copied. The times by the clock stay the same.
    """
    must_run(event, by)
    same = ("place", "summary", "takes_sign_ups", "capacity", "joining_note")
    copied = plan_event(
        by=by,
        name=name,
        date=date,
        series=event.series,
        **{field: getattr(event, field) for field in same},
        **_hours(event, date),
        is_named=event.organisers.filter(person=by.person).exists(),
        organisations=[str(one) for one in event.organisers.exclude(organisation=None)],
        principle_sets=event.principle_sets.all(),
        tags=[tag.name for tag in event.tags.all()],
    )
    _copy_day(event, copied)
    leave_trace("copied", event, by=by)
    return copied


def _copy_day(event: Event, copied: Event) -> None:
    for item in event.agenda.with_leads():
        facts = {"time": item.time, "title": item.title, "about": item.about, "led_by": item.led_by}
        copied.agenda.create(position=item.position, **facts).leads.set(item.leads.all())


def _hours(event: Event, date: str) -> dict[str, time | None]:
    """The clock times, where the new date is known to the day."""
    if not parse_date(date).is_days:
        return {}
    times = [at and timezone.localtime(at).time() for at in (event.starts_at, event.ends_at)]
    return dict(zip(("starts", "ends"), times, strict=True))


def describe(
    event: Event,
    *,
    by: Viewer | None,
    starts: time | None = None,
    ends: time | None = None,
    organisations: Sequence[str] | None = None,
    is_named: bool | None = None,
    principle_sets: Iterable[PrincipleSet] | None = None,
    tags: Sequence[str] | None = None,
    **fields: object,
) -> None:
    """Set what is known; what is not given stays as it is, but for the hours, which go with the date.

    `organisations` are names, of which those that are not on record yet are put there.
    `is_named` says whether `by` stands on the page among those who hold it; they organise it either way.
    """
    if "series" in fields:
        _put_in_series(event, fields.pop("series"), by)
    for name, value in fields.items():
        setattr(event, name, " ".join(value.split()) if name in ("name", "place") else value)
    _check(event)
    event.starts_at, event.ends_at = _by_the_clock(event, starts, ends)
    event.save()
    if organisations is not None:
        _set_organisations(event, [_organisation(name, by) for name in organisations])
    if is_named is not None and by and by.person:
        _name_or_not(event, by, is_named)
    if principle_sets is not None:
        event.principle_sets.set(principle_sets)
    if tags is not None:
        event.tags.set(tags)


@transaction.atomic
def found_series(*, by: Viewer, name: str, summary: str = "") -> Series:
    """A new series, which `by` organises."""
    if not by.may_organise:
        raise Refused(_("Only organisers put new series on record. Ask a steward to make you one."))
    series = Series(name=_named(name), summary=summary.strip())
    _save_with_slug(series)
    series.appointments.create(person=by.person, duty=Duty.ORGANISER, given_by=by.person)
    leave_trace("founded", series, by=by)
    return series


@transaction.atomic
def edit_series(series: Series, *, by: Viewer | None, name: str, summary: str, order: Sequence[int]) -> None:
    """Change what a series is called and about; `order` has the primary keys of its events in order."""
    if by is not None and not runs_series(series, by):
        raise Refused(_("Only those who organise this series can do that."))
    series.name, series.summary = _named(name), summary.strip()
    series.save(update_fields=["name", "summary"])
    theirs = {event.pk: event for event in series.events.select_for_update()}
    ranked = [theirs[pk] for pk in order if pk in theirs]
    # No two may stand in one place, not even for a moment.
    series.events.update(position=None)
    for position, event in enumerate(ranked, 1):
        Event.objects.filter(pk=event.pk).update(position=position)
    leave_trace("changed", series, by=by)


def _named(name: str) -> str:
    if not (name := " ".join(name.split())):
        raise Refused(_("Give the series a name, as people will see it."))
    return name


def _check(event: Event) -> None:
    if not event.name:
        raise Refused(_("Give the event a name, as people will see it."))
    try:
        event.clean_fields(exclude=["slug", "first_day", "last_day"])
    except ValidationError as error:
        raise Refused(" ".join(error.messages)) from None


def _save_with_slug(made: Event | Series) -> None:
    """Give it an address that nothing else has, also where somebody takes the same one just now."""
    base = slugify(made.name)[:LONGEST_SLUG].strip("-") or made._meta.model_name
    year = f"-{made.date[:4]}" if isinstance(made, Event) and made.date[:4] not in base else ""
    kind, counted = type(made), (f"{base}-{number}" for number in range(2, 10))
    for slug in (base, f"{base}{year}", *counted, f"{base}-{made.identifier}"):
        if slug in RESERVED or kind.objects.filter(slug=slug).exists():
            continue
        made.slug = slug
        try:
            with transaction.atomic():
                made.save()
        except IntegrityError:
            continue
        return
    raise Refused(_("No address is free for that name. Change it a little."))


def _put_in_series(event: Event, series: Series | None, by: Viewer | None) -> None:
    """At the end of the series; where it stands already, its place stays."""
    if series == event.series:
        return
    if by and not all(may_plan_in(one, by) for one in (event.series, series) if one):
        raise Refused(_("Only those who organise a series can put an event in it, or take one out."))
    event.series, event.position = series, None
    if series:
        Series.objects.select_for_update().get(pk=series.pk)
        event.position = (series.events.aggregate(last=Max("position"))["last"] or 0) + 1


def _by_the_clock(
    event: Event, starts: time | None, ends: time | None
) -> tuple[datetime | None, datetime | None]:
    if not starts and not ends:
        return None, None
    if not starts:
        raise Refused(_("Say when it starts as well, or leave both times empty."))
    if not event.span.is_days:
        raise Refused(_("Times need a day: write the date with its day, or leave the times empty."))
    start = timezone.make_aware(datetime.combine(event.span.first, starts))
    end = timezone.make_aware(datetime.combine(event.span.last, ends)) if ends else None
    if end and end <= start:
        raise Refused(_("It ends before it starts. Change one of the two times."))
    return start, end


def _organisation(name: str, by: Viewer | None) -> Organisation:
    return Organisation.objects.filter(name__iexact=name).first() or found_organisation(name, by=by)


def _set_organisations(event: Event, organisations: Sequence[Organisation]) -> None:
    """Who holds it, in this order; people who are named stand behind them."""
    event.organisers.exclude(organisation=None).delete()
    for position, organisation in enumerate(organisations):
        event.organisers.create(organisation=organisation, position=position)
    event.organisers.exclude(person=None).update(position=len(organisations))


def _name_or_not(event: Event, by: Viewer, is_named: bool) -> None:
    """Stand on the page or not. Whoever is taken off it goes on organising the event."""
    named = event.organisers.filter(person=by.person)
    if is_named and not named.exists():
        event.organisers.create(person=by.person, position=event.organisers.count())
    elif not is_named and named.delete()[0]:
        duty = {"person": by.person, "duty": Duty.ORGANISER, "ended_at": None}
        event.appointments.get_or_create(**duty, defaults={"given_by": by.person})
