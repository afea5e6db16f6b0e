"""Letters about requests and complaints: to whoever sent one, and to the stewards who see to it."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from people.models import Case, Person, Role
from people.outbox import REPORTS, whole_address, write_letter

# Days after it came: nobody acknowledged it; nobody answered it.
FIRST_REMINDER, SECOND_REMINDER = timedelta(days=7), timedelta(days=21)


def tell_sender(case: Case, what: str, secret: str) -> None:
    """Tell whoever left an address how far it is: "received", "acknowledged", "answered" or "closed"."""
    if not case.email:
        return
    address = whole_address(reverse("case_own", args=[secret])) if secret else ""
    context = {"case": case, "what": what, "address": address}
    key = f"case {case.pk} {what}" if what != "answered" else None
    write_letter(f"case_{what}", case.email, name="case_news", context=context, key=key)


def tell_stewards(case: Case, why: str) -> int:
    """Tell stewards of a case that "came", or waits for its "first" or "second" reminder; how many letters.

    The letter holds no word of it.
    """
    context = {"case": case, "why": why, "address": whole_address(case.get_absolute_url())}
    letters = [
        write_letter(REPORTS, to, name="case_due", context=context, key=f"case {case.pk} {why}, for {whose}")
        for to, whose in _stewards()
    ]
    return sum(letter is not None for letter in letters)


def _stewards() -> list[tuple[str, int]]:
    """Where stewards are written to, in order, and whose it is; where nobody is, the keepers'."""
    held = Role.objects.current().filter(kind=Role.Kind.STEWARD)
    people = Person.objects.filter(pk__in=held.values("person"), is_active=True).exclude(email=None)
    found = sorted(set(people.values_list("email", "pk")))
    return found or ([(settings.CONTACT_EMAIL, 0)] if settings.CONTACT_EMAIL else [])


def remind_of_cases(now: datetime | None = None) -> int:
    """Write the reminders that are due; how many letters that was. Doing it again writes none.

    Done now and then by the running site.
    """
    now, number = now or timezone.now(), 0
    for case in Case.objects.waiting().filter(received_at__lte=now - FIRST_REMINDER):
        is_second = case.received_at <= now - SECOND_REMINDER
        if is_second or case.acknowledged_at is None:
            with transaction.atomic():
                number += tell_stewards(case, "second" if is_second else "first")
    return number
