"""The trace that every act leaves."""

from django.db import models

from people.guests import Viewer
from people.models import Act


def leave_trace(verb: str, subject: models.Model, *, by: Viewer | None, why: str = "") -> Act:
    """Record that `by` (None: the site itself) did `verb` to `subject`.

    The trace names its subject by its permanent id and never holds words from it.
    """
    person = by.person if by else None
    return Act.objects.create(
        person=person,
        actor="person" if person else "guest" if by else "the site",
        verb=verb,
        subject_kind=subject._meta.verbose_name,
        subject=getattr(subject, "identifier", subject.pk),
        why=why,
    )
