"""A work: everything a citation of a thing says, whatever the thing is and whatever the style."""

from dataclasses import dataclass, replace

from django.conf import settings
from django.urls import reverse

from archive.cite.creators import Creator
from archive.cite.rights import RECORD, Rights

LONGEST = 120  # characters of a title that is made of somebody's words


@dataclass(frozen=True, slots=True)
class Kind:
    """How each world calls a kind of thing. `zotero` and the others were tried with Zotero's own readers."""

    words: str
    csl: str
    ris: str
    zotero: str
    schema: str


PAGE = ("webpage", "ELEC", "webpage")
KINDS = {
    "note": Kind("note", "manuscript", "MANSCPT", "manuscript", "Quotation"),
    "event": Kind("event", *PAGE, "Event"),
    "board": Kind("board", *PAGE, "Collection"),
    "quotation": Kind("quotation", *PAGE, "Quotation"),
    "set": Kind("set of principles", *PAGE, "DefinedTermSet"),
    "principle": Kind("principle", *PAGE, "DefinedTerm"),
    "wording": Kind("wording", *PAGE, "DefinedTerm"),
    "post": Kind("post", "post-weblog", "BLOG", "blogPost", "BlogPosting"),
    "story": Kind("story", "manuscript", "MANSCPT", "manuscript", "Article"),
    "picture": Kind("drawing", "graphic", "ART", "artwork", "VisualArtwork"),
    "theme": Kind("theme", *PAGE, "Collection"),
    "statement": Kind("statement", *PAGE, "Article"),
    "decision": Kind("decision", *PAGE, "Article"),
    "amendment": Kind("amendment", *PAGE, "Article"),
    "promise": Kind("promise", *PAGE, "Article"),
    "call": Kind("call for action", *PAGE, "Article"),
    "release": Kind("release", "dataset", "DATA", "dataset", "Dataset"),
    "result": Kind("set of data", "dataset", "DATA", "dataset", "Dataset"),
}

PARTS = {"board", "quotation", "theme", "statement", "decision", "promise"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """What is cited. Addresses are whole; `issued` is EDTF, empty where no date is known.

    `url` always shows the latest, `version_url` these very words (empty where nothing can change).
    """

    kind: str
    identifier: str
    title: str
    url: str
    genre: str
    creators: tuple[Creator, ...] = ()
    issued: str = ""
    changed: str = ""
    location: str = ""
    version: int | None = None
    version_url: str = ""
    rights: Rights = RECORD
    language: str = "en-GB"
    abstract: str = ""
    # The very words, where they may stand in files; empty where there are none.
    words: str = ""
    keywords: tuple[str, ...] = ()
    part_of: str = ""
    part_of_name: str = ""
    place: str = ""
    is_cancelled: bool = False
    # Files that belong to it: what each is called, its media type and its path.
    items: tuple[tuple[str, str, str], ...] = ()
    # Of a set of data alone.
    data_version: str = ""
    of_latest: bool = False

    @property
    def names(self) -> Kind:
        return KINDS[self.kind]

    @property
    def publisher(self) -> str:
        return settings.SITE_NAME

    @property
    def is_part(self) -> bool:
        """Whether it is cited as a part of something, rather than as a thing of its own."""
        return bool(self.part_of_name) and self.kind in PARTS

    @property
    def address(self) -> str:
        """What is written down: that of this version, unless the latest was asked for."""
        return self.url if self.of_latest else self.version_url or self.url

    @property
    def edition(self) -> str:
        """The version as it is written: a number, or the version of the data; empty for the latest."""
        return "" if self.of_latest else self.data_version or (str(self.version) if self.version else "")

    @property
    def latest(self) -> "Work":
        """The same, cited so that its address always shows what it says then."""
        return replace(self, of_latest=True)

    @property
    def cite_address(self) -> str:
        """The page with its citations, from the root of the site."""
        if self.version and self.version_url and not self.of_latest:
            return reverse("cite_version", args=[self.kind, self.identifier, self.version])
        return reverse("cite", args=[self.kind, self.identifier])

    def file_address(self, form: str) -> str:
        """The citation as a file: `ris`, `bib` or `json`."""
        which = str(self.version) if self.version_url and not self.of_latest else "latest"
        return reverse("cite_file", args=[self.kind, self.identifier, which, form])

    @property
    def key(self) -> str:
        """What tells it apart in a list of references; letters, digits and hyphens alone."""
        version = f"-v{self.version}" if self.version and self.version_url and not self.of_latest else ""
        return f"{self.kind}-{self.identifier}{version}"


def shortened(words: str) -> str:
    """`words` on one line, at most LONGEST characters, cut between words."""
    line = " ".join(words.split())
    if len(line) <= LONGEST:
        return line
    cut = line[: LONGEST - 1]
    return (cut.rsplit(" ", 1)[0] if " " in cut[LONGEST // 2 :] else cut).rstrip(" ,;:.") + "…"


def whole(path: str) -> str:
    """The whole address of a page of this site."""
    return settings.SITE_URL + path
