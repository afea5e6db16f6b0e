"""Reading the ledger of promises: what is listed, and how many stand how."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count

from outcomes.models import Promise, PromiseQuerySet


@dataclass(frozen=True, slots=True)
class Standing:
    """How many promises stand in one way: "late" is called "Late"."""

    name: str
    words: str
    number: int


def standings_of(promises: PromiseQuerySet) -> Sequence[Standing]:
    """How many of `promises` stand how, in the order of the ledger; one query."""
    on_it = promises.on_the_ledger().with_standing().order_by().values_list("stands")
    numbers = dict(on_it.annotate(number=Count("pk")))
    return [Standing(name, words, numbers.get(name, 0)) for name, words in Promise.STANDINGS.items()]
