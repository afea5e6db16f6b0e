"""One thing of every kind that is kept for a time, whose time began at a given moment.

By the table of what is stored, and what the time counts from, in the words of retention.toml.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import uuid4

from django.utils import timezone

from archive.models import ExportJob, ExportLine
from events.models import Appointment, Event, Invitation, SignUp
from journal.models import Comment, Draft, Judgement, Report, State, Story
from journal.writing import writing_of
from outcomes.models import Amendment, AmendmentMark, Call, Signature
from people.guests import Viewer
from people.models import Act, Case, CaseNote, Letter, Subscriber
from principles.models import Principle
from responses.models import Activity, Reading, Station
from tests.cards import hold_cards, stand
from tests.conftest import make_person
from tests.drawings import hang_one, hold_drawing
from tests.outcomes.amending import opened
from tests.paper import paper_note, read_as
from tests.polls import choose, hold_poll, suggest
from tests.sent import make_open_post, say
from tests.stories import call_for, told

CLOSED = "the activity closed"
NEVER = "it was asked for and never confirmed"
TEXTS = {"text": "The velvet bittern.", "name": "Bea"}


class Maker:
    """Makes things whose time began at a moment; `make_event` and the others are the fixtures of tests."""

    def __init__(
        self, make_event: Callable, make_board: Callable, post_note: Callable, make_set: Callable
    ) -> None:
        self.make_event, self.make_board, self.post_note = make_event, make_board, post_note
        self.principle: Principle = make_set().principles.first()
        self.person = make_person("Fay")
        self.number = 0

    def event(self, **fields: object) -> Event:
        self.number += 1
        return self.make_event(f"day-{self.number}", **fields)

    def station(self) -> Station:
        self.number += 1
        return self.make_board(event=self.event(), slug=f"wall-{self.number}").stations.get()

    def _close(self, event: Event, at: datetime) -> None:
        Activity.objects.filter(event=event).update(state=Activity.State.CLOSED, code=None, closed_at=at)

    def note(self, at: datetime) -> None:
        station = self.station()
        self.post_note(station, "The velvet bittern.")
        self._close(station.board.event, at)

    def option(self, at: datetime) -> None:
        event = self.event()
        suggest(poll := hold_poll(event, "A table", phase="propose"))
        choose_from = hold_poll(event, "A table", "A chair", phase="choose")
        choose(choose_from, "ben", "A table")
        self._close(poll.event, at)

    def stand(self, at: datetime) -> None:
        stand(cards := hold_cards(self.event()), "ben", "Yes")
        self._close(cards.event, at)

    def picture(self, at: datetime) -> None:
        hang_one(drawing := hold_drawing(self.event()), by=Viewer(guest_key="ben"))
        self._close(drawing.event, at)

    def reading(self, at: datetime) -> Reading:
        station = self.station()
        reading = read_as(paper_note(station), "The velvet bittern.", by=Viewer(guest_key="ben"))
        Reading.objects.filter(pk=reading.pk).update(at=at)
        return reading

    def ruling(self, at: datetime) -> None:
        reading = self.reading(at - timedelta(days=1))
        reading.note.rulings.create(number=1, action="accept", reading=reading, why="It is so.", at=at)

    def letter(self, at: datetime) -> None:
        words = {"subject": "Hello", "text": "Hello", "html": "<p>Hello</p>"}
        Letter.objects.create(kind="news", to="ivy@example.org", failed_at=at, written_at=at, **words)

    def subscriber(self, at: datetime) -> None:
        Subscriber.objects.create(email=f"{uuid4().hex}@example.org", asked_at=at)

    def appointment(self, at: datetime) -> None:
        given = {"person": self.person, "duty": "moderator", "given_at": at}
        Appointment.objects.create(event=self.event(), ended_at=at, **given)
        Appointment.objects.create(event=self.event(), until=at, **given)

    def invitation(self, at: datetime) -> None:
        later = timezone.now() + timedelta(days=9999)
        for ended in ({"expires_at": at}, {"accepted_at": at}, {"withdrawn_at": at}):
            Invitation.objects.create(
                email="gil@example.org", message="Come.", duty="moderator", event=self.event(),
                token_hash=uuid4().hex, **{"expires_at": later} | ended,
            )  # fmt: skip

    def place(self, at: datetime) -> None:
        self._sign_up(self.event(date=timezone.localdate(at).isoformat()), SignUp.State.GOING, timezone.now())

    def asked_place(self, at: datetime) -> None:
        self._sign_up(self.event(date="2199-01-01"), SignUp.State.UNCONFIRMED, at)

    def _sign_up(self, event: Event, state: str, at: datetime) -> None:
        SignUp.objects.create(
            event=event, state=state, asked_at=at, name="Fay", email="fay@example.org", person=self.person,
            access_needs="A ramp.", token_hash=uuid4().hex,
        )  # fmt: skip

    def draft(self, at: datetime) -> None:
        writing = writing_of(self.event(), by=None)
        draft = Draft.objects.create(
            writing=writing, person=self.person, based_on=0, number=1, blocks=[{"kind": "text"}]
        )
        Draft.objects.filter(pk=draft.pk).update(saved_at=at)

    def comment(self, sent_at: datetime, **facts: object) -> Comment:
        self.number += 1
        comment = say(make_open_post(f"post-{self.number}"), by=Viewer(guest_key="ben"))
        typed = {**TEXTS, "email": "ben@example.org", "writer": "w" * 32, "sent_at": sent_at}
        Comment.objects.filter(pk=comment.pk).update(**typed | facts)
        return comment

    def removed_comment(self, at: datetime) -> None:
        comment = self.comment(timezone.now(), state=State.REMOVED)
        Judgement.objects.create(comment=comment, before=State.HELD, after=State.REMOVED, at=at)

    def story(self, sent_at: datetime, **facts: object) -> Story:
        story = told(call_for(None)).story
        typed = {
            **TEXTS,
            "title": "A day",
            "email": "ben@example.org",
            "writer": "w" * 32,
            "sent_at": sent_at,
        }
        Story.objects.filter(pk=story.pk).update(**typed | facts)
        return story

    def removed_story(self, at: datetime) -> None:
        story = self.story(timezone.now(), state=State.REMOVED)
        Judgement.objects.create(story=story, before=State.HELD, after=State.REMOVED, at=at)

    def report(self, at: datetime) -> None:
        Report.objects.create(
            event=self.event(), key=uuid4(), reason="wrong", text="It rained.", email="ben@example.org",
            outcome="dismissed", answer="It stays.", decided_at=at,
        )  # fmt: skip

    def mark(self, at: datetime) -> None:
        amendment = opened(self.principle, None)
        Amendment.objects.filter(pk=amendment.pk).update(state="declined", decided_at=at, decided_why="No.")
        AmendmentMark.objects.create(amendment=amendment, token="t" * 64, mark="tick", at=at)

    def _sign(self, call: Call, state: str, at: datetime) -> None:
        Signature.objects.create(
            call=call, key=uuid4(), kind="organisation", name="Eve", organisation="The library",
            will_do="I will bring soup.", email=f"{uuid4().hex}@example.org", token_hash=uuid4().hex,
            state=state, asked_at=at, confirmed_at=None if state == Signature.State.ASKED else at,
        )  # fmt: skip

    def call(self, **facts: object) -> Call:
        words = {"title": "Share", "text": "Share it.", "opened_at": timezone.now()}
        return Call.objects.create(event=self.event(), **words | facts)

    def signature(self, at: datetime) -> None:
        self._sign(self.call(closed_at=at, closed_why="Done."), Signature.State.SHOWN, timezone.now())

    def asked_signature(self, at: datetime) -> None:
        self._sign(self.call(), Signature.State.ASKED, at)

    def job(self, at: datetime) -> None:
        asked = {"form": "package", "query": "q=a", "asked_at": at}
        ExportJob.objects.create(person=self.person, **asked)
        ExportJob.objects.create(token_hash=uuid4().hex, **asked)

    def line(self, at: datetime) -> None:
        ExportLine.objects.create(person=self.person, form="csv", query="q=a", rows=1, terms=1, at=at)

    def case(self, at: datetime) -> None:
        case = Case.objects.create(
            key=uuid4(), token_hash=uuid4().hex, kind="note", said="The velvet bittern.",
            answer="It is gone.", outcome="It is gone.", email="dee@example.org", answered_at=at,
            closed_at=at,
        )  # fmt: skip
        CaseNote.objects.create(case=case, text="It was hard to find.")

    def act(self, at: datetime) -> None:
        facts = {"actor": "person", "person": self.person, "why": "It rained.", "at": at}
        Act.objects.create(verb="described", subject_kind="event", subject="x", **facts)


# By table and what the time counts from; several columns of a table may count from the same.
MAKERS: dict[tuple[str, str], Callable[[Maker, datetime], object]] = {
    ("responses.participant", CLOSED): Maker.note,
    ("responses.note", CLOSED): Maker.note,
    ("responses.option", CLOSED): Maker.option,
    ("responses.choice", CLOSED): Maker.option,
    ("responses.stand", CLOSED): Maker.stand,
    ("responses.picture", CLOSED): Maker.picture,
    ("responses.reading", "it was read"): Maker.reading,
    ("responses.reading", "the note was ruled on"): Maker.ruling,
    ("people.letter", "it was given up"): Maker.letter,
    ("people.subscriber", NEVER): Maker.subscriber,
    ("people.act", "it was done"): Maker.act,
    ("people.case", "it was closed"): Maker.case,
    ("people.casenote", "it was closed"): Maker.case,
    ("events.appointment", "it ended"): Maker.appointment,
    ("events.invitation", "it ended"): Maker.invitation,
    ("events.signup", "the event"): Maker.place,
    ("events.signup", NEVER): Maker.asked_place,
    ("journal.draft", "it was saved"): Maker.draft,
    ("journal.comment", "it was sent"): Maker.comment,
    ("journal.comment", "it was removed"): Maker.removed_comment,
    ("journal.story", "it was sent"): Maker.story,
    ("journal.story", "it was removed"): Maker.removed_story,
    ("journal.report", "it was decided"): Maker.report,
    ("outcomes.amendmentmark", "it was decided"): Maker.mark,
    ("outcomes.signature", "the call ended"): Maker.signature,
    ("outcomes.signature", NEVER): Maker.asked_signature,
    ("archive.exportjob", "it was asked for"): Maker.job,
    ("archive.exportline", "it was taken"): Maker.line,
}
