"""What is read of calls for action: the list, and one call with who signed it and how it goes."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from django.core.paginator import Page, Paginator
from django.db.models import Count, Q

from outcomes.models import Call, CallQuerySet, CallUpdate, Signature, Statement
from outcomes.signature_tokens import token_of
from people.guests import Viewer
from responses.models import Note
from responses.tallies import Tally, tallies_by

A_PAGE = 50  # signatures
State = Signature.State


def listed(viewer: Viewer) -> CallQuerySet:
    """The calls that `viewer` may read, each with how many signed it (`signed`)."""
    counted = Q(signatures__state__in=(State.HELD, State.SHOWN))
    calls = Call.objects.visible_to(viewer).select_related("event", "author")
    return calls.annotate(signed=Count("signatures", filter=counted)).open_first()


@dataclass(frozen=True)
class CallPage:
    """One call as `viewer` reads it; `asked` says which page of its signatures."""

    call: Call
    viewer: Viewer
    asked: Mapping[str, str]

    @cached_property
    def runs_it(self) -> bool:
        return self.viewer.person is not None and self.call.is_run_by(self.viewer)

    @cached_property
    def cited(self) -> list[tuple[Statement, Tally]]:
        """What was heard that it answers, each with the marks of the notes that said it; two queries."""
        of = Statement.objects.visible_to(self.viewer).filter(calls=self.call)
        statements = list(of.select_related("event", "author"))
        notes = Note.objects.filter(heard_in__statement__in=statements)
        tallies = tallies_by(notes, "heard_in__statement")
        return [(one, tallies.get(one.pk, Tally())) for one in statements]

    @cached_property
    def numbers(self) -> dict[str, int]:
        """How many signed, for whom, and of how many the words wait; one query."""
        counted = Q(state__in=(State.HELD, State.SHOWN))
        number = {
            "signed": Count("pk", filter=counted),
            "organisations": Count("pk", filter=counted & Q(kind=Signature.Kind.ORGANISATION)),
            "waiting": Count("pk", filter=Q(state=State.HELD)),
            "withdrawn": Count("pk", filter=Q(state=State.WITHDRAWN, confirmed_at__isnull=False)),
        }
        return Signature.objects.filter(call=self.call).aggregate(**number)

    @cached_property
    def signatures(self) -> Page:
        """Those whose words are shown, organisations first."""
        shown = Signature.objects.visible_to(self.viewer).filter(call=self.call, state=State.SHOWN)
        in_order = shown.order_by("kind", "confirmed_at", "pk")
        return Paginator(in_order, A_PAGE).get_page(self.asked.get("page"))

    @cached_property
    def updates(self) -> list[CallUpdate]:
        """How it goes, the newest first."""
        shown = CallUpdate.objects.visible_to(self.viewer).shown().filter(call=self.call)
        return list(shown.select_related("signature", "by"))

    @cached_property
    def own_token(self) -> str:
        """What leads somebody signed in to the signature of their account; empty where there is none."""
        if self.viewer.person is None:
            return ""
        own = own_signature(self.call, self.viewer)
        return token_of(own) if own else ""


def own_signature(call: Call, viewer: Viewer) -> Signature | None:
    """The standing signature that the person behind `viewer` has on `call`, by account or by address."""
    person = viewer.person
    if person is None:
        return None
    theirs = Q(person=person) | (Q(email__iexact=person.email) if person.email else Q())
    return call.signatures.filter(theirs).exclude(state=State.WITHDRAWN).first()
