"""Emptying who came to an event, once its time is up; archive/retention.toml has the times."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from events.models import SignUp

LIST_DAYS = 30  # after the event, until when the list of those who came is kept
UNCONFIRMED_DAYS = 7  # for which a letter about a place waits for an answer


@transaction.atomic
def forget_sign_ups(now: datetime) -> int:
    """Empties what people need the day after the event, the rest of the list later; how many rows.

    What was never confirmed is deleted. The number of those who came stays.
    """
    today = timezone.localdate(now)
    asked = SignUp.objects.filter(state=SignUp.State.UNCONFIRMED)
    number = asked.filter(asked_at__lte=now - timedelta(days=UNCONFIRMED_DAYS)).delete()[0]
    over = SignUp.objects.filter(event__last_day__lt=today).exclude(access_needs="")
    number += over.update(access_needs="")
    long_over = SignUp.objects.filter(event__last_day__lte=today - timedelta(days=LIST_DAYS))
    return number + long_over.exclude(name="", email="", person=None).update(name="", email="", person=None)
