"""Marking a sentence of a published text as a promise: the act, and where each promise stands."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from urllib.parse import quote

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext_lazy

from journal.models import Sentence, Version, Writing
from journal.promise_words import Said, promises_in, sentences_of
from journal.writing import must_write
from outcomes.models import Promise
from outcomes.promises import make_promise
from people.guests import ANYBODY, Viewer
from people.models import Organisation, Person
from people.refusals import Refused

NOT_PUBLIC = gettext_lazy("A promise is marked in what everybody can read. Publish the text first.")
NOT_SAID = gettext_lazy("That sentence does not stand in the text any more. Look at the page again.")


@dataclass(frozen=True, slots=True)
class Place:
    """Where a promise was given: `address` is the version that said it, empty where nobody may read it now.

    `sentence_address` also points a browser to the sentence itself.
    """

    name: str
    version: int
    address: str
    sentence_address: str


@transaction.atomic
def mark_promise(
    writing: Writing, block_id: str, sentence: str, *, by: Viewer | None,
    owner: Organisation | None = None, person: Person | None = None, due: str = "",
) -> Promise:  # fmt: skip
    """Put a sentence that readers see now on the ledger, word for word; marking it again changes nothing.

    Refuses those who do not write the text, a text not everybody can read, and other words.
    """
    must_write(writing, by)
    held = Writing.objects.select_for_update(no_key=True).get(pk=writing.pk)
    if (shown := shown_version(held)) is None:
        raise Refused(NOT_PUBLIC)
    said = Said(block_id, " ".join(sentence.split()))
    if said not in sentences_of(shown.blocks):
        raise Refused(NOT_SAID)
    if there := marked_in(held).get(said.text):
        return there
    facts = {"owner": owner, "person": person, "due": due}
    promise = make_promise(held.event, said.text, by=by, **facts)
    Sentence.objects.get_or_create(
        promise=promise, defaults={"writing": held, "version": shown.number, "block": block_id}
    )
    return promise


def shown_version(writing: Writing) -> Version | None:
    """The version that everybody can read now; one query."""
    public = Writing.objects.visible_to(ANYBODY).filter(pk=writing.pk)
    return Version.objects.filter(writing__in=public, number=writing.shown).first()


def marked_in(writing: Writing) -> dict[str, Promise]:
    """The promises marked in a text that stand on the ledger, by their words; one query."""
    marked = Promise.objects.on_the_ledger().filter(sentence__writing=writing)
    return {promise.text: promise for promise in marked.order_by("sentence__at", "pk")}


def found_in(writing: Writing) -> Sequence[Said]:
    """What readers see of it that sounds like a promise and is not marked as one; two queries at most."""
    shown = shown_version(writing)
    guessed = promises_in(shown.blocks) if shown else []
    marked = marked_in(writing) if guessed else {}
    return [said for said in guessed if said.text not in marked]


def others_in(writing: Writing) -> Sequence[Said]:
    """The other sentences that readers see of it, in order: nobody has to share the guess."""
    shown = shown_version(writing)
    if shown is None:
        return ()
    guessed, marked = set(promises_in(shown.blocks)), marked_in(writing)
    said = dict.fromkeys(sentences_of(shown.blocks))
    return [one for one in said if one not in guessed and one.text not in marked]


def places_of(promises: Iterable[Promise], viewer: Viewer) -> dict[int, Place]:
    """Where each of `promises` that was marked in a text was given, by its key; two queries at most."""
    texts = {promise.pk: promise.text for promise in promises if not promise.taken_down_at}
    marked = Sentence.objects.filter(promise__in=texts).select_related("writing__event", "writing__post")
    sentences = list(marked) if texts else []
    writings = {sentence.writing_id for sentence in sentences}
    readable = Version.objects.visible_to(viewer).filter(writing__in=writings) if writings else ()
    may_read = {(version.writing_id, version.number) for version in readable}
    found = {}
    for sentence in sentences:
        address = _address(sentence) if (sentence.writing_id, sentence.version) in may_read else ""
        name = str(sentence.writing.of) if address else ""
        found[sentence.promise_id] = Place(
            name, sentence.version, address, _pointed(address, texts[sentence.promise_id])
        )
    return found


def _address(sentence: Sentence) -> str:
    kind = "event" if sentence.writing.event_id else "post"
    return reverse(f"{kind}_version", args=[sentence.writing.of.slug, sentence.version])


def _pointed(address: str, sentence: str) -> str:
    """A dash means something in such a pointer, and `quote` leaves it."""
    return f"{address}#:~:text={quote(sentence, safe='').replace('-', '%2D')}" if address else ""
