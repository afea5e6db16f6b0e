"""What may be cited, by its kind and permanent id: what anybody may open now, and what they once could.

A citation is made for readers one does not know, so it starts from what is in everybody's sight,
whoever asks for it.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.http import Http404

from archive.cite.of_boards import with_readings
from archive.cite.of_outcomes import decision_work, statement_work
from archive.cite.work import KINDS, Work
from archive.cite.works import work_of
from archive.models import Release
from events.models import Event, Quotation
from journal.models import Post, Story, Version
from outcomes.models import Amendment, Call, Decision, Promise, Statement, Theme
from outcomes.versions import decision_versions, statement_versions
from people.guests import ANYBODY
from people.models import Act
from principles.models import Principle, PrincipleSet, Wording
from responses.models import Board, Note, Picture, Reading

# What the trace says of things that were public and are not any more.
TAKEN_BACK = {"quotation": "left_out"}


@dataclass
class Gone(Exception):
    """It was public and is not any more. Nothing here holds a word of it."""

    kind: str
    when: datetime | None
    belonged_to: str = ""
    address: str = ""
    # Of a note that was merged: the one through which it counts.
    instead: str = ""

    @property
    def words(self) -> str:
        return KINDS[self.kind].words


def find(kind: str, identifier: str, version: int | None = None) -> Work:
    """The work; raises Gone where it was withdrawn, Http404 where there never was one in public sight."""
    finder = FINDERS.get(kind)
    if finder is None or len(identifier) > 10:
        raise Http404
    found = finder(identifier) if version is None else VERSIONS.get(kind, _unversioned)(identifier, version)
    if found is None:
        raise gone(kind, identifier) or Http404
    return found


def gone(kind: str, identifier: str) -> Gone | None:
    """What is left to say of something that was public once; None where nothing was."""
    if kind in TAKEN_BACK:
        acts = Act.objects.filter(subject_kind=kind, subject=identifier, verb=TAKEN_BACK[kind])
        act = acts.order_by("-at").first()
        return Gone(kind, act.at) if act else None
    return ENDED[kind](identifier) if kind in ENDED else None


def _note(identifier: str) -> Work | None:
    note = with_readings(Note.objects.visible_to(ANYBODY)).filter(identifier=identifier).first()
    return work_of(note) if note else None


def _note_version(identifier: str, number: int) -> Work | None:
    readings = Reading.objects.visible_to(ANYBODY).filter(note__identifier=identifier, number=number)
    reading = readings.select_related("note__board__event", "note__station", "note__consent").first()
    return work_of(reading) if reading else None


def _by_identifier(model: type, *related: str) -> Callable[[str], Work | None]:
    def finder(identifier: str) -> Work | None:
        found = model.objects.visible_to(ANYBODY).filter(identifier=identifier)
        thing = (found.select_related(*related) if related else found).first()
        return work_of(thing) if thing else None

    return finder


def _theme(identifier: str) -> Work | None:
    themes = Theme.objects.visible_to(ANYBODY).standing().select_related("event", "author")
    theme = themes.filter(identifier=identifier).first()
    return work_of(theme) if theme else None


def _promise(identifier: str) -> Work | None:
    promises = Promise.objects.visible_to(ANYBODY).on_the_ledger()
    promise = promises.select_related("event", "owner", "person").filter(identifier=identifier).first()
    return work_of(promise) if promise else None


def _release(number: str) -> Work | None:
    if not number.isdecimal():
        return None
    release = Release.objects.visible_to(ANYBODY).filter(number=int(number)).first()
    return work_of(release) if release else None


def _text_version(owner: str, seen: Callable) -> Callable[[str, int], Work | None]:
    def finder(identifier: str, number: int) -> Work | None:
        versions = Version.objects.visible_to(ANYBODY).filter(
            number=number, **{f"writing__{owner}__in": seen().filter(identifier=identifier)}
        )
        version = versions.select_related("writing__event__series", "writing__post").first()
        return work_of(version) if version else None

    return finder


def _statement_version(identifier: str, number: int) -> Work | None:
    found = Statement.objects.visible_to(ANYBODY).select_related("event")
    statement = found.filter(identifier=identifier).first()
    said = statement_versions(statement).get(number) if statement else None
    return statement_work(statement, number, said) if said else None


def _decision_version(identifier: str, number: int) -> Work | None:
    found = Decision.objects.visible_to(ANYBODY).select_related("event", "owner")
    decision = found.filter(identifier=identifier).first()
    said = decision_versions(decision).get(number) if decision else None
    return decision_work(decision, number, said.text, said.kind) if said else None


def _wording_of(identifier: str, number: int) -> Work | None:
    wordings = Wording.objects.visible_to(ANYBODY).select_related("principle__set")
    wording = wordings.filter(principle__identifier=identifier, version=number).first()
    return work_of(wording) if wording else None


def _one_wording(identifier: str, number: int) -> Work | None:
    wordings = Wording.objects.visible_to(ANYBODY).select_related("principle__set")
    wording = wordings.filter(identifier=identifier, version=number).first()
    return work_of(wording) if wording else None


def _unversioned(identifier: str, number: int) -> None:
    """Its words do not change, so it has no versions."""


def _note_gone(identifier: str) -> Gone | None:
    notes = Note.objects.once_visible_to(ANYBODY).select_related("board__event", "station")
    note = notes.filter(identifier=identifier).first()
    if note is None:
        return None
    if note.withdrawn_at is None:
        one = Note.objects.visible_to(ANYBODY).filter(pk=note.merged_into_id).first()
        return Gone("note", None, instead=one.identifier) if one else None
    where = f"{note.station.heading}, {note.board.name}, {note.board.event.name}"
    return Gone("note", note.withdrawn_at, where, note.get_absolute_url())


def _picture_gone(identifier: str) -> Gone | None:
    pictures = Picture.objects.once_visible_to(ANYBODY).select_related("drawing__event")
    picture = pictures.filter(identifier=identifier).first()
    if picture is None:
        return None
    where = f"{picture.drawing.name}, {picture.drawing.event.name}"
    return Gone("picture", picture.withdrawn_at, where, picture.get_absolute_url())


def _story_gone(identifier: str) -> Gone | None:
    stories = Story.objects.once_visible_to(ANYBODY).select_related("call")
    story = stories.filter(identifier=identifier).first()
    if story is None:
        return None
    judgement = story.judgements.last()
    return Gone("story", judgement.at if judgement else None, story.call.title, story.get_absolute_url())


def _post_gone(identifier: str) -> Gone | None:
    post = Post.objects.once_visible_to(ANYBODY).filter(identifier=identifier).first()
    return Gone("post", post.taken_back_at, "", post.get_absolute_url()) if post else None


def _theme_gone(identifier: str) -> Gone | None:
    themes = Theme.objects.visible_to(ANYBODY).exclude(dissolved_at=None).select_related("event")
    theme = themes.filter(identifier=identifier).first()
    return Gone("theme", theme.dissolved_at, theme.event.name, theme.get_absolute_url()) if theme else None


def _promise_gone(identifier: str) -> Gone | None:
    promises = Promise.objects.visible_to(ANYBODY).exclude(taken_down_at=None).select_related("event")
    promise = promises.filter(identifier=identifier).first()
    if promise is None:
        return None
    where = promise.event.name if promise.event else ""
    return Gone("promise", promise.taken_down_at, where, promise.get_absolute_url())


FINDERS: dict[str, Callable[[str], Work | None]] = {
    "note": _note,
    "event": _by_identifier(Event, "series"),
    "board": _by_identifier(Board, "event"),
    "quotation": _by_identifier(Quotation, "event"),
    "set": _by_identifier(PrincipleSet),
    "principle": _by_identifier(Principle, "set"),
    "wording": _by_identifier(Wording, "principle__set"),
    "post": _by_identifier(Post),
    "story": _by_identifier(Story, "call", "consent"),
    "picture": _by_identifier(Picture, "drawing__event", "consent"),
    "theme": _theme,
    "statement": _by_identifier(Statement, "event"),
    "decision": _by_identifier(Decision, "event", "owner"),
    "amendment": _by_identifier(Amendment, "principle__set", "author"),
    "promise": _promise,
    "call": _by_identifier(Call, "event", "author"),
    "release": _release,
}
VERSIONS: dict[str, Callable[[str, int], Work | None]] = {
    "note": _note_version,
    "event": _text_version("event", lambda: Event.objects.visible_to(ANYBODY)),
    "post": _text_version("post", lambda: Post.objects.visible_to(ANYBODY)),
    "statement": _statement_version,
    "decision": _decision_version,
    "principle": _wording_of,
    "wording": _one_wording,
}
ENDED: dict[str, Callable[[str], Gone | None]] = {
    "post": _post_gone,
    "note": _note_gone,
    "picture": _picture_gone,
    "story": _story_gone,
    "theme": _theme_gone,
    "promise": _promise_gone,
}
