"""Comparisons: the hub, one principle across events, sets side by side, marks over time."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from archive.answers import answer
from archive.compare.figures import Figure
from archive.compare.files import KINDS
from archive.compare.forms import AskedForm, PickForm, SetsForm, TimeForm
from archive.compare.hub import at_both_ends
from archive.compare.principles import OF, Across, across_events, figure_of, principle_at
from archive.compare.sets import SideBySide, besides, compared, side_by_side
from archive.compare.showing import one_page, shown, stamped
from archive.compare.times import over_time, strongest_over_time
from coproduce.replica import reads_from_replica

SECTION = {"section": "archive"}


@login_not_required
@require_safe
@reads_from_replica
def compare(request: HttpRequest) -> HttpResponse:
    """What can be compared; a principle chosen here leads to its page."""
    form = PickForm(request.GET, request.viewer) if "principle" in request.GET else None
    if form and form.is_valid():
        principle = form.cleaned_data["principle"]
        return redirect("compare_principle", principle.set.slug, principle.slug)
    contested, agreed = at_both_ends(request.viewer)
    forms = {"pick": form or PickForm(None, request.viewer), "sets": SetsForm(None, request.viewer)}
    context = {**SECTION, **forms, "wrong": form, "contested": contested, "agreed": agreed}
    return render(request, "archive/compare/hub.html", context, status=400 if form else 200)


@login_not_required
@require_safe
@reads_from_replica
def compare_principle(request: HttpRequest, set_slug: str, slug: str) -> HttpResponse:
    """One principle event by event: three figures, and the strongest voices on both sides."""
    across, path = _across(request, set_slug, slug), _path("compare_principle", set_slug, slug)
    figures = []
    for of in OF:
        figure = stamped(figure_of(across, of), path, at=of)
        figures.append((of, shown(figure, path, "" if of == "marks" else f"of={of}", _page(request))))
    events, lines = {one.event.slug: one for one in across.events}, figures[0][1].drawn.lines
    asked = [(events[line.head.name], line) for line in lines]
    context = {"across": across, "principle": across.principle, "figures": figures, "asked": asked}
    return render(request, "archive/compare/principle.html", SECTION | context)


@login_not_required
@require_safe
@reads_from_replica
def compare_principle_file(request: HttpRequest, set_slug: str, slug: str, kind: str) -> HttpResponseBase:
    of = request.GET.get("of", "marks")
    if of not in OF:
        return _refused(
            _("There is no figure “%(of)s” of a principle. Ask for %(of_2)s.")
            % {"of": of, "of_2": ", ".join(OF)}
        )
    across = _across(request, set_slug, slug)
    figure = stamped(figure_of(across, of), _path("compare_principle", set_slug, slug), at=of)
    return _file(request, figure, kind)


@login_not_required
@require_safe
@reads_from_replica
def compare_sets(request: HttpRequest) -> HttpResponse:
    """The principles of some sets, or all, with what ties them and what was said against them."""
    form, path = SetsForm(request.GET, request.viewer), reverse("compare_sets")
    if not form.is_valid():
        return render(request, "archive/compare/sets.html", {**SECTION, "form": form}, status=400)
    found = _side_by_side(form)
    figure = shown(stamped(found.figure, path, form.query), path, form.query, _page(request))
    beside = besides(found, figure.drawn.lines, request.viewer)
    context = {**SECTION, "form": form, "shown": figure, "beside": beside, "unanswered": found.unanswered}
    return render(request, "archive/compare/sets.html", context | {"chosen": form.chosen})


@login_not_required
@require_safe
@reads_from_replica
def compare_sets_file(request: HttpRequest, kind: str) -> HttpResponseBase:
    form = SetsForm(request.GET, request.viewer)
    if not form.is_valid():
        return _refused(_said(form))
    figure = stamped(_side_by_side(form).figure, reverse("compare_sets"), form.query)
    return _file(request, figure, kind)


@login_not_required
@require_safe
@reads_from_replica
def compare_time(request: HttpRequest) -> HttpResponse:
    """The marks of all notes, or of some, year by year, month by month or event by event."""
    form, path = TimeForm(request.GET, request.viewer), reverse("compare_time")
    if not form.is_valid():
        return render(request, "archive/compare/time.html", {**SECTION, "form": form}, status=400)
    figure = stamped(_over_time(form), path, form.query)
    context = {
        "form": form,
        "shown": shown(figure, path, form.query, _page(request)),
        "strongest": strongest_over_time(form.events(), request.viewer, form.principles()),
    }
    return render(request, "archive/compare/time.html", {**SECTION, **context})


@login_not_required
@require_safe
@reads_from_replica
def compare_time_file(request: HttpRequest, kind: str) -> HttpResponseBase:
    form = TimeForm(request.GET, request.viewer)
    if not form.is_valid():
        return _refused(_said(form))
    return _file(request, stamped(_over_time(form), reverse("compare_time"), form.query), kind)


def _across(request: HttpRequest, set_slug: str, slug: str) -> Across:
    principle = principle_at(set_slug, slug, request.viewer)
    if principle is None:
        raise Http404("There is no such principle here.")
    return across_events(principle, request.viewer)


def _side_by_side(form: SetsForm) -> SideBySide:
    return side_by_side(compared(form.chosen, form.viewer), form.chosen, form.cleaned_data["order"])


def _over_time(form: TimeForm) -> Figure:
    return over_time(
        form.events(), form.viewer, form.principles(), form.cleaned_data["by"], within=form.within
    )


def _file(request: HttpRequest, figure: Figure, kind: str) -> HttpResponseBase:
    """The figure written as `kind`; pictures of one page of its lines, tables of all."""
    if kind not in KINDS:
        raise Http404("A figure comes as svg, png, csv or json.")
    write, media_type = KINDS[kind]
    wanted = one_page(figure, _page(request))[0] if kind in ("svg", "png") else figure
    response = answer(request, write(wanted), media_type)
    response["Content-Disposition"] = f'attachment; filename="{figure.name}.{kind}"'
    response["X-Data-Version"] = figure.version
    if request.viewer.is_anybody:
        patch_cache_control(response, no_cache=True)
    return response


def _refused(sentence: str) -> HttpResponse:
    return HttpResponse(f"{sentence}\n", status=400, content_type="text/plain; charset=utf-8")


def _said(form: AskedForm) -> str:
    return " ".join(str(error) for errors in form.errors.values() for error in errors)


def _path(name: str, *args: str) -> str:
    return reverse(name, args=args)


def _page(request: HttpRequest) -> str:
    return request.GET.get("page", "1")
