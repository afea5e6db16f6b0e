"""How each act that took something from sight is done again, by the site itself, on a restored database.

Every function takes the row as it was restored and how it stood after the act. Doing it again changes
nothing.
"""

from collections.abc import Callable

from django.db.models import Model, QuerySet
from django.utils import timezone

from archive.leaving import KEEPS_CREDIT, end_account
from archive.models import SavedSearch, Study
from events.duties import end_appointment
from events.invitations import withdraw_invitation
from events.models import Appointment, Event, Invitation, Quotation, SignUp
from events.record import remove_quotation
from events.sign_ups import give_back
from journal.attachments import withdraw_attachment
from journal.citing import forget_excerpts
from journal.illustrations import withdraw_illustration
from journal.judging import locked as held_row
from journal.judging import move, take_back
from journal.models import Attachment, Comment, Illustration, Post, State, Story, Writing
from journal.posts import date_post
from journal.publishing import unpublish_text
from outcomes.models import Promise, Signature, Theme
from outcomes.promises import take_down_promise
from outcomes.signatures import judge_signature, withdraw_signature
from outcomes.themes import dissolve_theme
from people.consent import consent_given
from people.guests import Viewer
from people.models import ListingRequest, Person, Role, Subscriber
from people.records import unlist_person
from people.roles import end_role
from people.subscribing import end as end_subscription
from responses.board import end_note
from responses.changes import append_change, locked
from responses.drawing import end_picture, standing_picture, take_off_the_record
from responses.drawing_desk import hide_picture
from responses.models import Change, Moderation, Note, Option, Photo, Picture, Stub
from responses.moderation import hide_note
from responses.photos.publishing import take_down_photo, unpublish_photo
from responses.poll import hide_option, withdraw_option

WHY = "It was out of sight when the site was restored from a backup."

Again = Callable[[Model, str], None]


def end(note: Note, standing: str) -> None:
    with locked(note.board) as board:
        note = Note.objects.select_related("station").get(pk=note.pk)
        if note.withdrawn_at is None:
            end_note(board, note, Note.Ending.WITHDRAWN, by=None)


def take_back_mark(note: Note, standing: str) -> None:
    with locked(note.board) as board:
        note = Note.objects.select_related("station").get(pk=note.pk)
        if note.withdrawn_at is None:
            end_note(board, note, Note.Ending.TAKEN_BACK, by=None)


def hide(note: Note, standing: str) -> None:
    if note.withdrawn_at is None and note.hand_count_id is None and note.moderation != Moderation.HIDDEN:
        hide_note(note, WHY, by=None)


def narrow_note(note: Note, standing: str) -> None:
    with locked(note.board) as board:
        note = Note.objects.select_related("consent").get(pk=note.pk)
        if note.withdrawn_at is None and _narrow(note, standing):
            append_change(board, Change.Kind.CONSENT_CHANGED, by=None, note=note)


def _narrow(thing: Note | Picture | Story, standing: str) -> bool:
    """Let a thing go no further than its writer said last; whether that changed anything.

    Where they allowed more since, they are asked again rather than guessed at.
    """
    before, words = thing.consent, standing.split()
    public, research = before.public and "public" in words, before.research and "research" in words
    if (public, research) == (before.public, before.research):
        return False
    version = before.wording.version if before.wording else None
    thing.consent = consent_given(public=public, research=research, version=version)
    thing.save(update_fields=["consent"])
    return True


def take_name_off(note: Note, standing: str) -> None:
    with locked(note.board) as board:
        note = Note.objects.get(pk=note.pk)
        if note.signed:
            note.signed = ""
            note.save(update_fields=["signed"])
            append_change(board, Change.Kind.NOTE_CORRECTED, by=None, note=note)


def end_drawn(picture: Picture, standing: str) -> None:
    if picture.withdrawn_at is None:
        with standing_picture(picture) as (drawing, held):
            end_picture(drawing, held, by=None)


def hide_drawn(picture: Picture, standing: str) -> None:
    if picture.withdrawn_at is None and picture.moderation != Moderation.HIDDEN:
        hide_picture(picture, WHY, by=None)


def narrow_drawn(picture: Picture, standing: str) -> None:
    if picture.withdrawn_at is None:
        with standing_picture(picture) as (_drawing, held):
            if _narrow(held, standing) and not held.consent.public:
                take_off_the_record(held, by=None)


def take_drawn_off_the_record(picture: Picture, standing: str) -> None:
    if picture.withdrawn_at is None:
        with standing_picture(picture) as (_drawing, held):
            take_off_the_record(held, by=None)


def end_suggestion(option: Option, standing: str) -> None:
    if option.withdrawn_at is None:
        withdraw_option(option, by=None, why=WHY)


def hide_suggestion(option: Option, standing: str) -> None:
    if option.withdrawn_at is None and option.moderation != Moderation.HIDDEN:
        hide_option(option, WHY, by=None)


def take_sheet_back(stub: Stub, standing: str) -> None:
    """A stub that was taken back before its note was on record: should it ever get there, it ends."""
    if stub.note:
        end(stub.note, standing)
    elif stub.withdrawn_at is None:
        stub.withdrawn_at = timezone.now()
        stub.save(update_fields=["withdrawn_at"])


def delete_photo(photo: Photo, standing: str) -> None:
    if photo.taken_down_at is None:
        take_down_photo(photo, WHY, by=None)


def take_photo_off(photo: Photo, standing: str) -> None:
    """Also one on which something was covered since: what is known of where is lost with the boxes."""
    if photo.taken_down_at is None and photo.published_at:
        unpublish_photo(photo, by=None)


