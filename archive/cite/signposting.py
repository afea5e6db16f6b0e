"""Signposting: how a program finds from a page its citation, its files, its terms and what it is part of."""

from dataclasses import dataclass

from django.urls import reverse

from archive.cite.work import Work, whole

MEDIA_TYPES = {
    "ris": "application/x-research-info-systems",
    "bib": "application/x-bibtex",
    "json": "application/vnd.citationstyles.csl+json",
}
LINKSET = "application/linkset+json"


@dataclass(frozen=True, slots=True)
class Link:
    rel: str
    href: str
    type: str = ""


def links_of(work: Work) -> list[Link]:
    """Level 1, with the linkset of level 2."""
    links = [Link("cite-as", work.address)]
    links += [Link("describedby", whole(work.file_address(form)), kind) for form, kind in MEDIA_TYPES.items()]
    links += [
        Link("type", "https://schema.org/AboutPage"),
        Link("type", f"https://schema.org/{work.names.schema}"),
    ]
    links.append(Link("license", work.rights.uri))
    if work.part_of:
        links.append(Link("collection", work.part_of, "text/html"))
    return links + [Link("item", whole(path), kind) for _name, kind, path in work.items]


def linkset_address(work: Work) -> str:
    return reverse("cite_linkset", args=[work.kind, work.identifier])


def linkset_of(work: Work) -> dict[str, object]:
    """The same links as RFC 9264 has them in JSON, with its page as their anchor."""
    context: dict[str, object] = {"anchor": work.url}
    for link in links_of(work):
        target = {"href": link.href, **({"type": link.type} if link.type else {})}
        context.setdefault(link.rel, []).append(target)
    return {"linkset": [context]}
