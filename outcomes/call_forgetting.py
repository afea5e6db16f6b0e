"""Forgetting who asked to sign a call, and the addresses; `archive/retention.toml` promises it."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from outcomes.models import Call, Signature

UNCONFIRMED, AFTER_CLOSING = timedelta(days=7), timedelta(days=30)


@transaction.atomic
def forget_signatures(now: datetime) -> int:
    """Delete what nobody confirmed in a week before `now`; empty addresses a month after the call ended.

    Returns how many rows went or were emptied. Doing it again changes nothing.
    """
    # Held meanwhile, so that none goes that somebody confirms at this moment.
    asked = Signature.objects.select_for_update(of=("self",)).filter(
        state=Signature.State.ASKED, asked_at__lte=now - UNCONFIRMED
    )
    unconfirmed = Signature.objects.filter(pk__in=[signature.pk for signature in asked])
    deleted = unconfirmed.delete()[1].get(Signature._meta.label, 0)
    ended_by = now - AFTER_CLOSING
    closed = Q(closed_at__lte=ended_by) | Q(open_until__lt=timezone.localdate(ended_by))
    due = Signature.objects.filter(call__in=Call.objects.filter(closed)).exclude(email="")
    return deleted + due.update(email="")
