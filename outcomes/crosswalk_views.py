"""The crosswalk of principle sets: for everybody to read, and for organisers to add to."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from outcomes.crosswalk import crosswalk as crosswalk_between
from outcomes.crosswalk import pairs_of_sets
from outcomes.models import Tie
from outcomes.tie_forms import NoTieForm, TieForm
from outcomes.ties import may_tie, say_no_tie, take_no_tie_back, tie, untie
from people.guests import Viewer
from people.refusals import Refused
from principles.models import Principle, PrincipleSet
from responses.models import Note


@login_not_required
@require_safe
def crosswalk(request: HttpRequest) -> HttpResponse:
    """The two sets with most evidence between them; or those that were chosen, at their own address."""
    if {"one", "other"} <= request.GET.keys():
        return redirect(
            "crosswalk_of", *(_set(request.viewer, request.GET[name]).slug for name in ("one", "other"))
        )
    pairs = pairs_of_sets(request.viewer)
    if not pairs:
        return _shown(request, None)
    return _shown(request, (pairs[0].one, pairs[0].other), pairs=pairs)


@login_not_required
@require_safe
def crosswalk_of(request: HttpRequest, one: str, other: str) -> HttpResponse:
    """Two sets side by side, each cell with what says that its two principles belong together."""
    return _shown(request, (_set(request.viewer, one), _set(request.viewer, other)))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def tie_new(request: HttpRequest) -> HttpResponse:
    """Sign that two principles belong together."""
    viewer = _who_ties(request)
    asked = {name: request.GET[name] for name in ("one", "other") if name in request.GET}
    form = TieForm(Principle.objects.visible_to(viewer), request.POST or None, initial=asked)
    if form.is_valid():
        try:
            made = tie(**form.cleaned_data, by=viewer)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("It stands in the crosswalk, with your name."))
            return redirect(
                _address_of(form.cleaned_data["one"], form.cleaned_data["other"], made.identifier)
            )
    return _form(request, "outcomes/tie_new.html", form)


@require_POST
def tie_undo(request: HttpRequest, identifier: str) -> HttpResponse:
    """Take a tie back; whoever signed it, or a steward."""
    ties = Tie.objects.visible_to(_who_ties(request)).select_related("one__set", "other__set")
    tied = get_object_or_404(ties, identifier=identifier)
    try:
        untie(tied, by=request.viewer)
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("You took the tie back. The log keeps that it was there."))
    return redirect(_address_of(tied.one, tied.other))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def no_tie(request: HttpRequest, identifier: str, principle: str) -> HttpResponse:
    """Say that a note does not mean the principle that its words name."""
    viewer = _who_ties(request)
    notes = Note.objects.visible_to(viewer).on_the_wall().for_showing()
    note = get_object_or_404(notes, identifier=identifier)
    named = get_object_or_404(
        Principle.objects.visible_to(viewer).select_related("set"), identifier=principle
    )
    form = NoTieForm(request.POST or None)
    if form.is_valid():
        say_no_tie(note, named, form.cleaned_data["why"], by=viewer)
        messages.success(request, _("The note is no longer counted as naming %(named)s.") % {"named": named})
        return redirect(named)
    return _form(request, "outcomes/no_tie.html", form, note=note, principle=named)


@require_POST
def no_tie_undo(request: HttpRequest, identifier: str, principle: str) -> HttpResponse:
    """Let the note count again; whoever said that it does not, or a steward."""
    note = get_object_or_404(Note.objects.visible_to(_who_ties(request)), identifier=identifier)
    said = get_object_or_404(note.no_ties.select_related("principle__set"), principle__identifier=principle)
    try:
        take_no_tie_back(said, by=request.viewer)
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(
            request, _("The note counts again as naming %(principle)s.") % {"principle": said.principle}
        )
    return redirect(said.principle)


def _shown(
    request: HttpRequest, sets: tuple[PrincipleSet, PrincipleSet] | None, **more: object
) -> HttpResponse:
    context = {
        "section": "principles",
        "sets": PrincipleSet.objects.visible_to(request.viewer),
        "walk": crosswalk_between(*sets, request.viewer) if sets else None,
        "may_tie": may_tie(request.viewer),
        **more,
    }
    return render(request, "outcomes/crosswalk.html", context)


def _form(request: HttpRequest, template: str, form: TieForm | NoTieForm, **more: object) -> HttpResponse:
    context = {"section": "principles", "form": form, "name": request.viewer.person.name, **more}
    return render(request, template, context, status=422 if form.errors else 200)


def _set(viewer: Viewer, slug: str) -> PrincipleSet:
    return get_object_or_404(PrincipleSet.objects.visible_to(viewer), slug=slug)


def _who_ties(request: HttpRequest) -> Viewer:
    if not may_tie(request.viewer):
        raise Http404
    return request.viewer


def _address_of(one: Principle, other: Principle, anchor: str = "") -> str:
    address = reverse("crosswalk_of", args=[one.set.slug, other.set.slug])
    return f"{address}#{anchor}" if anchor else address
