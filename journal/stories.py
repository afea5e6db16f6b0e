"""Acts on stories: telling one, and what whoever told it may do with it.

A story is public only after somebody who moderates it showed it (`journal.judging`), and each change
by its teller takes it out of sight until somebody does so again.
"""

from dataclasses import asdict, dataclass
from typing import IO
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from coproduce.marking import gettext_noop
from journal.citing import forget_excerpts
from journal.illustrations import add_illustration, withdraw_illustration
from journal.judging import hold_again, locked, take_back
from journal.models import Illustration, State, Story, StoryCall
from journal.spam.screening import Verdict, look_at
from journal.spam.trust import trust_of
from journal.spam.writers import writer_of
from journal.telling import tell_received
from people.guests import Viewer
from people.models import Consent
from people.refusals import Refused
from people.trace import leave_trace
from responses.receipts import hash_of, receipt_for, receipt_of
from responses.words import tidy_words

LONGEST = {"title": 200, "topic": 100, "name": 100, "text": 20_000}  # characters
MOST_TYPED = 10 * LONGEST["text"]  # before it is tidied
MOST_PICTURES = 5
KEPT_REASONS = 12
TOO_LONG = {
    "title": gettext_lazy("That title has %(number)s characters. %(most)s have to do."),
    "name": gettext_lazy("That name has %(number)s characters. %(most)s have to do."),
    "story": gettext_lazy("That story has %(number)s characters. %(most)s have to do."),
}
CHANGED = gettext_noop("Whoever told it changed it after it was shown.")
PICTURED = gettext_noop("A picture was added after it was shown.")
CLOSED = gettext_lazy("This call takes no more stories.")
EMPTY = gettext_lazy("Tell your story first: there are no words yet.")
GONE = gettext_lazy("This story was taken back. Nothing of it is left here.")
NOT_YOURS = gettext_lazy("Only whoever holds its code can do that.")


@dataclass(frozen=True, slots=True)
class Words:
    """What somebody tells; `is_transcript` says that it was written down from a recording."""

    text: str
    title: str = ""
    topic: str = ""
    name: str = ""
    is_transcript: bool = False


@dataclass(frozen=True, slots=True)
class Told:
    """A story with the code that leads its teller back. `is_new` is false when it was there already."""

    story: Story
    receipt: str
    is_new: bool


def tell_story(
    call: StoryCall,
    *,
    by: Viewer,
    key: UUID,
    words: Words,
    consent: Consent,
    verdict: Verdict,
    email: str = "",
) -> Told:
    """Keep a story until somebody has looked at it; the same key gives the same story.

    `verdict` is what `journal.spam.screening.screen` made of it. Refuses a call that is not open, a
    story without words, and a topic that is not the call's.
    """
    words = _that_fit(words, call)
    if there := _already_told(call, key):
        return Told(there, receipt_of(key, there.receipt_hash or ""), is_new=False)
    if not call.is_open:
        raise Refused(CLOSED)
    try:
        return _kept(call, by, key, words, consent, verdict, email)
    except IntegrityError:
        there = _already_told(call, key)
        return Told(there, receipt_of(key, there.receipt_hash or ""), is_new=False)


def _already_told(call: StoryCall, key: UUID) -> Story | None:
    there = Story.objects.filter(key=key).first()
    if there and there.call_id != call.pk:
        raise Refused(_("This page told a story elsewhere before. Open it again and send yours from there."))
    return there


@transaction.atomic
def _kept(
    call: StoryCall, by: Viewer, key: UUID, words: Words, consent: Consent, verdict: Verdict, email: str
) -> Told:
    receipt = receipt_for(key)
    story = Story.objects.create(
        call=call, key=key, consent=consent, email=email, **asdict(words),
        person=by.person, writer=writer_of(by), receipt_hash=hash_of(receipt), sent_at=timezone.now(),
        held_because=list(verdict.reasons), likeness=verdict.likeness,
    )  # fmt: skip
    leave_trace("told", story, by=by.as_participant)
    tell_received(story)
    return Told(story, receipt, is_new=True)


@transaction.atomic
def correct_story(story: Story, words: Words, *, by: Viewer, receipt: str) -> None:
    """Replace the words of one's own story; where it is shown, it waits to be looked at again.

    Refuses a story that was removed: whoever told it may tell it anew.
    """
    with locked(story) as now:
        _must_hold(now, receipt)
        if now.state == State.REMOVED:
            raise Refused(_("It is not shown, and a correction alone does not change that. Tell it again."))
        words = _that_fit(words, now.call)
        for name, value in asdict(words).items():
            setattr(now, name, value)
        now.edited_at = timezone.now()
        _look_again(now, by)
        now.save()
        leave_trace("corrected", now, by=by.as_participant)
        hold_again(now, CHANGED)
    story.refresh_from_db()


