"""One of everything that can be taken from sight, each with its own canary word, and how it is taken."""

from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO
from uuid import uuid4

from django.utils import timezone

from archive.leaving import end_account
from archive.search.query import Query
from archive.searches import save_search, throw_search_away
from archive.studies.acts import begin_study, end_study
from events.duties import appoint, end_appointment
from events.invitations import invite, withdraw_invitation
from events.models import Duty, Event
from events.record import add_quotation, remove_quotation
from events.sign_ups import add_by_hand, give_back
from journal.attachments import add_attachment, withdraw_attachment
from journal.comments import withdraw_comment
from journal.illustrations import add_illustration, withdraw_illustration
from journal.judging import judge
from journal.models import State
from journal.posts import date_post, publish_post
from journal.publishing import unpublish_text
from journal.stories import withdraw_story
from outcomes.promises import make_promise, take_down_promise
from outcomes.signatures import withdraw_signature
from outcomes.themes import dissolve_theme, make_theme
from people.consent import consent_given
from people.guests import ANYBODY, Viewer
from people.models import Person, Role
from people.records import list_person, put_on_record, unlist_person
from people.roles import end_role, give_role
from people.subscribing import NOTES_ALONE, subscriber_at
from people.subscribing import end as end_subscription
from responses.board import change_consent, take_down_note, withdraw_note
from responses.drawing import withdraw_picture
from responses.models import Note, Photo, Station
from responses.moderation import hide_note
from responses.photos.publishing import Said, describe_photo, publish_photo, take_down_photo
from responses.poll import withdraw_option
from responses.receipts import receipt_for
from responses.stubs import print_stubs, withdraw_stub
from tests import calls, drawings, photos, polls, sent, stories

BEN = Viewer(guest_key="ben")
PDF = b"%PDF-1.4 the agenda\n%%EOF\n"


@dataclass(frozen=True)
class World:
    """Whoever acts here, and what it stands on."""

    ada: Viewer
    steward: Viewer
    event: Event
    coming: Event
    station: Station
    post_note: Callable[..., Note]


Take = Callable[[], object]
# A kind of thing in the list of tombstones: puts one there with a word in it; what is called later takes it.
Case = Callable[[World, str], Take]


def note(world: World, word: str) -> Take:
    note = world.post_note(world.station, f"We said {word}.")
    return lambda: withdraw_note(note, by=BEN)


def note_taken_down(world: World, word: str) -> Take:
    note = world.post_note(world.station, f"We shouted {word}.")
    return lambda: take_down_note(note, "It names somebody.", by=world.ada)


def picture(world: World, word: str) -> Take:
    drawing = drawings.hold_drawing(world.event)
    picture = drawings.hang_one(drawing, f"A drawing of {word}.", by=BEN)
    return lambda: withdraw_picture(picture, by=BEN)


def option(world: World, word: str) -> Take:
    option = polls.suggest(polls.hold_poll(world.event, phase="propose"), f"Talk about {word}")
    return lambda: withdraw_option(option, by=BEN)


def photo(world: World, word: str) -> Take:
    photo = photos.make_photo(world.event, world.ada, size=(96, 64))
    said = Said(alt=f"A wall that says {word}.", basis=Photo.Basis.NOBODY)
    describe_photo(photo, said, by=world.ada)
    publish_photo(photo, by=world.ada)
    return lambda: take_down_photo(photo, "Somebody is on it.", by=world.ada)


def quotation(world: World, word: str) -> Take:
    quotation = add_quotation(world.event, f"The room said {word}.", said_by="A group", by=world.ada)
    return lambda: remove_quotation(quotation, by=world.ada)


def comment(world: World, word: str) -> Take:
    comment = sent.say(sent.make_open_post(), f"I remember {word}.", by=BEN)
    return lambda: withdraw_comment(comment, by=BEN)


def story(world: World, word: str) -> Take:
    call = stories.call_for(world.ada)
    told = stories.shown(call, world.steward, f"This is how {word} came about, and it took a while.")
    return lambda: withdraw_story(told.story, by=BEN, receipt=told.receipt)


def illustration(world: World, word: str) -> Take:
    writing = world.event.writing
    upload = BytesIO(photos.a_jpeg(64, 48))
    drawn = add_illustration(writing, upload, by=world.ada, alt=f"A bowl and {word}.", basis="nobody")
    return lambda: withdraw_illustration(drawn, by=world.ada)


def attachment(world: World, word: str) -> Take:
    file = add_attachment(world.event.writing, BytesIO(PDF + word.encode()), by=world.ada, title="Agenda")
    return lambda: withdraw_attachment(file, "It has addresses in it.", by=world.ada)


def signature(world: World, word: str) -> Take:
    call = calls.called(world.post_note(world.station, "Share what there is."), world.ada)
    signature = calls.shown(call, name=word)
    return lambda: withdraw_signature(signature, by=ANYBODY)


