"""Citations in pages: what their heads say for reference managers, and the way to the styles."""

from collections.abc import Iterable
from urllib.parse import urlencode

from django import template
from django.db.models import Model
from django.http import Http404
from django.template import Context
from django.template.loader import render_to_string
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from archive.cite.creators import bodies_by_event
from archive.cite.finding import Gone, find
from archive.cite.jsonld import catalogue, in_script, jsonld_of
from archive.cite.of_boards import note_work
from archive.cite.signposting import links_of, linkset_address
from archive.cite.work import Work
from archive.cite.works import is_citable, work_of
from archive.search.hits import Hit
from responses.models import Note

register = template.Library()
NOTHING = SafeString()
CALLED = {"ris": "RIS", "bib": "BibTeX", "json": "CSL-JSON"}


@register.simple_tag(takes_context=True)
def cite_head(context: Context, thing: Model) -> SafeString:
    """What the head of the page of `thing` says of it; nothing where not everybody can open it."""
    return _head(_work(context, thing))


@register.simple_tag
def cite_head_at(kind: str, identifier: str, number: int) -> SafeString:
    """The same for the page of one version of a statement or a decision, which is no row of its own."""
    try:
        return _head(find(kind, identifier, number))
    except (Http404, Gone):
        return NOTHING


def _head(work: Work | None) -> SafeString:
    if work is None:
        return NOTHING
    facts = {
        "work": work,
        "links": links_of(work),
        "linkset": linkset_address(work),
        "data": in_script(jsonld_of(work)),
    }
    return render_to_string("archive/cite/head.html", facts)


@register.inclusion_tag("archive/cite/ways.html", takes_context=True)
def cite_ways(context: Context, thing: Model) -> dict[str, object]:
    """Where the citation of `thing` is copied, and its files."""
    work = _work(context, thing)
    if work is None:
        return {"work": None}
    return {"work": work, "files": [(label, work.file_address(form)) for form, label in CALLED.items()]}


def _work(context: Context, thing: Model | None) -> Work | None:
    """Made once for a page, whichever part of it asks first."""
    if not thing or not is_citable(thing):
        return None
    made = _kept(context)
    key = (type(thing), thing.pk)
    if key not in made:
        made[key] = work_of(thing)
    return made[key]


def _kept(context: Context) -> dict:
    request = context["request"]
    if not hasattr(request, "works_cited"):
        request.works_cited = {}
    return request.works_cited


@register.simple_tag
def catalogue_head(about: str) -> SafeString:
    """The archive page as a catalogue of sets of data."""
    return format_html('<script type="application/ld+json">{}</script>', in_script(catalogue(str(about))))


@register.simple_tag
def coins(hits: Iterable[Hit]) -> SafeString:
    """The notes among `hits` as Zotero picks them from a list: lists only, never a note's own page.

    One query, or none where no note can be cited.
    """
    notes = [hit.thing for hit in hits if isinstance(hit.thing, Note) and is_citable(hit.thing)]
    holders = bodies_by_event({note.board.event_id for note in notes})
    works = (note_work(note, holders=holders[note.board.event_id], is_listed=True) for note in notes)
    spans = ((urlencode(_openurl(work)),) for work in works)
    return format_html_join("", '<span class="Z3988" title="{}"></span>', spans)


def _openurl(work: Work) -> list[tuple[str, str]]:
    """OpenURL 1.0 with Dublin Core: the one format of it that has room for more than articles and books."""
    facts = [
        ("ctx_ver", "Z39.88-2004"),
        ("rft_val_fmt", "info:ofi/fmt:kev:mtx:dc"),
        ("rft.type", work.names.zotero),
        ("rft.title", work.title),
        ("rft.date", work.issued),
        ("rft.publisher", work.publisher),
        ("rft.identifier", work.url),
        ("rft.language", work.language),
        ("rft.rights", work.rights.statement),
        ("rft.description", work.abstract),
    ]
    facts += [("rft.creator", creator.inverted) for creator in work.creators]
    return [(name, value) for name, value in facts if value]
