"""Who is named as the author of a work: bodies as they are called, people by family and given name."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from events.models import Event, EventOrganiser
from people.models import Person

# Words that belong to a family name: "Ludwig van Beethoven" is sought under V or B, never under L.
PARTICLES = {"van", "von", "der", "den", "de", "del", "della", "di", "da", "dos", "la", "le", "ten", "ter",
             "al", "el", "bin", "ibn", "mac", "st"}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Creator:
    """A body (`family` is empty), or a person whose name could be read as family and given."""

    name: str
    family: str = ""
    given: str = ""

    @property
    def inverted(self) -> str:
        """As catalogues write it: "Okoro, Ada"; a body as it is called."""
        return f"{self.family}, {self.given}" if self.family else self.name


def body(name: str) -> Creator:
    return Creator(" ".join(name.split()))


def person(name: str) -> Creator:
    """A person by their name as they give it. One word, and what is no plain name, stays whole."""
    words = name.split()
    if len(words) < 2 or any(mark in name for mark in ",;&()/") or "and" in words:
        return body(name)
    at = len(words) - 1
    while at > 1 and words[at - 1].lower() in PARTICLES:
        at -= 1
    return Creator(" ".join(words), family=" ".join(words[at:]), given=" ".join(words[:at]))


def bodies_of(event: Event) -> tuple[Creator, ...]:
    """Who stands for what was left at `event` without a name: its organisations, and never a person.

    Whoever holds an event did not write the notes that were left there.
    """
    return tuple(body(str(one.organisation)) for one in _organisers(event) if one.organisation_id)


def bodies_by_event(events: Collection[int]) -> dict[int, tuple[Creator, ...]]:
    """The same for several events by their keys; one query, or none for none."""
    named = EventOrganiser.objects.filter(event__in=events).exclude(organisation=None)
    found: dict[int, tuple[Creator, ...]] = dict.fromkeys(events, ())
    for one in named.select_related("organisation").order_by("event", "position", "pk") if events else ():
        found[one.event_id] += (body(one.organisation.name),)
    return found


def holders_of(event: Event) -> tuple[Creator, ...]:
    """Who answers for the record of `event`: its organisations, else its people."""
    named = list(_organisers(event))
    bodies = tuple(body(str(one.organisation)) for one in named if one.organisation_id)
    return bodies or tuple(person(str(one.person)) for one in named)


def signed_by(author: Person | None) -> tuple[Creator, ...]:
    """The one who signed it; nobody where they left."""
    return (person(author.name),) if author and author.name else ()


def _organisers(event: Event) -> Iterable[EventOrganiser]:
    """One query, or none where they came with the event."""
    if "organisers" in getattr(event, "_prefetched_objects_cache", {}):
        return event.organisers.all()
    return event.organisers.select_related("person", "organisation")
