"""Letters about what was published before: it cites more notes now, or was taken back.

Of further notes, only those who follow these are told.
"""

from collections.abc import Iterable

from django.db.models import Q
from django.tasks import task
from django.utils.translation import gettext as _

from outcomes.models import Decision, Statement
from outcomes.telling import News, notes_behind, tell_of_news, tell_of_notes
from people.guests import ANYBODY
from responses.models import Note
from responses.telling import What, tell_followers

KINDS: dict[str, tuple[type[Statement | Decision], What]] = {
    "statement": (Statement, "heard"),
    "decision": (Decision, "answered"),
}


def tell_of_more(thing: Statement | Decision, notes: Iterable[Note]) -> None:
    """Tell that `thing`, which is public, is about these notes as well."""
    send_more.enqueue(thing._meta.model_name, thing.pk, [note.pk for note in notes])


@task
def send_more(kind: str, pk: int, notes: list[int]) -> None:
    model, what = KINDS[kind]
    found = model.objects.visible_to(ANYBODY).standing().filter(pk=pk).first()
    if found is None:
        return
    if getattr(found, "kind", "") == Decision.Kind.WILL_NOT:
        what = "declined"
    for note in Note.objects.filter(pk__in=notes).select_related("station").order_by("pk"):
        tell_followers(note, what, where=found.get_absolute_url())


def tell_of_taking_back(thing: Statement | Decision) -> None:
    """Tell that `thing` was taken back, if it was public: what it cites may wait for an answer again."""
    send_taken_back.enqueue(thing._meta.model_name, thing.pk)


@task
def send_taken_back(kind: str, pk: int) -> None:
    model, _what = KINDS[kind]
    found = model.objects.visible_to(ANYBODY).filter(pk=pk).select_related("event").first()
    if found is None:
        return
    is_decision = isinstance(found, Decision)
    notes = notes_behind(found) if is_decision else found.notes.all()
    told = tell_of_notes(notes, "taken_back", found.get_absolute_url())
    about = _("A statement of “%(event)s” was taken back, with the reason")
    if is_decision:
        about = _("A decision of “%(event)s” was taken back, with the reason")
    followed = Q(event=found.event) | (Q(decision=found) if is_decision else Q())
    tell_of_news(followed, News(found, about % {"event": found.event}, "taken back"), without=told)