def take_sent_back(sent: Comment | Story, standing: str) -> None:
    if sent.state == State.WITHDRAWN:
        return
    take_back(sent, by=None)
    if isinstance(sent, Story):
        for picture in sent.illustrations.filter(withdrawn_at=None):
            withdraw_illustration(picture, by=None)
        forget_excerpts(sent)


def put_away(sent: Comment | Story, standing: str) -> None:
    to = State.HELD if standing == State.HELD else State.REMOVED
    with held_row(sent) as now:
        if now.state not in (State.WITHDRAWN, to):
            move(now, to, by=None, why=WHY)


def hold(sent: Comment | Story, standing: str) -> None:
    put_away(sent, State.HELD)


def narrow_story(story: Story, standing: str) -> None:
    with held_row(story) as now:
        if now.state != State.WITHDRAWN:
            _narrow(now, standing)


def forget_address(story: Story, standing: str) -> None:
    Story.objects.filter(pk=story.pk).update(email="")


def put_off(post: Post, standing: str) -> None:
    if post.published_at:
        date_post(post, None, by=None)


def take_text_away(of: Post | Event, standing: str) -> None:
    writing = Writing.objects.filter(post=of) if isinstance(of, Post) else Writing.objects.filter(event=of)
    for held in writing:
        unpublish_text(held, by=None, why=WHY)


def take_words_of_signature(signature: Signature, standing: str) -> None:
    if signature.state in (Signature.State.HELD, Signature.State.SHOWN):
        judge_signature(signature, False, by=None, why=WHY)


def end_their_account(person: Person, standing: str) -> None:
    """Their name goes from what credits them too, unless they are known to have left it there."""
    end_account(person, by=Viewer(person=person), keeps_credit=standing == KEEPS_CREDIT)


def take_off_the_list(person: Person, standing: str) -> None:
    if person.is_listed or ListingRequest.objects.filter(person=person).exists():
        unlist_person(person, by=None)


def delete(row: Model, standing: str) -> None:
    row.delete()


def by_the_site(act: Callable[..., object], *words: str) -> Again:
    """An act that does nothing where it was done before."""

    def do_again(row: Model, _standing: str) -> None:
        act(row, *words, by=None)

    return do_again


MODELS: dict[str, type[Model]] = {
    model._meta.verbose_name: model
    for model in (
        Note, Picture, Option, Stub, Photo, Quotation, Comment, Story, Illustration, Attachment, Post, Event,
        Signature, Promise, Theme, Person, Subscriber, SignUp, Role, Appointment, Invitation, Study,
        SavedSearch,
    )
}  # fmt: skip


def rows_of(kind: str, identifier: str) -> QuerySet[Model]:
    """The rows that the trace calls by this id: their permanent one, or where they have none their key."""
    rows = MODELS[kind]._base_manager.all()
    if kind == "stub":
        station, _, number = identifier.rpartition("-")
        return rows.filter(station__identifier=station, number=number) if number.isdecimal() else rows.none()
    column = "identifier" if hasattr(MODELS[kind], "identifier") else "pk"
    return rows.filter(**{column: identifier})


AGAIN: dict[str, dict[str, Again]] = {
    "note": {
        "note_withdrawn": end, "mark_taken_back": take_back_mark, "note_hidden": hide, "no_note": hide,
        "consent_changed": narrow_note, "name_taken_off": take_name_off,
    },
    "picture": {
        "withdrew": end_drawn, "hidden": hide_drawn, "waiting": hide_drawn, "consent_changed": narrow_drawn,
        "taken_off_the_record": take_drawn_off_the_record,
    },
    "option": {"withdrew": end_suggestion, "hidden": hide_suggestion, "waiting": hide_suggestion},
    "stub": {"sheet_taken_back": take_sheet_back},
    "photo": {
        "taken_down": delete_photo, "taken_off_the_record": take_photo_off, "covered": take_photo_off,
    },
    "quotation": dict.fromkeys(("removed", "left_out"), by_the_site(remove_quotation)),
    "comment": {"withdrew": take_sent_back, "removed": put_away, "held": hold, "undid": put_away},
    "story": {
        "withdrew": take_sent_back, "removed": put_away, "held": hold, "undid": put_away,
        "consent_changed": narrow_story, "address_forgotten": forget_address,
    },
    "illustration": {"withdrawn": by_the_site(withdraw_illustration)},
    "attachment": {"withdrawn": by_the_site(withdraw_attachment, WHY)},
    "post": {"unpublished": put_off, "took_text_away": take_text_away},
    "event": {"took_text_away": take_text_away},
    "signature": {
        "withdrew": by_the_site(withdraw_signature), "removed": take_words_of_signature,
        "let_wait": take_words_of_signature,
    },
    "promise": {"taken_down": by_the_site(take_down_promise, WHY)},
    "theme": {"theme_dissolved": by_the_site(dissolve_theme)},
    "person": {
        "account_ended": end_their_account, "unlisted": take_off_the_list, "not_listed": take_off_the_list,
    },
    "subscriber": {"unsubscribed": by_the_site(end_subscription)},
    "sign up": dict.fromkeys(("gave_back", "taken_off"), by_the_site(give_back)),
    "role": {"role_ended": by_the_site(end_role)},
    "appointment": {"appointment_ended": by_the_site(end_appointment)},
    "invitation": {"invitation_withdrawn": by_the_site(withdraw_invitation)},
    "study": {"ended": delete},
    "saved search": {"thrown_away": delete},
}  # fmt: skip
