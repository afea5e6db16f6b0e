"""Themes: how the notes of an event were grouped, side by side by author, and the desk to group them."""

from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from events.models import Event
from events.reach import reach_in
from outcomes.citable import citable
from outcomes.groupings import A_PAGE, compared, groupings_of, loose_notes, theme_shown
from outcomes.models import Theme
from outcomes.theme_forms import LookForm, ThemeForm
from outcomes.theme_picks import Picks, picks_for, picks_like
from outcomes.themes import (
    copy_theme,
    dissolve_theme,
    edit_theme,
    make_theme,
    put_in,
    restore_theme,
    take_out,
)
from people.guests import Viewer
from people.refusals import Refused

GONE = gettext_lazy("One or more of the notes you ticked are not on a wall of this event any more.")


@login_not_required
@require_safe
def event_themes(request: HttpRequest, slug: str) -> HttpResponse:
    """Everybody's groupings beside one another; with ?loose=1 also the notes that nobody grouped."""
    event, viewer = get_object_or_404(Event.objects.visible_to(request.viewer), slug=slug), request.viewer
    groupings, loose, number = (
        groupings_of(event, viewer),
        loose_notes(event, viewer),
        request.GET.get("page", "1"),
    )
    shows_loose = "loose" in request.GET
    context = {
        "section": "events",
        "event": event,
        "reach": reach_in(event, viewer),
        "groupings": groupings,
        "compared": None if shows_loose or not groupings else compared(event, viewer, groupings, number),
        "loose": loose,
        "page": Paginator(loose.shown, A_PAGE).get_page(number) if shows_loose else None,
        "apart": Theme.objects.of(viewer).filter(event=event).exclude(dissolved_at=None),
    }
    return render(request, "outcomes/themes.html", context)


