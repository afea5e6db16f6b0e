"""The crosswalk of two principle sets as a file: every piece of evidence with its address."""

from collections.abc import Iterator

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe

from archive.exports import to_excel
from archive.polls import in_utc
from archive.rows import Row
from coproduce.replica import reads_from_replica
from outcomes.crosswalk import Cell, Crosswalk, crosswalk
from principles.models import Principle, PrincipleSet

# Words of notes are not in it: what researchers may take of those, the files of notes say.
NAMES = (
    "set", "principle", "principle_id", "other_set", "other_principle", "other_principle_id",
    "evidence", "permalink", "heading", "event", "why", "by", "at",
)  # fmt: skip


@login_not_required
@require_safe
@reads_from_replica
def crosswalk_csv(request: HttpRequest, one: str, other: str) -> HttpResponse:
    """The evidence for a spreadsheet, which cannot take any cell for a formula."""
    walk = walk_seen(request, one, other)
    content = b"".join(to_excel(rows_of(walk), NAMES))
    response = HttpResponse(content, content_type="text/csv; charset=utf-8; header=present")
    return attached(request, response, walk, "csv")


@login_not_required
@require_safe
@reads_from_replica
def crosswalk_json(request: HttpRequest, one: str, other: str) -> HttpResponse:
    """The evidence to the letter."""
    walk = walk_seen(request, one, other)
    whole = {"set": walk.one.name, "other_set": walk.other.name, "evidence": list(rows_of(walk))}
    response = JsonResponse(whole, json_dumps_params={"ensure_ascii": False, "indent": 1})
    return attached(request, response, walk, "json")


def walk_seen(request: HttpRequest, one: str, other: str) -> Crosswalk:
    sets = PrincipleSet.objects.visible_to(request.viewer)
    first, second = (get_object_or_404(sets, slug=slug) for slug in (one, other))
    return crosswalk(first, second, request.viewer)


def rows_of(walk: Crosswalk) -> Iterator[Row]:
    for cell in walk.cells:
        for evidence in evidence_of(cell):
            yield dict(zip(NAMES, (*placed(cell.one), *placed(cell.other), *evidence), strict=True))


def placed(principle: Principle) -> tuple[str, str, str]:
    return principle.set.slug, principle.name, principle.identifier


def evidence_of(cell: Cell) -> Iterator[tuple[str, ...]]:
    """Its kind, address, heading and event; for a tie why, by whom and when."""
    site, crosswalk_of = (
        settings.SITE_URL,
        reverse("crosswalk_of", args=[cell.one.set.slug, cell.other.set.slug]),
    )
    for station in cell.sheets:
        address = site + station.get_absolute_url()
        yield "heading", address, station.heading, station.board.event.slug, "", "", ""
    for named in cell.named:
        note = named.note
        where = note.station.heading, note.board.event.slug
        yield "note", site + note.get_absolute_url(), *where, "", "", in_utc(note.added_at)
    for tie in cell.ties:
        yield (
            "tie",
            f"{site}{crosswalk_of}#{tie.identifier}",
            "",
            "",
            tie.why,
            str(tie.author or ""),
            in_utc(tie.at),
        )


def attached(request: HttpRequest, response: HttpResponse, walk: Crosswalk, ending: str) -> HttpResponse:
    """Whatever a browser or cache kept, it asks again: a note taken back is gone from the next on."""
    name = f"crosswalk-{walk.one.slug}-{walk.other.slug}.{ending}"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    if request.viewer.is_anybody:
        patch_cache_control(response, no_cache=True)
    return response
