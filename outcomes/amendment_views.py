"""Amendments for everybody: the list, and each with what it changes, what it answers and its marks."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from events.models import Event
from outcomes.amendment_marks import Marks, marks_by, marks_on
from outcomes.amendments import mark_amendment
from outcomes.answering import notes_answered, unseen
from outcomes.models import Amendment
from people.guests import Viewer, welcome
from people.limits import Limit, TooMany, count, network_of
from people.refusals import Refused
from responses.limits import NEWCOMERS

A_PAGE = 50  # amendments, or notes that one of them answers
MARKS = Limit("marks on an amendment in a minute", 30, 60)
MARKS_HERE = Limit("amendment marks of a network a minute", 300, 60)


@login_not_required
@require_safe
def amendments(request: HttpRequest) -> HttpResponse:
    """Every amendment: those that take marks first, then what became of the others."""
    found = Amendment.objects.visible_to(request.viewer).with_parts().in_order()
    page = Paginator(found.annotate(answered=Count("answers")), A_PAGE).get_page(request.GET.get("page"))
    counts = marks_by(page.object_list)
    for one in page:
        one.counted = Marks(counts[one.pk])
    return render(request, "outcomes/amendments.html", {"section": "principles", "page": page})


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def amendment(request: HttpRequest, identifier: str) -> HttpResponse:
    """One amendment; a POST gives a mark or takes it back."""
    found = Amendment.objects.visible_to(request.viewer).with_parts()
    amendment = get_object_or_404(found, identifier=identifier)
    if request.method != "POST":
        return show(request, amendment)
    try:
        mark(request, amendment)
    except TooMany as refusal:
        response = show(request, amendment, str(refusal), status=429)
        response["Retry-After"] = refusal.retry_after
        return response
    except Refused as refusal:
        return show(request, amendment, str(refusal), status=422)
    return redirect(f"{amendment.get_absolute_url()}#marks")


def mark(request: HttpRequest, amendment: Amendment) -> None:
    """Give or take back the mark that the pressed button names."""
    is_new = request.viewer.is_anybody
    viewer, network = welcome(request), network_of(request)
    count(
        (MARKS, amendment.token_of(viewer)),
        (MARKS_HERE, network),
        *([(NEWCOMERS, network)] if is_new else []),
    )
    wanted = "give" in request.POST
    mark_amendment(
        amendment, request.POST.get("give" if wanted else "take_back", ""), by=viewer, wanted=wanted
    )


def show(request: HttpRequest, amendment: Amendment, refusal: str = "", status: int = 200) -> HttpResponse:
    viewer = request.viewer
    page = Paginator(notes_answered(amendment, viewer), A_PAGE).get_page(request.GET.get("page"))
    context = {
        "section": "principles",
        "amendment": amendment,
        "current": amendment.principle.current_wording,
        "marks": marks_on(amendment, viewer),
        "page": page,
        "unseen": unseen(amendment, page.paginator.count),
        "worked_out_at": worked_out_at(amendment, viewer),
        "is_own": Amendment.objects.of(viewer).filter(pk=amendment.pk).exists(),
        "address": settings.SITE_URL + amendment.get_absolute_url(),
        "refusal": refusal,
    }
    return render(request, "outcomes/amendment.html", context, status=status)


def worked_out_at(amendment: Amendment, viewer: Viewer) -> Event | None:
    """The event it was worked out at, where `viewer` may see that event."""
    return Event.objects.visible_to(viewer).filter(pk=amendment.event_id).first()