@transaction.atomic
def change_story_consent(story: Story, consent: Consent, *, by: Viewer, receipt: str) -> None:
    """Change where one's own story may go; it holds at once, everywhere."""
    with locked(story) as now:
        _must_hold(now, receipt)
        now.consent, now.consented_at = consent, timezone.now()
        now.save(update_fields=["consent", "consented_at"])
        leave_trace("consent_changed", now, by=by.as_participant)
    story.refresh_from_db()


@transaction.atomic
def forget_address(story: Story, *, by: Viewer, receipt: str) -> None:
    """Send no more letters about one's own story."""
    with locked(story) as now:
        _must_hold(now, receipt)
        now.email = ""
        now.save(update_fields=["email"])
        leave_trace("address_forgotten", now, by=by.as_participant)
    story.refresh_from_db()


def add_picture(
    story: Story, upload: IO[bytes], *, by: Viewer, receipt: str,
    alt: str, caption: str, basis: str, basis_note: str = "",
) -> Illustration:  # fmt: skip
    """Add a picture to one's own story. A shown story is out of sight first, until somebody saw it.

    Raises coproduce.images.making.NotAPicture; refuses a sixth picture, and one of a removed story.
    """
    with locked(story) as now:
        _must_hold(now, receipt)
        if now.state == State.REMOVED:
            raise Refused(_("This story is not shown, so nothing is added to it."))
        if now.illustrations.filter(withdrawn_at=None).count() >= MOST_PICTURES:
            raise Refused(
                _("A story has %(most_pictures)s pictures at most. Take one off first.")
                % {"most_pictures": MOST_PICTURES}
            )
        hold_again(now, PICTURED)
    facts = {"alt": alt, "caption": caption, "basis": basis, "basis_note": basis_note}
    added = add_illustration(story, upload, by=by.as_participant, **facts)
    _settle(story, added, by)
    story.refresh_from_db()
    return added


def _settle(story: Story, picture: Illustration, by: Viewer) -> None:
    """Let nobody who decided, or took the story back, while the picture was being read leave it behind."""
    with locked(story) as now:
        if now.state == State.WITHDRAWN:
            withdraw_illustration(picture, by=by.as_participant)
            return
        now.edited_at = timezone.now()
        now.save(update_fields=["edited_at"])
        hold_again(now, PICTURED)


@transaction.atomic
def take_picture_off(picture: Illustration, *, by: Viewer, receipt: str) -> None:
    """Delete a picture of one's own story, with its files."""
    _must_hold(picture.story, receipt)
    withdraw_illustration(picture, by=by.as_participant)


@transaction.atomic
def withdraw_story(story: Story, *, by: Viewer, receipt: str = "") -> None:
    """Take one's own story back for good: its words and pictures go, and its address says so.

    Whoever sent it while signed in needs no receipt.
    """
    with locked(story) as now:
        if by.person is None or now.person_id != by.person.pk:
            _must_hold(now, receipt)
        for picture in now.illustrations.filter(withdrawn_at=None):
            withdraw_illustration(picture, by=by.as_participant)
        take_back(now, by=by)
        forget_excerpts(now)
    story.refresh_from_db()


def _must_hold(story: Story, receipt: str) -> None:
    if not receipt or story.receipt_hash != hash_of(receipt):
        raise Refused(NOT_YOURS)
    if story.state == State.WITHDRAWN:
        raise Refused(GONE)


def _look_again(story: Story, by: Viewer) -> None:
    fields = {"title": story.title, "name": story.name}
    verdict = look_at(story.text, fields=fields, trust=trust_of(by), but=story)
    reasons = dict.fromkeys([*story.held_because, *verdict.reasons])
    story.held_because, story.likeness = list(reasons)[-KEPT_REASONS:], verdict.likeness


def _that_fit(words: Words, call: StoryCall) -> Words:
    """The words as they are kept: plain, in lines; refuses what is too long or not there."""
    text = text_that_fits(words.text)
    if words.topic and words.topic not in call.topics:
        raise Refused(_("Choose one of the topics of this call, or none."))
    title, name = (_line(getattr(words, field), LONGEST[field], field) for field in ("title", "name"))
    return Words(text, title, words.topic, name, words.is_transcript)


def text_that_fits(typed: str) -> str:
    """The words of a story, tidied; refuses none at all, and more than one holds."""
    length = len(typed) if len(typed) > MOST_TYPED else len(text := tidy_words(typed))
    if length > LONGEST["text"]:
        raise Refused(_too_long("story", length, LONGEST["text"]))
    if not text:
        raise Refused(EMPTY)
    return text


def _line(typed: str, most: int, what: str) -> str:
    line = " ".join(tidy_words(typed[: 10 * most]).split())
    if len(line) > most:
        raise Refused(_too_long(what, len(line), most))
    return line


def _too_long(what: str, length: int, most: int) -> str:
    return TOO_LONG[what] % {"number": f"{length:,}", "most": f"{most:,}"}
