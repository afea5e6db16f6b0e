"""Site maps: every page that anybody may open, part by part, with when it changed last."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from xml.sax.saxutils import escape

from django.conf import settings
from django.db.models import F, Max, Model, QuerySet
from django.urls import reverse

from archive.api.all_kinds import KINDS
from journal.models import StoryCall
from people.guests import ANYBODY
from people.models import Organisation, Person
from responses.models import Board, Picture

NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"
HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
# The protocol allows five times as many; a part is written while it is sent.
IN_A_PART = 10_000
CHUNK = 2000
PAGES = (
    "front", "about", "accessibility", "privacy", "archive", "api", "event_list", "principle_list", "journal",
    "story_calls", "outcomes", "promises", "calls", "contested", "crosswalk", "amendments", "people",
    "organisations",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Part:
    """Rows of one kind by their numbers, from `number` × IN_A_PART on; `newest` is when one changed last."""

    name: str
    number: int
    newest: datetime | None = None

    @property
    def path(self) -> str:
        return reverse("sitemap_part", args=[self.name, self.number])


def _of(name: str) -> Callable[[], QuerySet[Model]]:
    return lambda: KINDS[name].rows()


# Quotations stand on the page of their event. What has no time of its own has none here.
MAPPED: dict[str, Callable[[], QuerySet[Model]]] = {
    **{name: _of(name) for name in KINDS if name not in ("quotations", "principles")},
    "principles": lambda: KINDS["principles"].rows().select_related("set"),
    "boards": lambda: Board.objects.visible_to(ANYBODY).select_related("event"),
    "drawings": lambda: Picture.objects.visible_to(ANYBODY).annotate(stamp=F("changed_at")),
    "calls-for-stories": lambda: StoryCall.objects.visible_to(ANYBODY),
    "people": lambda: Person.objects.visible_to(ANYBODY),
    "organisations": lambda: Organisation.objects.visible_to(ANYBODY),
}


def parts() -> Sequence[Part]:
    """The parts that have a page in them; one query for each kind."""
    found = [Part("pages", 0)]
    for name, rows in MAPPED.items():
        numbered = rows().order_by().annotate(nth=F("pk") / IN_A_PART).values("nth")
        if _is_dated(rows()):
            lines = numbered.annotate(newest=Max("stamp")).order_by("nth")
            found += [Part(name, line["nth"], line["newest"]) for line in lines]
        else:
            found += [Part(name, line["nth"]) for line in numbered.distinct().order_by("nth")]
    return found


def write_index() -> bytes:
    lines = (_entry("sitemap", part.path, part.newest) for part in parts())
    return f'{HEAD}<sitemapindex xmlns="{NAMESPACE}">\n{"".join(lines)}</sitemapindex>\n'.encode()


def write_part(name: str, number: int) -> Iterator[bytes]:
    """The pages of one part, written while they are sent."""
    yield f'{HEAD}<urlset xmlns="{NAMESPACE}">\n'.encode()
    yield from (_entry("url", path, at).encode() for path, at in _pages(name, number))
    yield b"</urlset>\n"


def is_part(name: str, number: int) -> bool:
    """Whether there is such a part: one that no number of a row lies beyond."""
    return (name == "pages" and number == 0) or (name in MAPPED and number < 2**31 // IN_A_PART)


def _pages(name: str, number: int) -> Iterable[tuple[str, datetime | None]]:
    if name == "pages":
        return ((reverse(page), None) for page in PAGES)
    first = number * IN_A_PART
    rows = MAPPED[name]().filter(pk__gte=first, pk__lt=first + IN_A_PART).order_by("pk")
    things = rows.iterator(chunk_size=CHUNK)
    return ((thing.get_absolute_url(), getattr(thing, "stamp", None)) for thing in things)


def _is_dated(rows: QuerySet[Model]) -> bool:
    return "stamp" in rows.query.annotations


def _entry(element: str, path: str, at: datetime | None) -> str:
    changed = f"<lastmod>{at.astimezone(UTC).strftime('%Y-%m-%dT%H:%M:%SZ')}</lastmod>" if at else ""
    return f"<{element}><loc>{escape(settings.SITE_URL + path)}</loc>{changed}</{element}>\n"
