"""Acts on signatures of calls for action.

A signature counts once the holder of the address said so, by the secret address in a letter; its words
are public once those who run the call have read them. Whoever signed can change it or take it back.
"""

import hashlib
from dataclasses import asdict, dataclass
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from outcomes.call_letters import tell
from outcomes.calls import LONGEST_UPDATE, SILENT, add_update, locked, must_run_call
from outcomes.models import Call, CallUpdate, Signature
from outcomes.signature_tokens import new_hash, with_token
from outcomes.telling import tell_of_call
from outcomes.typed import link_of, reason_of, words_of
from people.guests import Viewer
from people.limits import DAY, Limit, add
from people.outbox import must_be_address
from people.refusals import Refused
from people.trace import leave_trace
from responses.words import tidy_words

State, Kind = Signature.State, Signature.Kind
LONGEST = {"name": 200, "organisation": 200, "will_do": 500, "email": 254}  # characters
# Whoever types another's address cannot flood it: letters about one signature in a day.
ASKED_AGAIN = Limit("letters about one signature", 3, DAY)
# Nor by way of many calls, which would use up what other letters need.
TO_ADDRESS = Limit("letters about signatures to an address", 6, DAY)
CLOSED = gettext_lazy("This call takes no more signatures.")
ELSEWHERE = gettext_lazy("This page signed another call before. Open it again and sign from there.")
GONE = gettext_lazy("You took this signature back. Sign again if you want to.")
CHANGED = gettext_lazy("It was changed since you opened this page. Read it again, then decide.")


@dataclass(frozen=True, slots=True)
class Words:
    """Who signs, for whom, and what they will do."""

    name: str
    will_do: str
    organisation: str = ""

    def tidy(self, kind: str) -> "Words":
        """As it is kept; refuses what lacks a name, a deed or, for an organisation, which one."""
        organisation = _line(self.organisation, "organisation") if kind == Kind.ORGANISATION else ""
        if kind == Kind.ORGANISATION and not organisation:
            raise Refused(_("Say which organisation signs."))
        if not (name := _line(self.name, "name")):
            raise Refused(_("Say who signs: your name stands beside it in public."))
        deed = words_of(
            self.will_do, or_else=_("Say in a sentence what you will do."), most=LONGEST["will_do"]
        )
        return Words(name, deed, organisation)


def sign(
    call: Call, *, by: Viewer, key: UUID, kind: str, name: str, will_do: str, email: str,
    organisation: str = "",
) -> Signature:  # fmt: skip
    """Sign a call; a letter asks whether it was really the holder of the address.

    The same key gives the same signature, and so does an address that signed before: what stands there is
    not touched, so that nobody learns who signed and nobody changes another's words. Somebody signed in,
    with the address of their account, has signed at once.
    """
    must_be_address(email := email.strip())
    if len(email) > LONGEST["email"]:
        raise Refused(_("That address has more than %(longest)s characters.") % {"longest": LONGEST["email"]})
    words = Words(name, will_do, organisation).tidy(Kind(kind))
    try:
        with transaction.atomic():
            return _sign(call, by, key, email, {"kind": kind, **asdict(words)})
    except IntegrityError:
        raise Refused(ELSEWHERE) from None


def _sign(call: Call, by: Viewer, key: UUID, email: str, words: dict[str, str]) -> Signature:
    call = locked(call)
    if there := Signature.objects.filter(key=key).first():
        if there.call_id != call.pk:
            raise Refused(ELSEWHERE)
        return there
    if not call.takes_signatures:
        raise Refused(CLOSED)
    known = call.signatures.exclude(state=State.WITHDRAWN).filter(email__iexact=email).first()
    signature = known or _ask(call, key, email, words)
    if _is_theirs(by, email):
        return _sign_at_once(signature, by, words)
    if _may_write(signature):
        name = "signature_confirm" if signature.state == State.ASKED else "signature_known"
        tell(signature, name)
    return signature


def _may_write(signature: Signature) -> bool:
    """Count one letter; whether it still fits. What stands for the address is no address."""
    address = salted_hmac(TO_ADDRESS.name, signature.email.lower(), algorithm="sha256").hexdigest()
    held = ((ASKED_AGAIN, signature.identifier), (TO_ADDRESS, address))
    return all(number <= limit.most for (limit, _), number in zip(held, add(*held), strict=True))


def _sign_at_once(signature: Signature, by: Viewer, words: dict[str, str]) -> Signature:
    """Signed by the holder of the address: what somebody else may have typed under it gives way."""
    if signature.state == State.ASKED:
        for name, value in words.items():
            setattr(signature, name, value)
        signature.person = by.person
        _count(signature)
    return signature


@transaction.atomic
def confirm_signature(token: str, *, by: Viewer) -> Signature:
    """Count what was asked for with this secret address; a second time changes nothing.

    Refuses an address that leads to nothing, and a call that was closed meanwhile.
    """
    signature = _held(with_token(token))
    if signature.state == State.WITHDRAWN:
        raise Refused(GONE)
    if signature.state == State.ASKED:
        if signature.call.closed_at:
            raise Refused(CLOSED)
        if _is_theirs(by, signature.email):
            signature.person = by.person
        _count(signature)
    return signature


@transaction.atomic
def change_signature(
    signature: Signature, *, by: Viewer, kind: str, name: str, will_do: str, organisation: str = ""
) -> Signature:
    """Change one's own words; where they were shown, they wait to be read again."""
    now = _held(signature)
    if now.state == State.WITHDRAWN:
        raise Refused(GONE)
    if now.state == State.REMOVED:
        raise Refused(_("It is not shown. Take it back and sign again, if you want to say it otherwise."))
    words = {"kind": kind, **asdict(Words(name, will_do, organisation).tidy(Kind(kind)))}
    if words == {field: getattr(now, field) for field in words}:
        return now
    for field, value in words.items():
        setattr(now, field, value)
    if now.state == State.SHOWN:
        now.state, now.judged_by = State.HELD, None
    now.save()
    leave_trace("changed", now, by=by.as_participant)
    return now


