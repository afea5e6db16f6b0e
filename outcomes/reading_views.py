"""What everybody reads: what was said, heard and done, for an event, a series and the whole site."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from events.models import Event, Series
from events.reach import reach_in
from outcomes.models import Amendment, Call, Decision, Statement
from outcomes.reading import heard_at, with_all_of_it, with_what_became
from outcomes.standing import Standings, standings_by_event
from outcomes.versions import decision_versions, statement_versions

NEWEST = 5  # decisions, and events with notes that wait


@login_not_required
@require_safe
def outcomes(request: HttpRequest) -> HttpResponse:
    """What is late, what was decided last, and where notes still wait."""
    viewer = request.viewer
    decisions = with_what_became(Decision.objects.visible_to(viewer).standing())
    events = list(Event.objects.visible_to(viewer).newest_first())
    standings = standings_by_event(events)
    late = list(decisions.late())
    answered = [(event, standings[event.pk]) for event in events if standings[event.pk].total]
    context = {
        "section": "outcomes",
        "late": late,
        "newest": decisions.exclude(pk__in=[one.pk for one in late]).order_by("-published_at", "-pk")[
            :NEWEST
        ],
        "answered": sorted(answered, key=lambda pair: -pair[1].waiting),
        "amendments": Amendment.objects.visible_to(viewer).open().count(),
        "calls": Call.objects.visible_to(viewer).taking_signatures().count(),
    }
    return render(request, "outcomes/hub.html", context)


@login_not_required
@require_safe
def event_outcomes(request: HttpRequest, slug: str) -> HttpResponse:
    event = get_object_or_404(Event.objects.visible_to(request.viewer), slug=slug)
    runs_it = reach_in(event, request.viewer).runs
    context = {
        "section": "outcomes",
        "event": event,
        "heard": heard_at([event], request.viewer),
        "standings": standings_by_event([event])[event.pk],
        "runs_it": runs_it,
        "drafts": drafts_of(event) if runs_it else (),
    }
    return render(request, "outcomes/event_outcomes.html", context)


def drafts_of(event: Event) -> list[Statement | Decision]:
    """What was begun and not published; for those who run the event."""
    begun = {"published_at": None, "withdrawn_at": None}
    return [*event.statements.filter(**begun), *event.decisions.filter(**begun)]


@login_not_required
@require_safe
def series_outcomes(request: HttpRequest, slug: str) -> HttpResponse:
    series = get_object_or_404(Series.objects.visible_to(request.viewer), slug=slug)
    events = list(Event.objects.visible_to(request.viewer).filter(series=series).in_order())
    heard, standings = heard_at(events, request.viewer), standings_by_event(events)
    by_event = [
        (one, standings[one.pk], [h for h in heard if h.statement.event_id == one.pk]) for one in events
    ]
    context = {
        "section": "outcomes",
        "series": series,
        "by_event": by_event,
        "standings": all_of(standings.values()),
    }
    return render(request, "outcomes/series_outcomes.html", context)


def all_of(several: "list[Standings]") -> Standings:
    names = ("answered", "cited", "declined", "waiting")
    several = list(several)
    return Standings(**{name: sum(getattr(one, name) for one in several) for name in names})


@login_not_required
@require_safe
def statement(request: HttpRequest, identifier: str) -> HttpResponse:
    found = Statement.objects.visible_to(request.viewer).filter(identifier=identifier)
    heard = next(iter(with_all_of_it(found, request.viewer)), None)
    if heard is None:
        raise Http404
    shown = heard.statement
    context = {
        "section": "outcomes",
        "heard": heard,
        "statement": shown,
        "event": shown.event,
        "changes": shown.changes.select_related("by"),
        "added": shown.cites.filter(at__gt=shown.published_at).count() if shown.published_at else 0,
        "runs_it": reach_in(shown.event, request.viewer).runs,
        "address": f"{settings.SITE_URL}{shown.get_absolute_url()}",
    }
    return render(request, "outcomes/statement.html", context)


@login_not_required
@require_safe
def statement_version(request: HttpRequest, identifier: str, number: int) -> HttpResponse:
    """A published statement as it read before it was corrected, or as it reads now."""
    found = Statement.objects.visible_to(request.viewer).exclude(published_at=None).select_related("event")
    shown = get_object_or_404(found, identifier=identifier)
    versions = statement_versions(shown)
    if number not in versions:
        raise Http404
    context = {
        "section": "outcomes",
        "statement": shown,
        "event": shown.event,
        "text": versions[number],
        "number": number,
        "is_latest": number == len(versions),
    }
    return render(request, "outcomes/statement_version.html", context)


@login_not_required
@require_safe
def decision(request: HttpRequest, identifier: str) -> HttpResponse:
    found = with_what_became(Decision.objects.visible_to(request.viewer))
    shown = get_object_or_404(found, identifier=identifier)
    statements = Statement.objects.visible_to(request.viewer).filter(
        decisions=shown, published_at__isnull=False
    )
    context = {
        "section": "outcomes",
        "decision": shown,
        "event": shown.event,
        "heard": with_all_of_it(statements.order_by("published_at", "pk"), request.viewer),
        "runs_it": reach_in(shown.event, request.viewer).runs,
        "address": f"{settings.SITE_URL}{shown.get_absolute_url()}",
    }
    return render(request, "outcomes/decision.html", context)


@login_not_required
@require_safe
def decision_version(request: HttpRequest, identifier: str, number: int) -> HttpResponse:
    """A published decision as it stood before something became of it, or as it stands now."""
    found = Decision.objects.visible_to(request.viewer).exclude(published_at=None).select_related("event")
    shown = get_object_or_404(found, identifier=identifier)
    versions = decision_versions(shown)
    if number not in versions:
        raise Http404
    context = {
        "section": "outcomes",
        "decision": shown,
        "event": shown.event,
        "said": versions[number],
        "number": number,
        "is_latest": number == len(versions),
    }
    return render(request, "outcomes/decision_version.html", context)
