"""Calls for action and signatures, for tests."""

import time
from uuid import uuid4

from events.models import Event
from outcomes.calls import make_call, open_call, report_progress
from outcomes.form_age import form_token
from outcomes.models import Call, CallUpdate, Signature
from outcomes.signature_tokens import token_of
from outcomes.signatures import (
    confirm_signature,
    judge_progress,
    judge_signature,
    report_own_progress,
    sign,
    withdraw_signature,
)
from people.guests import ANYBODY, Viewer
from responses.models import Note
from tests.outcomes.makers import heard

A_MINUTE = 60  # seconds that somebody takes to write


def called(note: Note, by: Viewer, title: str = "Share a table", **fields: object) -> Call:
    """An open call of the note's event, citing a statement that cites the note."""
    facts = {"event": note.board.event, "statements": [heard(note, by)], **fields}
    return open_call(make_call(title, "Share one with a neighbour.", by=by, **facts), by=by)


def ask(call: Call, name: str = "Eve", will_do: str = "I will bring soup.", **fields: object) -> Signature:
    """Somebody signs whose address is not confirmed yet."""
    facts = {"kind": "person", "name": name, "will_do": will_do, "email": f"{uuid4().hex}@example.org"}
    return sign(call, by=ANYBODY, **(facts | {"key": uuid4()} | fields))


def signed(call: Call, name: str = "Eve", will_do: str = "I will bring soup.", **fields: object) -> Signature:
    """The same, confirmed."""
    return confirm_signature(token_of(ask(call, name, will_do, **fields)), by=ANYBODY)


def shown(call: Call, name: str = "Eve", will_do: str = "I will bring soup.", **fields: object) -> Signature:
    """The same, and shown."""
    return judge_signature(signed(call, name, will_do, **fields), True, by=None)


def reported(signature: Signature, text: str, *, is_shown: bool = True) -> CallUpdate:
    update = report_own_progress(signature, text, by=ANYBODY)
    return judge_progress(update, True, by=None) if is_shown else update


def call_everything(event: Event, note: Note, by: Viewer, *, open_: str, hidden: str, gone: str) -> None:
    """One call that says `open_`, with all that those who run it alone may read, and what was taken back."""
    call = called(note, by, f"Plant {open_}")
    first = shown(call, open_, open_, kind="organisation", organisation=open_)
    reported(first, open_)
    reported(first, hidden, is_shown=False)
    report_progress(call, open_, by=by)
    signed(call, hidden, hidden)
    ask(call, hidden, hidden)
    judge_signature(signed(call, hidden, hidden), False, by=by, why=f"About {hidden}.")
    back = shown(call, gone, gone)
    reported(back, gone)
    withdraw_signature(back, by=ANYBODY)
    make_call(f"Plant {hidden}", hidden, by=by, event=event)


def form_of(call: Call, **fields: str) -> dict[str, str]:
    """What a browser sends whose page was opened a minute ago."""
    token = form_token(f"call {call.identifier}", made_at=time.time() - A_MINUTE)
    words = {"kind": "person", "name": "Eve", "will_do": "I will bring soup.", "email": "eve@example.org"}
    return {**words, "organisation": "", "token": token, "key": str(uuid4()), "website": "", **fields}
