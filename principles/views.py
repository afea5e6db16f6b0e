"""The pages of principle sets, principles and their wordings."""

from itertools import pairwise

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from people.guests import Viewer
from principles.models import Principle, PrincipleSet, Wording


@login_not_required
def principle_list(request: HttpRequest) -> HttpResponse:
    """Every set with its principles."""
    sets = PrincipleSet.objects.visible_to(request.viewer).with_principles()
    return render(request, "principles/list.html", {"section": "principles", "sets": sets})


@login_not_required
def principle_set(request: HttpRequest, slug: str) -> HttpResponse:
    """A set: who made it, and what each of its principles says today."""
    sets = PrincipleSet.objects.visible_to(request.viewer).with_principles()
    return render(
        request, "principles/set.html", {"section": "principles", "set": get_object_or_404(sets, slug=slug)}
    )


@login_not_required
def principle(request: HttpRequest, set_slug: str, slug: str) -> HttpResponse:
    """A principle: its words and where they come from, how they changed, what people answered."""
    found = _principle(request.viewer, set_slug, slug)
    context = {
        "section": "principles",
        "principle": found,
        "wording": found.current_wording,
        "history": _history(found),
        "address": settings.SITE_URL + (found.current_wording or found).get_absolute_url(),
    }
    return render(request, "principles/principle.html", context)


@login_not_required
def wording(request: HttpRequest, set_slug: str, slug: str, version: int) -> HttpResponse:
    """One version of a principle's words, at the address that always shows it."""
    found = _principle(request.viewer, set_slug, slug)
    before = dict(_history(found))
    shown = next((wording for wording in before if wording.version == version), None)
    if shown is None:
        raise Http404
    context = {
        "section": "principles",
        "principle": found,
        "wording": shown,
        "before": before[shown],
        "latest": found.current_wording,
        "address": settings.SITE_URL + shown.get_absolute_url(),
    }
    return render(request, "principles/wording.html", context)


def _principle(viewer: Viewer, set_slug: str, slug: str) -> Principle:
    principles = Principle.objects.visible_to(viewer).select_related("set")
    wordings = principles.prefetch_related("wordings__transcriber")
    return get_object_or_404(wordings, set__slug=set_slug, slug=slug)


def _history(principle: Principle) -> list[tuple[Wording, Wording | None]]:
    """Each wording with the one before it, the newest first."""
    wordings = sorted(principle.wordings.all(), key=lambda wording: wording.version)
    return [(after, before) for before, after in pairwise([None, *wordings])][::-1]
