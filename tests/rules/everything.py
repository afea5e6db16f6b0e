"""The scenes of the matrix, with a row of every kind of thing that is stored."""

from collections.abc import Callable
from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from events.invitations import hash_of
from events.models import Event, Invitation
from journal.judging import judge
from journal.models import (
    Draft,
    Judgement,
    LearnedWord,
    Post,
    PostSeries,
    Report,
    Sentence,
    State,
    Story,
    Writing,
)
from outcomes.amendments import decline_amendment
from outcomes.calls import close_call
from outcomes.decisions import withdraw_decision
from outcomes.declining import decline_notes
from outcomes.models import NoTie
from outcomes.naming import name_key
from outcomes.promises import make_promise, take_down_promise, update_promise
from outcomes.statements import withdraw_statement
from outcomes.ties import say_no_tie, tie
from people.guests import Viewer
from people.models import Act, Case, CaseNote, Letter, Person
from responses.drawing_desk import hide_picture
from responses.hands import count_hands
from responses.models import Layout, Mark, Note, Photo, Picture, Reading, Station, Transcript
from tests.calls import called
from tests.outcomes.amending import opened
from tests.outcomes.makers import decided, heard
from tests.rules.archived import keep_of_archive
from tests.rules.planting import markers, out_of_lines, out_of_markup
from tests.rules.scenes import Scene
from tests.texts import names, quoted, words

# What the letters of invitations lead to: one to an event, one to a record.
LETTERS = ("hostile-to-an-event", "hostile-to-a-record")


@pytest.fixture
def everything(
    published: Scene, draft: Scene, post_note: Callable[..., Note], ada: Viewer, dee: Viewer, steward: Viewer
) -> tuple[Scene, Scene]:
    """Both scenes, and what neither has."""
    invite(published.event, ada)
    cite(published.event.writing, ada)
    for post in published.posts:
        cite(post.writing, steward)
    decide(published, ada)
    import_more(published.board.stations.get(), ada)
    keep_letters()
    see_to_requests(ada)
    file_under(published.posts[0], ada)
    promise(published, ada)
    decline_notes([post_note(published.board.stations.get(), by=dee)], "There is no money for it.", by=ada)
    tie_two(published, ada)
    end_everything(published, ada)
    keep_of_archive(ada)
    leave_traces(published.event, steward)
    return published, draft


def promise(scene: Scene, ada: Viewer) -> None:
    """One with evidence, one with news, one that was taken down, and one marked in a text."""
    make_promise(scene.event, "We will plant them.", by=None, evidence="They stand.")
    told = make_promise(scene.event, "We will water them.", by=ada, due="2019")
    update_promise(told, "late", "It was dry.", by=ada, evidence="https://example.org/", due="2020")
    take_down_promise(make_promise(scene.event, "Kim pays.", by=ada), "It named somebody.", by=None)
    marked = make_promise(None, "We will write of it.", by=ada)
    Sentence.objects.create(promise=marked, writing=scene.posts[0].writing, version=1, block="a1")


def end_everything(scene: Scene, ada: Viewer) -> None:
    """What was taken back, closed or declined, each with its reason."""
    note, principle = scene.notes[2], scene.principles.principles.last()
    taken_back = heard(note, ada, "People ask for paper.")
    withdraw_decision(decided(taken_back, "will_do", ada), "It was said too early.", by=ada)
    withdraw_statement(taken_back, "Nobody asked for that.", by=ada)
    close_call(called(note, ada, "Share a chair"), "There are enough.", by=ada)
    decline_amendment(opened(principle, ada, "Time is given."), "It says less.", by=ada)


def tie_two(scene: Scene, ada: Viewer) -> None:
    """Two principles that belong together, and a note that does not mean the one it names."""
    power, time = scene.principles.principles.all()
    tie(power, time, "Who has the time decides.", by=ada)
    say_no_tie(scene.notes[2], time, "It means the clock.", by=ada)


def name_in_vain() -> None:
    """Let the note name that principle, as it is called now: the crosswalk lists only what is found."""
    said = NoTie.objects.select_related("note", "principle").get()
    Note.objects.filter(pk=said.note.pk).update(text=f"Links to {name_key(said.principle.name)}")


def invite(event: Event, ada: Viewer) -> None:
    """To a role, and to a record that is somebody's."""
    until = timezone.now() + timedelta(days=9)
    facts = {"expires_at": until, "message": "Come.", "invited_by": ada.person}
    record = Person.objects.filter(email=None, is_listed=False).get()
    for letter, about in zip(
        LETTERS, ({"event": event, "duty": "facilitator"}, {"record": record}), strict=True
    ):
        email = f"{letter}@example.org"
        Invitation.objects.create(email=email, token_hash=hash_of(letter), **about, **facts)


