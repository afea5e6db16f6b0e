"""An amendment that made a wording and one that is open, and a call with signatures; all invented."""

from datetime import timedelta
from uuid import UUID

from django.utils import timezone

from archive.demo.accounts import email_of
from archive.demo.outcomes import named, principle_at
from archive.demo.tables import read_table
from events.models import Duty, Event
from outcomes.amendments import accept_amendment, mark_amendment, open_amendment, propose_amendment
from outcomes.calls import make_call, open_call, report_progress
from outcomes.models import Amendment, Call, Statement
from outcomes.signatures import judge_signature, sign
from people.guests import Viewer
from people.models import Person


def amend(*, by: Viewer) -> None:
    for row in read_table("outcomes")["amendments"]:
        propose(row, by=by)


def propose(row: dict, *, by: Viewer) -> None:
    """Proposed, opened and marked by guests; decided where the table says why."""
    principle = principle_at(row["principle"])
    amendment = propose_amendment(principle, row["text"], row["why"], notes=named(row["notes"]), by=by)
    amendment = open_amendment(amendment, timezone.now() + timedelta(days=row["days_open"]), by=by)
    for number, mark in enumerate(row["marks"], 1):
        mark_amendment(amendment, mark, by=Viewer(guest_key=f"demo reader {number}"))
    if "accepted" in row:
        let_time_pass(amendment, timedelta(days=row["opened_days_ago"]))
        accept_amendment(amendment, row["accepted"], by=by)


def let_time_pass(amendment: Amendment, passed: timedelta) -> None:
    """As though it had been opened so long ago, so that it is decided after its last day."""
    amendment.opened_at -= passed
    amendment.open_until -= passed
    amendment.save(update_fields=["opened_at", "open_until"])


def call_for_action(*, by: Viewer) -> None:
    """A call that cites what was heard. The people of the demonstration sign it; one of them waits."""
    table = read_table("outcomes")
    row, texts = table["call"], {one["key"]: one["text"] for one in table["statements"]}
    statements = Statement.objects.filter(text__in=[texts[key] for key in row["statements"]])
    event = Event.objects.get(slug=table["event"])
    call = make_call(row["title"], row["text"], event=event, statements=statements, by=by)
    call = open_call(call, by=by)
    for number, signer in enumerate(row["signatures"], 1):
        sign_it(call, number, signer, by=by)
    report_progress(call, row["progress"], by=by)


def sign_it(call: Call, number: int, row: dict, *, by: Viewer) -> None:
    person = Person.objects.get(email=email_of(Duty(row["account"])))
    words = {name: row.get(name, "") for name in ("kind", "name", "organisation", "will_do")}
    key = UUID(int=number, version=4)
    signature = sign(call, by=Viewer(person=person), key=key, email=person.email, **words)
    if row["shown"]:
        judge_signature(signature, shown=True, by=by)
