"""Forgetting, in its time, who marked an amendment; `archive/retention.toml` promises it."""

import secrets
from datetime import datetime, timedelta

from django.db import transaction

from outcomes.models import AmendmentMark

MONTH = timedelta(days=30)
# What stands in place of a token; no token begins so.
FORGOTTEN = "-"


@transaction.atomic
def forget_marks(now: datetime) -> int:
    """Untie the marks on amendments decided a month before `now` from whoever made them; how many.

    The marks stay and count. Each gets something at random of its own and keeps the day alone, so that
    two marks of one person, seconds apart, cannot be told from those of two. Again changes nothing.
    """
    due = AmendmentMark.objects.filter(amendment__decided_at__lte=now - MONTH)
    marks = list(due.exclude(token__startswith=FORGOTTEN).select_for_update(of=("self",)))
    for mark in marks:
        mark.token = FORGOTTEN + secrets.token_hex(31)
        mark.at = mark.at.replace(hour=12, minute=0, second=0, microsecond=0)
    AmendmentMark.objects.bulk_update(marks, ["token", "at"], batch_size=500)
    return len(marks)