def cite(writing: Writing, writer: Viewer) -> None:
    """Versions that show the film, the file, the picture and the stories there are; a draft that was left."""
    rows = {"film": writing.films, "file": writing.attachments, "illustration": writing.illustrations}
    things = [(kind, thing) for kind, query in rows.items() for thing in query.all()]
    things += [("story", story) for story in Story.objects.filter(state=State.SHOWN)]
    when = timezone.now()
    writing.attachments.create(title="Notes", size=1, was_shown=True, withdrawn_at=when, why="It was old.")
    blocks = [names(kind, thing.identifier, f"e{number}") for number, (kind, thing) in enumerate(things)]
    for version in writing.versions.all():
        writing.versions.filter(pk=version.pk).update(blocks=[*version.blocks, *blocks])
    # That of a post was overtaken meanwhile.
    based_on = writing.version - (writing.post is not None)
    blocks = [words(), quoted("Say it."), *blocks]
    Draft.objects.create(writing=writing, person=writer.person, based_on=based_on, number=1, blocks=blocks)


def see_to_requests(ada: Viewer) -> None:
    """What was sent is answered and closed, with a note."""
    case, now = Case.objects.get(), timezone.now()
    facts = {"answer": "It is gone.", "outcome": "It is gone.", "handled_by": ada.person}
    Case.objects.update(answered_at=now, closed_at=now, acknowledged_at=now, **facts)
    CaseNote.objects.create(case=case, by=ada.person, text="It was hard to find.")


def decide(scene: Scene, ada: Viewer) -> None:
    """Reports that wait and that were decided, judgements past the act, and a ruling."""
    event = scene.event
    things = [{"event": event}, {"comment": event.comments.first()}, {"note": scene.notes[2]}]
    for facts in ({}, {"outcome": "dismissed", "answer": "It stays.", "decided_by": ada.person}):
        for thing in things:
            Report.objects.create(key=uuid4(), reason="other", text="Look at it.", **thing, **facts)
    story = Story.objects.filter(call__in=event.story_calls.all()).first()
    why = out_of_markup(markers()["journal.judgement.why"], 500)
    for thing in ({"comment": event.comments.first()}, {"story": story}):
        Judgement.objects.create(**thing, before=State.HELD, after=State.HELD, why=why, by=ada.person)
    kept = Story.objects.filter(call__in=event.story_calls.all(), state=State.SHOWN, consent__public=False)
    judge(kept.get(), State.REMOVED, by=ada, why="It names somebody.")
    photos = Photo.objects.filter(event=event, published_at=None, taken_down_at=None)
    photos.update(making=Photo.Making.FAILED)
    pictures = Picture.objects.filter(drawing__event=event, withdrawn_at=None)
    hide_picture(pictures.first(), "It shows a face.", by=None)
    reading = Reading.objects.filter(note__board__event=event).first()
    reading.note.rulings.create(number=1, action="reject", reading=reading, why="Not so.", by=ada.person)


def import_more(station: Station, ada: Viewer) -> None:
    """A transcript with what became no note, hands that were counted, why counts differ, and a layout."""
    text = {"text": "A wall", "preamble": "A wall", "closing": "The end", "digest": "0" * 64}
    Transcript.objects.create(board=station.board, captions=["A"], unplaced=["B"], added=1, **text)
    type(station).objects.filter(pk=station.pk).update(captions=["A"])
    count_hands(station, by=ada, key=uuid4(), mark=Mark.TICK, number=3, where="At the tables")
    station.count_remarks.create(stated=1, counted=2, photographed=3, why="It rained.", by=ada.person)
    Layout.objects.create(
        name="Walls", question="Who?", stations=[{"heading": "Power", "is_missing": False}], by=ada.person
    )


def file_under(post: Post, ada: Viewer) -> None:
    """In a series, under a tag and by somebody who is listed, so that each has its feed."""
    listed = Person.objects.filter(email=None, is_listed=True).get()
    post.series, post.part = PostSeries.objects.create(slug="walls", name="Walls"), 1
    post.save(update_fields=["series", "part"])
    post.tags.add("walls")
    post.authors.create(person=listed, name="Eve")


def keep_letters() -> None:
    """One that the mail server refused, for which somebody asked."""
    Letter.objects.create(
        kind="story", key="story", to="ben@example.org", subject="A story", text="Words.",
        html="<p>Words.</p>", unsubscribe="https://coproduce.example/", trouble="No.",
        failed_at=timezone.now(),
    )  # fmt: skip
    LearnedWord.objects.create(word="lottery", removed=3)


def leave_traces(event: Event, steward: Viewer) -> None:
    """PostgreSQL lets nobody change these, so that they are hostile from the start."""
    given = markers()
    for family in (out_of_markup, out_of_lines):
        said = {
            field: family(given[f"people.act.{field}"], Act._meta.get_field(field).max_length)
            for field in ("actor", "verb", "subject_kind", "subject", "why")
        }
        about = {"subject_kind": "event", "subject": event.identifier}
        for known in ({}, about, about | {"actor": "person", "verb": "changed"}):
            Act.objects.create(person=steward.person, **said | known)