@login_not_required
@require_safe
def theme_page(request: HttpRequest, identifier: str) -> HttpResponse:
    """One theme with its notes, and the others that hold some of them; 410 once it is taken apart."""
    themes = Theme.objects.visible_to(request.viewer).select_related("event", "author")
    theme = get_object_or_404(themes, identifier=identifier)
    reach = reach_in(theme.event, request.viewer)
    context = {
        "section": "events",
        "event": theme.event,
        "may_group": reach.facilitates,
        "is_mine": reach.facilitates and theme.author_id == request.viewer.person.pk,
    }
    if theme.dissolved_at:
        return render(request, "outcomes/theme_gone.html", context | {"gone": theme}, status=410)
    context["shown"] = theme_shown(theme, request.viewer, request.GET.get("page", "1"))
    return render(request, "outcomes/theme.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def theme_new(request: HttpRequest, slug: str) -> HttpResponse:
    """Begin a theme with its name, or from the notes of somebody else's theme."""
    events = Event.objects.visible_to(request.viewer).facilitated_by(request.viewer)
    event = get_object_or_404(events, slug=slug)
    themes = Theme.objects.visible_to(request.viewer).standing().filter(event=event)
    source = themes.filter(identifier=request.GET.get("from", "")).select_related("author").first()
    form = ThemeForm(request.POST or None, of=source)
    if form.is_valid():
        try:
            made = begun(event, source, request.viewer, **form.cleaned_data)
            messages.success(
                request,
                _("“%(made)s” is there, with your name beside it. Now pick its notes.") % {"made": made},
            )
            return redirect("theme_edit", made.identifier)
        except Refused as refusal:
            form.add_error("name", str(refusal))
    context = {"section": "events", "event": event, "form": form, "source": source}
    return render(request, "outcomes/theme_new.html", context, status=422 if form.errors else 200)


def begun(event: Event, source: Theme | None, viewer: Viewer, name: str, about: str) -> Theme:
    if source:
        return copy_theme(source, by=viewer, name=name, about=about)
    return make_theme(event, name, by=viewer, about=about)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def theme_edit(request: HttpRequest, identifier: str) -> HttpResponse:
    """Pick notes for one's own theme, page by page, and change what it is called."""
    theme, renames = my_theme(request, identifier), request.POST.get("act") == "name"
    look = LookForm(theme.event, request.viewer, request.POST or request.GET)
    if request.method == "POST" and not renames:
        return picked(request, theme, look)
    form = ThemeForm(request.POST if renames else None, of=theme)
    if form.is_valid() and renamed(request, theme, form):
        return redirect("theme_edit", identifier)
    context = {
        "section": "events",
        "event": theme.event,
        "mine": theme,
        "form": form,
        "look": look,
        "picks": picks(request, theme, look),
        "number": citable(theme.event, request.viewer).filter(in_themes__theme=theme).count(),
    }
    return render(request, "outcomes/theme_edit.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def theme_dissolve(request: HttpRequest, identifier: str) -> HttpResponse:
    """Take one's own theme apart, or put it back together."""
    theme = my_theme(request, identifier, apart=True)
    if request.method != "POST":
        return render(request, "outcomes/theme_dissolve.html", {"section": "events", "mine": theme})
    try:
        if request.POST.get("act") == "restore":
            restore_theme(theme, by=request.viewer)
            messages.success(request, _("“%(theme)s” is back together, as it was.") % {"theme": theme})
            return redirect(theme)
        dissolve_theme(theme, by=request.viewer)
        messages.success(
            request, _("“%(theme)s” is taken apart. Its notes stay on their wall.") % {"theme": theme}
        )
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect("event_themes", theme.event.slug)


def my_theme(request: HttpRequest, identifier: str, *, apart: bool = False) -> Theme:
    """The viewer's own theme of an event they facilitate, standing unless `apart`; else 404."""
    mine = Theme.objects.visible_to(request.viewer).of(request.viewer).select_related("event")
    themes = mine.filter(event__in=Event.objects.facilitated_by(request.viewer))
    return get_object_or_404(themes if apart else themes.standing(), identifier=identifier)


def renamed(request: HttpRequest, theme: Theme, form: ThemeForm) -> bool:
    try:
        edit_theme(theme, **form.cleaned_data, by=request.viewer)
        messages.success(request, _("Kept."))
    except Refused as refusal:
        form.add_error("name", str(refusal))
    return not form.errors


def picks(request: HttpRequest, theme: Theme, look: LookForm) -> Picks:
    if "like" in request.GET:
        return picks_like(theme, request.viewer)
    return picks_for(theme, request.viewer, look.asked, request.GET.get("page", "1"))


def picked(request: HttpRequest, theme: Theme, look: LookForm) -> HttpResponse:
    """Keep the ticks of a page, whichever button was pressed, and go where it leads."""
    ticked, was = (
        {one for one in request.POST.getlist(name) if "\0" not in one} for name in ("notes", "was")
    )
    notes = citable(theme.event, request.viewer)
    into = list(notes.filter(identifier__in=ticked - was))
    try:
        come = put_in(theme, into, by=request.viewer)
        gone = take_out(theme, notes.filter(identifier__in=was - ticked), by=request.viewer)
        say_kept(request, come, gone, missing=len(ticked - was) - len(into))
    except Refused as refusal:
        messages.error(request, str(refusal))
    where = look.asked | {name: request.POST[name] for name in ("like", "page") if request.POST.get(name)}
    query = f"?{urlencode(where)}" if where else ""
    return redirect(reverse("theme_edit", args=[theme.identifier]) + query + "#notes")


def say_kept(request: HttpRequest, come: int, gone: int, *, missing: int) -> None:
    said = [
        _("%(come)s put in") % {"come": come} if come else "",
        _("%(gone)s taken out") % {"gone": gone} if gone else "",
    ]
    if any(said):
        messages.success(request, _("Kept: %(filter)s.") % {"filter": ", ".join(filter(None, said))})
    if missing:
        messages.warning(request, GONE)
