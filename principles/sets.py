"""How a principle set comes on record: whole, in order, with its first wordings."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from people.guests import Viewer
from people.refusals import Refused
from people.trace import leave_trace
from principles.models import Principle, PrincipleSet, Wording
from principles.wording import add_wording


@dataclass(frozen=True, slots=True)
class NewPrinciple:
    """A principle on its way into a set; without `text` no wording is recorded for it.

    `slug` is its part of the address and is made from the name where it is left out.
    """

    name: str
    letter: str = ""
    slug: str = ""
    text: str = ""
    status: str = Wording.Status.TRANSCRIBED
    source: str = ""
    doubt: str = ""

    @property
    def address(self) -> str:
        return self.slug or slugify(self.name)[:50]


@transaction.atomic
def publish_set(
    *, by: Viewer | None, slug: str, name: str, principles: Sequence[NewPrinciple], **fields: object
) -> PrincipleSet:
    """Put a set on record with its principles in the order given, and their wordings.

    `fields` are those of PrincipleSet: authors, year, summary, source, spells_its_name.
    Refuses an address that is taken, a set without principles, names that are empty or come
    twice, and whatever `add_wording` refuses; then nothing of the set is kept.
    """
    _must_be_a_list(name, principles)
    if PrincipleSet.objects.filter(slug=slug).exists():
        raise Refused(
            _("There is a set at “%(slug)s” already. Choose another address for this one.") % {"slug": slug}
        )
    made = PrincipleSet(slug=slug, name=name.strip(), **fields)
    _save(made)
    for position, new in enumerate(principles, 1):
        _add_principle(made, new, position, by=by)
    leave_trace("published", made, by=by)
    return made


def _must_be_a_list(name: str, principles: Sequence[NewPrinciple]) -> None:
    if not name.strip():
        raise Refused(_("Give the set a name."))
    if not principles:
        raise Refused(_("Add at least one principle."))
    for position, new in enumerate(principles, 1):
        if not new.name.strip():
            raise Refused(_("Give principle %(position)s a name.") % {"position": position})
        if not new.address:
            raise Refused(
                _("Give “%(name)s” an address in plain letters, for example “shared-power”.")
                % {"name": new.name}
            )
    address, number = Counter(new.address for new in principles).most_common(1)[0]
    if number > 1:
        raise Refused(
            _("“%(address)s” stands %(number)s times in this set. Give each principle its own name.")
            % {"address": address, "number": number}
        )


def _add_principle(made: PrincipleSet, new: NewPrinciple, position: int, *, by: Viewer | None) -> None:
    principle = Principle(
        set=made, position=position, letter=new.letter, name=new.name.strip(), slug=new.address
    )
    _save(principle)
    if new.text:
        add_wording(principle, new.text, by=by, status=new.status, source=new.source, doubt=new.doubt)


def _save(row: PrincipleSet | Principle) -> None:
    try:
        row.clean_fields()
    except ValidationError as error:
        faults = [f"{field}: {' '.join(said)}" for field, said in error.message_dict.items()]
        raise Refused(
            _("“%(name)s” cannot be kept. %(faults)s") % {"name": row.name, "faults": " ".join(faults)}
        ) from None
    row.save()