def promise(world: World, word: str) -> Take:
    promise = make_promise(world.event, f"We will mend {word}.", by=world.ada)
    return lambda: take_down_promise(promise, "It names somebody.", by=world.steward)


def account(world: World, word: str) -> Take:
    person = Person.objects.create_user(f"{word}@example.org", name=word)
    return lambda: end_account(person, by=Viewer(person=person))


def subscriber(world: World, word: str) -> Take:
    subscriber, _ = subscriber_at(f"{word}@example.org", NOTES_ALONE, by=ANYBODY)
    return lambda: end_subscription(subscriber, by=ANYBODY)


def sign_up(world: World, word: str) -> Take:
    place = add_by_hand(world.coming, by=world.ada, name=word)
    return lambda: give_back(place, by=ANYBODY)


def study(world: World, word: str) -> Take:
    study = begin_study(f"Reading {word}", by=world.ada)
    return lambda: end_study(study, by=world.ada)


def saved_search(world: World, word: str) -> Take:
    saved = save_search(Query("power"), f"About {word}", by=world.ada)
    return lambda: throw_search_away(saved, by=world.ada)


# Of these no word is left anywhere.
EMPTIED: dict[str, Case] = {
    "note": note, "note taken down": note_taken_down, "picture": picture, "option": option, "photo": photo,
    "quotation": quotation, "comment": comment, "story": story, "illustration": illustration,
    "attachment": attachment, "signature": signature, "promise": promise, "person": account,
    "subscriber": subscriber, "sign up": sign_up, "study": study, "saved search": saved_search,
}  # fmt: skip


def hidden_note(world: World, word: str) -> Take:
    note = world.post_note(world.station, f"We whispered {word}.")
    return lambda: hide_note(note, "It names somebody.", by=world.ada)


def note_kept_back(world: World, word: str) -> Take:
    note = world.post_note(world.station, f"We thought {word}.")
    narrow = consent_given(public=False, research=False)
    return lambda: change_consent(note, narrow, by=BEN)


def removed_comment(world: World, word: str) -> Take:
    comment = sent.say(sent.make_open_post("another"), f"Nobody likes {word}.", by=world.steward)
    return lambda: judge(comment, State.REMOVED, by=world.steward, why="It could hurt somebody.")


def post(world: World, word: str) -> Take:
    post = publish_post(
        by=world.ada, body=f"<p>What {word} means.</p>", title="What it means", slug=f"post-{word}",
        published_at=timezone.now(),
    )  # fmt: skip
    return lambda: date_post(post, None, by=None)


def event_text(world: World, word: str) -> Take:
    return lambda: unpublish_text(world.event.writing, by=world.ada, why="It named somebody.")


def theme(world: World, word: str) -> Take:
    note = world.post_note(world.station, "Say when.")
    theme = make_theme(world.event, f"About {word}", by=world.ada, notes=[note])
    return lambda: dissolve_theme(theme, by=world.ada)


def listed_person(world: World, word: str) -> Take:
    person = put_on_record(word, by=world.steward)
    list_person(person, by=world.steward, basis="By mail on 4 May.")
    return lambda: unlist_person(person, by=world.steward)


# Of these the words stay for those who run things; everybody else sees nothing of them.
OUT_OF_SIGHT: dict[str, Case] = {
    "hidden note": hidden_note, "note kept back": note_kept_back, "removed comment": removed_comment,
    "post": post, "event": event_text, "theme": theme, "listed person": listed_person,
}  # fmt: skip


def role(world: World, word: str) -> Take:
    role = give_role(Person.objects.create_user(f"{word}@example.org"), Role.Kind.MODERATOR, by=world.steward)
    return lambda: end_role(role, by=world.steward)


def appointment(world: World, word: str) -> Take:
    person = Person.objects.create_user(f"{word}@example.org")
    held = appoint(person, Duty.MODERATOR, by=world.ada, event=world.event)
    return lambda: end_appointment(held, by=world.ada)


def invitation(world: World, word: str) -> Take:
    # What counts letters to one address outlives a test.
    sent_out = invite(
        f"{word}-{uuid4().hex}@example.org", duty=Duty.MODERATOR, by=world.ada, event=world.event
    )
    return lambda: withdraw_invitation(sent_out, by=world.ada)


def stub(world: World, word: str) -> Take:
    stub = print_stubs(world.station.board, by=world.ada, each=1)[0]
    return lambda: withdraw_stub(stub, by=BEN, receipt=receipt_for(stub.key))


# What somebody may do, which comes back with no page and no word.
POWERS: dict[str, Case] = {
    "role": role, "appointment": appointment, "invitation": invitation, "stub": stub,
}  # fmt: skip
