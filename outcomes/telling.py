"""Letters about what came of it: to those who follow a note, and to those who follow an outcome.

A worker writes them, and only about what anybody may open by then. No letter holds a word that
somebody wrote; nobody is told the same thing twice because they follow it in two ways.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Model, Q, QuerySet
from django.tasks import task
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from events.models import Event
from outcomes.following import stop_address
from outcomes.models import Amendment, Call, Decision, Declined, OutcomeFollower, Promise, Statement
from people.guests import ANYBODY
from people.models import Subscriber
from people.outbox import whole_address, write_letter
from people.subscribing import own_address
from responses.models import Note
from responses.telling import What, tell_followers

MOVED: dict[str, str] = {
    "draft": gettext_lazy("An amendment of “%(principle)s” is proposed"),
    "open": gettext_lazy("An amendment of “%(principle)s” is open for marks"),
    "accepted": gettext_lazy("An amendment of “%(principle)s” was accepted"),
    "declined": gettext_lazy("An amendment of “%(principle)s” was declined"),
    "withdrawn": gettext_lazy("An amendment of “%(principle)s” was taken back"),
}


@dataclass(frozen=True, slots=True)
class News:
    """One piece of news: `about` is what it says of `thing`, `step` tells it from other news of it."""

    thing: Model
    about: str
    step: str
    where: str = ""

    @property
    def path(self) -> str:
        return self.where or self.thing.get_absolute_url()


def tell_of_statement(statement: Statement) -> None:
    """Tell that the organisers say what they heard."""
    send_statement.enqueue(statement.pk)


def tell_of_decision(decision: Decision) -> None:
    """Tell that something was decided."""
    send_decision.enqueue(decision.pk, 0)


def tell_of_update(decision: Decision, update: Model) -> None:
    """Tell that there is news of a decision."""
    send_decision.enqueue(decision.pk, update.number)


def tell_of_declining(notes: Iterable[Note]) -> None:
    """Tell those who follow these notes that they will not be taken up."""
    send_declined.enqueue([note.pk for note in notes])


def tell_of_amendment(amendment: Amendment) -> None:
    """Tell that other words are proposed, or what was decided about them."""
    send_amendment.enqueue(amendment.pk, amendment.state)


def tell_of_promise(promise: Promise) -> None:
    """Tell that a promise is on the ledger, or what became of it."""
    send_promise.enqueue(promise.pk, promise.updates.count())


def tell_of_call(call: Call) -> None:
    """Tell that a call is open, how it goes, or that it is closed."""
    send_call.enqueue(call.pk, call.updates.count())


@task
def send_statement(pk: int) -> None:
    found = Statement.objects.visible_to(ANYBODY).standing().filter(pk=pk).select_related("event").first()
    if found:
        told = tell_of_notes(found.notes.all(), "heard", found.get_absolute_url())
        news = News(
            found, _("What was heard at “%(event)s” is on record") % {"event": found.event}, "published"
        )
        tell_of_news(Q(event=found.event), news, without=told)


@task
def send_decision(pk: int, number: int) -> None:
    found = Decision.objects.visible_to(ANYBODY).standing().filter(pk=pk).select_related("event").first()
    if found is None:
        return
    refuses = found.kind == Decision.Kind.WILL_NOT
    what: What = "moved" if number else "declined" if refuses else "answered"
    told = tell_of_notes(notes_behind(found), what, found.get_absolute_url())
    about = _("A decision of “%(event)s” has news") if number else _("A decision of “%(event)s” is on record")
    about %= {"event": found.event}
    tell_of_news(Q(event=found.event) | Q(decision=found), News(found, about, str(number)), without=told)


@task
def send_declined(pks: list[int]) -> None:
    public = Event.objects.visible_to(ANYBODY)
    standing = Declined.objects.standing().filter(note__in=pks, note__board__event__in=public)
    notes = Note.objects.filter(pk__in=standing.values("note"))
    # Where a note is kept to its board, its page is not there for whoever opens the letter.
    open_to_all = set(Note.objects.visible_to(ANYBODY).filter(pk__in=notes).values_list("pk", flat=True))
    told: set[int] = set()
    for note in notes.select_related("station").order_by("pk"):
        told |= tell_followers(
            note, "declined", where=note.get_absolute_url() if note.pk in open_to_all else ""
        )
    for event in public.filter(pk__in=notes.values("board__event")).order_by("pk"):
        where = f"{reverse('event_waiting', args=[event.slug])}?filter=declined"
        about = _("The organisers of “%(event)s” will not take up some of the notes, and say why") % {
            "event": event
        }
        tell_of_news(Q(event=event), News(event, about, f"declined {min(pks)}", where), without=told)


@task
def send_amendment(pk: int, state: str) -> None:
    found = Amendment.objects.visible_to(ANYBODY).filter(pk=pk).select_related("principle").first()
    if found:
        told = tell_of_notes(found.notes.all(), "amended", found.get_absolute_url())
        about = MOVED[state] % {"principle": found.principle}
        tell_of_news(
            Q(amendment=found) | Q(event__isnull=False, event=found.event_id),
            News(found, about, state),
            without=told,
        )


@task
def send_promise(pk: int, number: int) -> None:
    found = Promise.objects.visible_to(ANYBODY).on_the_ledger().filter(pk=pk).first()
    if found:
        about = _("There is news of a promise") if number else _("A promise is on the ledger")
        tell_of_news(
            Q(promise=found) | Q(event__isnull=False, event=found.event_id),
            News(found, about, str(number)),
            without=set(),
        )


@task
def send_call(pk: int, number: int) -> None:
    found = Call.objects.visible_to(ANYBODY).filter(pk=pk).first()
    if found:
        goes_on = found.updates.filter(is_shown=True, at__gt=found.closed_at or found.made_at).exists()
        closes = found.closed_at is not None and not goes_on
        about = _("“%(call)s” has news") if goes_on else _("“%(call)s” can be signed")
        if closes:
            about = _("“%(call)s” is closed")
        about %= {"call": found.title}
        followed = Q(call=found) | (Q(event=found.event_id) if found.event_id else Q())
        tell_of_news(followed, News(found, about, "closed" if closes else str(number)), without=set())


def notes_behind(decision: Decision) -> QuerySet[Note]:
    """The notes cited by what this decision cites, as far as it stands."""
    return Note.objects.filter(statements__in=decision.statements.standing()).distinct()


def tell_of_notes(notes: QuerySet[Note], what: What, where: str) -> set[int]:
    """Write to those who follow these notes; returns the subscribers."""
    followed = notes.filter(followers__isnull=False).select_related("station").distinct().order_by("pk")
    return {pk for note in followed for pk in tell_followers(note, what, where=where)}


def tell_of_news(what: Q, news: News, *, without: set[int]) -> None:
    """Write to those who follow one of these things, and were not written to for a note of theirs."""
    follows = OutcomeFollower.objects.filter(what, subscriber__wants_notes=True)
    confirmed = Subscriber.objects.confirmed().exclude(pk__in=without)
    told: set[int] = set()
    for follow in (
        follows.filter(subscriber__in=confirmed)
        .select_related("subscriber")
        .order_by("subscriber__email", "pk")
    ):
        if follow.subscriber_id not in told:
            told.add(follow.subscriber_id)
            _write(follow, news)


def _write(follow: OutcomeFollower, news: News) -> None:
    context = {
        "about": news.about,
        "where": whole_address(news.path),
        "address": own_address(follow.subscriber),
    }
    kind = news.thing._meta.model_name
    write_letter(
        "outcome", follow.subscriber.email, name="outcome_news", context=context,
        key=f"{kind} {news.thing.identifier} {news.step} {follow.subscriber_id}",
        unsubscribe=stop_address(follow),
    )  # fmt: skip
