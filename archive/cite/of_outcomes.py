"""Themes, statements, decisions, amendments, promises and calls as works."""

from django.urls import reverse

from archive.cite.creators import Creator, body, holders_of, signed_by
from archive.cite.dates import day_of
from archive.cite.of_boards import INVENTED
from archive.cite.work import Work, shortened, whole
from events.models import Event
from outcomes.models import Amendment, Call, Decision, Promise, Statement, Theme


def _of(event: Event | None) -> dict[str, str]:
    """The event it belongs to, if anybody may see that."""
    if event is None or event.status == Event.Status.DRAFT:
        return {}
    return {
        "part_of": whole(event.get_absolute_url()),
        "part_of_name": event.name,
        "place": event.place,
    }


def theme_work(theme: Theme) -> Work:
    return Work(
        kind="theme",
        identifier=theme.identifier,
        title=theme.name,
        creators=signed_by(theme.author),
        issued=day_of(theme.made_at),
        changed=day_of(theme.changed_at),
        genre="theme of notes",
        location=f"{theme.event.name}, theme {theme.identifier}",
        url=whole(theme.get_absolute_url()),
        abstract=theme.about,
        **_of(theme.event),
    )


def statement_work(statement: Statement, number: int | None = None, text: str = "") -> Work:
    """A statement as it reads now, or as `text`, its version `number`, read."""
    number = number or statement.changes.count() + 1
    return Work(
        kind="statement",
        identifier=statement.identifier,
        title=shortened(text or statement.text),
        creators=holders_of(statement.event),
        issued=day_of(statement.published_at),
        changed=day_of(statement.changed_at),
        genre=_taken_back("statement of what was heard", statement),
        location=f"{statement.event.name}, statement {statement.identifier}",
        url=whole(statement.get_absolute_url()),
        version=number,
        version_url=whole(reverse("statement_version", args=[statement.identifier, number])),
        words=text or statement.text,
        **_of(statement.event),
    )


def decision_work(decision: Decision, number: int | None = None, text: str = "", kind: str = "") -> Work:
    """A decision as it stands, or as `text` and `kind` of its version `number` had it."""
    number = number or decision.updates.count() + 1
    owner = (body(decision.owner.name),) if decision.owner else holders_of(decision.event)
    return Work(
        kind="decision",
        identifier=decision.identifier,
        title=shortened(text or decision.text),
        creators=owner,
        issued=day_of(decision.published_at),
        changed=day_of(decision.changed_at),
        genre=_taken_back("decision", decision),
        location=f"{decision.event.name}, decision {decision.identifier}",
        url=whole(decision.get_absolute_url()),
        version=number,
        version_url=whole(reverse("decision_version", args=[decision.identifier, number])),
        abstract=f"{Decision.Kind(kind or decision.kind).label}.",
        words=text or decision.text,
        **_of(decision.event),
    )


def _taken_back(genre: str, one: Statement | Decision) -> str:
    return f"{genre}, taken back" if one.withdrawn_at else genre


def amendment_work(amendment: Amendment) -> Work:
    principle = amendment.principle
    return Work(
        kind="amendment",
        identifier=amendment.identifier,
        title=f"Amendment to {principle.name} ({principle.set.name})",
        creators=signed_by(amendment.author),
        issued=day_of(amendment.opened_at),
        changed=day_of(amendment.changed_at),
        genre=f"proposed wording, {amendment.get_state_display().lower()}",
        url=whole(amendment.get_absolute_url()),
        abstract=shortened(amendment.text),
        words=amendment.text,
        part_of=whole(principle.get_absolute_url()),
        part_of_name=principle.name,
    )


def promise_work(promise: Promise) -> Work:
    event = promise.event
    where = f"{event.name}, promise {promise.identifier}" if event else f"promise {promise.identifier}"
    return Work(
        kind="promise",
        identifier=promise.identifier,
        title=shortened(promise.text),
        creators=_given_by(promise),
        issued=event.date if event else day_of(promise.marked_at),
        changed=day_of(promise.changed_at),
        genre="promise given in public",
        location=where,
        url=whole(promise.get_absolute_url()),
        abstract=f"{promise.standing_words}.",
        words=promise.text,
        **_of(event),
    )


def _given_by(promise: Promise) -> tuple[Creator, ...]:
    if promise.owner:
        return (body(promise.owner.name),)
    return signed_by(promise.person) or (holders_of(promise.event) if promise.event else ())


def call_work(call: Call) -> Work:
    invented = INVENTED if call.event and call.event.is_invented else ""
    return Work(
        kind="call",
        identifier=call.identifier,
        title=call.title,
        creators=(holders_of(call.event) if call.event else ()) or signed_by(call.author),
        issued=day_of(call.opened_at),
        changed=day_of(call.changed_at),
        genre=f"call for action{invented}",
        url=whole(call.get_absolute_url()),
        abstract=shortened(call.text),
        words=call.text,
        **_of(call.event),
    )
