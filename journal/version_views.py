"""The versions of a text: all of them, one, and what changed between two."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from events.models import Event
from journal.blocks import Block
from journal.comparing import BlockChange, Comparison, compared
from journal.models import Post, Version
from journal.models.writings import VersionQuerySet
from journal.showing import ShownBlock, blocks_in_sight, shown_blocks
from journal.version_forms import ChooseForm, RestoreForm
from journal.writing import must_write, restore_version
from people.guests import Viewer
from people.refusals import Refused

type Of = Event | Post
NOT_HERE = gettext_lazy("There are no such two versions here.")


@dataclass(frozen=True, slots=True)
class Listed:
    """A version in the list, and the address of what changed since the one before it (empty: the first)."""

    version: Version
    address: str
    changes_address: str


@login_not_required
def event_versions(request: HttpRequest, slug: str) -> HttpResponse:
    return _versions(request, _event(request.viewer, slug))


@login_not_required
def post_versions(request: HttpRequest, slug: str) -> HttpResponse:
    return _versions(request, _post(request.viewer, slug))


@login_not_required
def event_version(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    return _version(request, _event(request.viewer, slug), number)


@login_not_required
def post_version(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    return _version(request, _post(request.viewer, slug), number)


@login_not_required
def event_compare(request: HttpRequest, slug: str, first: int, second: int) -> HttpResponse:
    return _compare(request, _event(request.viewer, slug), first, second)


@login_not_required
def post_compare(request: HttpRequest, slug: str, first: int, second: int) -> HttpResponse:
    return _compare(request, _post(request.viewer, slug), first, second)


def _event(viewer: Viewer, slug: str) -> Event:
    return get_object_or_404(Event.objects.visible_to(viewer), slug=slug)


def _post(viewer: Viewer, slug: str) -> Post:
    return get_object_or_404(Post.objects.visible_to(viewer), slug=slug)


def _of(of: Of, viewer: Viewer) -> VersionQuerySet:
    """The versions of its text that `viewer` may see, the latest first."""
    owner = {"writing__event": of} if isinstance(of, Event) else {"writing__post": of}
    versions = Version.objects.visible_to(viewer).filter(**owner)
    return versions.select_related("by", "writing__event", "writing__post")


def _facts(request: HttpRequest, of: Of) -> dict[str, object]:
    """What every page here shows."""
    kind = "event" if isinstance(of, Event) else "post"
    return {
        "section": "events" if kind == "event" else "journal",
        "of": of,
        "kind": kind,
        "list_address": reverse(f"{kind}_versions", args=[of.slug]),
        "writes_it": request.viewer.person is not None and of.is_run_by(request.viewer),
    }


def _versions(request: HttpRequest, of: Of) -> HttpResponse:
    """Every version, who saved it and why; with two chosen, on to what changed between them."""
    versions = list(_of(of, request.viewer))
    facts = _facts(request, of)
    is_sent = "first" in request.GET or "second" in request.GET
    form = ChooseForm(versions, request.GET if is_sent else None)
    if is_sent and form.is_valid():
        return redirect(f"{facts['kind']}_compare", of.slug, *form.chosen)
    facts |= {"rows": _rows(of, str(facts["kind"]), versions), "form": form}
    return render(request, "journal/versions.html", facts, status=422 if form.errors else 200)


def _rows(of: Of, kind: str, versions: list[Version]) -> list[Listed]:
    rows = []
    for version, before in pairwise([*versions, None]):
        numbers = [of.slug, before.number, version.number] if before else []
        changes = reverse(f"{kind}_compare", args=numbers) if before else ""
        rows.append(Listed(version, reverse(f"{kind}_version", args=[of.slug, version.number]), changes))
    return rows


def _version(request: HttpRequest, of: Of, number: int) -> HttpResponse:
    """One version at its own address; those who write bring it back from here."""
    version = get_object_or_404(_of(of, request.viewer), number=number)
    facts = _facts(request, of)
    form = RestoreForm(request.POST or None)
    if request.method == "POST":
        _must_be_theirs(version, request.viewer)
        if form.is_valid():
            return _restored(request, version, form.cleaned_data["why"], str(facts["list_address"]))
    facts |= {
        "version": version,
        "here": _("Version %(number)s") % {"number": version.number},
        "blocks": shown_blocks(version, request.viewer),
        "form": form,
        "canonical": settings.SITE_URL + of.get_absolute_url(),
    }
    return render(request, "journal/version.html", facts, status=422 if form.errors else 200)


def _must_be_theirs(version: Version, viewer: Viewer) -> None:
    try:
        must_write(version.writing, viewer)
    except Refused as refusal:
        raise PermissionDenied(str(refusal)) from None


def _restored(request: HttpRequest, version: Version, why: str, address: str) -> HttpResponse:
    restored = restore_version(version, by=request.viewer, why=why)
    said = _("Version %(number)s now says what version %(version_number)s says.") % {
        "number": restored.number,
        "version_number": version.number,
    }
    messages.success(request, _("%(said)s Readers see it once you publish it.") % {"said": said})
    return redirect(address)


def _compare(request: HttpRequest, of: Of, first: int, second: int) -> HttpResponse:
    """What changed from one version to a later one, drawn and in words."""
    versions = _of(of, request.viewer).filter(number__in=[first, second]).order_by("number")
    if first >= second or len(versions) < 2:
        raise Http404(NOT_HERE)
    before, after = (Seen(version, shown_blocks(version, request.viewer)) for version in versions)
    comparison = compared(before.blocks, after.blocks)
    facts = _facts(request, of) | {
        "before": before.version,
        "after": after.version,
        "comparison": comparison,
        "rows": _drawn(comparison, [*before.shown, *after.shown]),
    }
    return render(request, "journal/compare.html", facts)


@dataclass(frozen=True, slots=True)
class Seen:
    """A version, and what the viewer sees of it."""

    version: Version
    shown: list[ShownBlock]

    @property
    def blocks(self) -> list[Block]:
        return blocks_in_sight(self.version, self.shown)


def _drawn(comparison: Comparison, shown: Iterable[ShownBlock]) -> list[tuple[BlockChange, list[ShownBlock]]]:
    """Each change, with the block itself where that is drawn rather than compared."""
    drawn = {block.id: [block] for block in shown}
    return [
        (change, drawn.get(change.block["id"], []) if change.is_drawn else [])
        for change in comparison.changes
    ]