@transaction.atomic
def judge_signature(
    signature: Signature, shown: bool, *, by: Viewer | None, why: str = "", seen: str | None = None
) -> Signature:
    """Show a signature's words or, with a reason for whoever signed, do not; it then counts no more.

    `seen` is the `fingerprint` of what was read: refuses what was changed since.
    """
    now = _held(signature)
    must_run_call(now.call, by)
    if now.state not in (State.HELD, State.SHOWN, State.REMOVED):
        raise Refused(_("It was taken back, or its address is not confirmed. There is nothing to decide."))
    if seen is not None and seen != fingerprint(now):
        raise Refused(CHANGED)
    state, reason = (State.SHOWN, "") if shown else (State.REMOVED, reason_of(why))
    if (now.state, now.why) != (state, reason):
        now.state, now.why, now.judged_by = state, reason, by.person if by else None
        now.save(update_fields=["state", "why", "judged_by"])
        leave_trace("showed" if shown else "removed", now, by=by, why=reason)
        tell(now, "signature_judged")
    return now


@transaction.atomic
def let_signature_wait(signature: Signature, *, by: Viewer | None, as_it_was: str) -> None:
    """Put a signature that was shown or removed back to those that somebody has to read.

    Refuses where it is not `as_it_was` any more: somebody decided otherwise, or it was taken back.
    """
    now = _held(signature)
    must_run_call(now.call, by)
    if now.state not in (State.SHOWN, State.REMOVED) or now.state != as_it_was:
        raise Refused(_("Somebody decided about it since, or it was taken back."))
    now.state, now.why, now.judged_by = State.HELD, "", None
    now.save(update_fields=["state", "why", "judged_by"])
    leave_trace("let_wait", now, by=by)


@transaction.atomic
def withdraw_signature(signature: Signature, *, by: Viewer | None) -> Signature:
    """Take one's signature back: who it was and all they said of it is forgotten at once."""
    now = _held(signature)
    if now.state != State.WITHDRAWN:
        empty(now)
        leave_trace("withdrew", now, by=by and by.as_participant)
    return now


def empty(signature: Signature) -> None:
    """Leave nothing of a signature but that there was one."""
    signature.name = signature.organisation = signature.will_do = signature.email = signature.why = ""
    signature.person, signature.state = None, State.WITHDRAWN
    signature.save()
    CallUpdate.objects.filter(signature=signature).update(
        text="", evidence="", why="", is_shown=False, by=None
    )


@transaction.atomic
def report_own_progress(signature: Signature, text: str, *, by: Viewer, evidence: str = "") -> CallUpdate:
    """Say how it goes with what one said one would do; it waits for those who run the call."""
    now = _held(signature)
    if now.state not in (State.HELD, State.SHOWN):
        raise Refused(_("Only a signature that counts can say how it goes."))
    said = {"text": words_of(text, or_else=SILENT, most=LONGEST_UPDATE), "evidence": link_of(evidence)}
    last = now.updates.first()
    if last and {"text": last.text, "evidence": last.evidence} == said:
        return last
    update = add_update(now.call, signature=now, is_shown=False, **said)
    leave_trace("reported", now, by=by.as_participant)
    return update


@transaction.atomic
def judge_progress(update: CallUpdate, shown: bool, *, by: Viewer | None, why: str = "") -> CallUpdate:
    """Show what somebody who signed says of how it goes or, with a reason for them, do not."""
    call = locked(update.call)
    must_run_call(call, by)
    now = CallUpdate.objects.select_related("signature").get(pk=update.pk)
    if now.signature is None or not now.text:
        raise Refused(_("It was taken back. There is nothing to decide."))
    reason = "" if shown else reason_of(why)
    if (now.is_shown, now.why) != (shown, reason):
        now.is_shown, now.why = shown, reason
        now.save(update_fields=["is_shown", "why"])
        leave_trace("showed_progress" if shown else "removed_progress", now.signature, by=by, why=reason)
        if now.is_shown and now.signature.state == State.SHOWN:
            tell_of_call(call)
    return now


def fingerprint(signature: Signature) -> str:
    """What stands for the words of a signature as they are now."""
    words = (signature.kind, signature.name, signature.organisation, signature.will_do)
    return hashlib.sha256("\0".join(words).encode()).hexdigest()[:16]


def _held(signature: Signature | None) -> Signature:
    """The signature as it is since, with its call, which is locked."""
    if signature is None:
        raise Refused(_("This address leads to no signature."))
    call = locked(signature.call)
    now = call.signatures.get(pk=signature.pk)
    now.call = call
    return now


def _ask(call: Call, key: UUID, email: str, words: dict[str, str]) -> Signature:
    signature = Signature(call=call, key=key, email=email, **words)
    signature.token_hash = new_hash(signature)
    signature.save()
    return signature


def _count(signature: Signature) -> None:
    signature.state, signature.confirmed_at = State.HELD, timezone.now()
    signature.save()
    leave_trace("signed", signature, by=Viewer())


def _is_theirs(by: Viewer, email: str) -> bool:
    return by.person is not None and (by.person.email or "").lower() == email.lower()


def _line(typed: str, what: str) -> str:
    line = " ".join(tidy_words(typed).split())
    if len(line) > LONGEST[what]:
        raise Refused(
            _("That has %(number)s characters. %(longest)s have to do.")
            % {"number": len(line), "longest": LONGEST[what]}
        )
    return line
