"""Acts on requests and complaints: sending one, acknowledging, noting, answering and closing it."""

import hashlib
import hmac
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from coproduce.identifiers import from_digest
from people.guests import Viewer
from people.limits import DAY, Limit, count
from people.models import Case, CaseNote
from people.outbox import must_be_address
from people.refusals import Refused
from people.telling_cases import tell_sender, tell_stewards
from people.trace import leave_trace

LONGEST, LONGEST_OUTCOME = 5000, 300  # characters
SECRET_LENGTH = 26  # characters of the sender's address: 121 bits and a check
EMAIL_DAYS, WORDS_DAYS = 30, 3 * 365  # after it was closed
SENT = Limit("requests of a network in an hour", 10, 3600)
SEARCHES = Limit("searches of what is held, in a day", 200, DAY)


def send_case(kind: str, said: str, *, by: Viewer, key: UUID, network: str, email: str = "") -> Case:
    """Put a request or complaint into the register and tell stewards; sending a key again gives that case.

    `network` is `people.limits.network_of`; raises people.limits.TooMany. Nothing ties it to who sent it
    but the address they give.
    """
    if before := Case.objects.filter(key=key).first():
        return before
    if kind not in Case.Kind:
        raise Refused(_("Choose what it is about."))
    said = must_say(said, _("Say what you ask for, in a sentence or two."))
    if email := email.strip():
        must_be_address(email)
    count((SENT, network))
    try:
        with transaction.atomic():
            hashed = hash_of(_secret_for(key, settings.SECRET_KEY))
            case = Case.objects.create(kind=kind, said=said, email=email, key=key, token_hash=hashed)
            leave_trace("received", case, by=by.as_participant)
            tell_stewards(case, "came")
            tell_sender(case, "received", secret_of(case))
    except IntegrityError:
        return Case.objects.get(key=key)
    return case


@transaction.atomic
def acknowledge_case(case: Case, *, by: Viewer) -> Case:
    """Say that somebody has read it and sees to it; again changes nothing."""
    case = _held(case, by)
    if case.acknowledged_at is None:
        case.acknowledged_at, case.handled_by = timezone.now(), by.person
        case.save(update_fields=["acknowledged_at", "handled_by"])
        leave_trace("acknowledged", case, by=by)
        tell_sender(case, "acknowledged", secret_of(case))
    return case


@transaction.atomic
def note_on_case(case: Case, text: str, *, by: Viewer) -> CaseNote:
    """Note something down for the others who handle it."""
    case = _held(case, by)
    text = must_say(text, _("Type what you want to note."))
    noted = CaseNote.objects.create(case=case, by=by.person, text=text)
    leave_trace("noted", case, by=by)
    return noted


@transaction.atomic
def answer_case(case: Case, answer: str, *, by: Viewer) -> Case:
    """Tell whoever sent it what is done; an answer acknowledges it too, and may be followed by another."""
    case = _held(case, by)
    _must_be_open(case)
    case.answer = must_say(answer, _("Type your answer. Whoever sent it reads these words."))
    case.answered_at, case.handled_by = timezone.now(), by.person
    case.acknowledged_at = case.acknowledged_at or case.answered_at
    case.save(update_fields=["answer", "answered_at", "handled_by", "acknowledged_at"])
    leave_trace("answered", case, by=by)
    tell_sender(case, "answered", secret_of(case))
    return case


@transaction.atomic
def close_case(case: Case, outcome: str, *, by: Viewer) -> Case:
    """Close what was answered, with a sentence for the register and for whoever sent it."""
    case = _held(case, by)
    _must_be_open(case)
    if case.answered_at is None:
        raise Refused(_("Answer it first: whoever sent it is to know what is done."))
    outcome = " ".join(must_say(outcome, _("Say in a sentence what was done.")).split())
    if len(outcome) > LONGEST_OUTCOME:
        raise Refused(_("One sentence, of {most} characters at most.").format(most=LONGEST_OUTCOME))
    case.outcome, case.closed_at, case.handled_by = outcome, timezone.now(), by.person
    case.save(update_fields=["outcome", "closed_at", "handled_by"])
    leave_trace("closed", case, by=by)
    tell_sender(case, "closed", secret_of(case))
    return case


def say_searched(*, by: Viewer, case: Case | None = None) -> None:
    """Leave the trace of a search for what is held on somebody: who searched and when, not for whom."""
    if not by.is_steward or by.person is None:
        raise Refused(_("Only stewards search for what is held on somebody."))
    count((SEARCHES, by.person.identifier))
    leave_trace("searched_what_is_held", case or by.person, by=by)


def forget_cases(now: datetime) -> int:
    """Empty addresses and then words of what was closed long enough before `now`; of how many rows."""
    closed = Case.objects.filter(closed_at__lte=now - timedelta(days=EMAIL_DAYS)).exclude(email="")
    number = closed.update(email="")
    then = now - timedelta(days=WORDS_DAYS)
    number += CaseNote.objects.filter(case__closed_at__lte=then).exclude(text="").update(text="")
    old = Case.objects.filter(closed_at__lte=then).filter(~Q(said="") | ~Q(answer="") | ~Q(outcome=""))
    return number + old.update(said="", answer="", outcome="")


def case_with(secret: str) -> Case | None:
    """The case whose sender has this in their address."""
    return Case.objects.filter(token_hash=hash_of(secret)).first()


def secret_of(case: Case) -> str:
    """The secret part of the sender's address; empty once the site forgot the secret it was made with."""
    for site_secret in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS):
        if hash_of(secret := _secret_for(case.key, site_secret)) == case.token_hash:
            return secret
    return ""


def _secret_for(key: UUID, site_secret: str) -> str:
    return from_digest(hmac.digest(f"case {site_secret}".encode(), key.bytes, "sha256"), SECRET_LENGTH)


def hash_of(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


def must_say(words: str, otherwise: str) -> str:
    words = words.replace("\r\n", "\n").replace("\x00", "").strip()
    if not words:
        raise Refused(otherwise)
    if len(words) > LONGEST:
        said = _("That has {number} characters. {most} have to do.")
        raise Refused(said.format(number=len(words), most=LONGEST))
    return words


def _must_be_open(case: Case) -> None:
    if case.closed_at:
        raise Refused(_("It is closed. What comes after it is a new request."))


def _held(case: Case, by: Viewer) -> Case:
    """The case as it is now, held until the act is done."""
    if not by.is_steward:
        raise Refused(_("Only stewards handle requests and complaints."))
    return Case.objects.select_for_update().get(pk=case.pk)
