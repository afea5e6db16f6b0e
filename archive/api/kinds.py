"""The kinds of things that are told, each as one list and item by item."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from django.db.models import Model, QuerySet

from archive.api.facts import CHANGED, COMMON, Fact, Told
from archive.cite.work import Work
from archive.cite.works import work_of


@dataclass(frozen=True, slots=True)
class Filter:
    """What a list can be narrowed by: `column` is equal to the value."""

    about: str
    column: str


@dataclass(frozen=True, slots=True)
class Kind:
    """`rows` begins with the rule of sight and has `stamp` where `is_dated`; `name` stands in addresses."""

    name: str
    one: str
    about: str
    rows: Callable[[], QuerySet[Model]]
    with_parts: Callable[[QuerySet], QuerySet]
    own_facts: Sequence[Fact]
    filters: Mapping[str, Filter] = field(default_factory=dict)
    is_dated: bool = True
    # Whether the parameters of the search narrow it too.
    is_searched: bool = False
    work: Callable[..., Work] = work_of

    @property
    def facts(self) -> tuple[Fact, ...]:
        return (*COMMON, *self.own_facts, *((CHANGED,) if self.is_dated else ()))

    def told(self, thing: Model, names: Sequence[str] = ()) -> dict[str, object]:
        """What is said of `thing`: the facts called `names`, or all; always its id."""
        about = Told(thing, self.work(thing))
        wanted = {"id", *names} if names else None
        return {fact.name: fact.of(about) for fact in self.facts if wanted is None or fact.name in wanted}
