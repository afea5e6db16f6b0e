"""How a principle's words come on record: added, never edited."""

from django.db import transaction
from django.utils.translation import gettext as _

from people.guests import Viewer
from people.refusals import Refused
from people.trace import leave_trace
from principles.models import Principle, Wording


@transaction.atomic
def add_wording(
    principle: Principle,
    text: str,
    *,
    by: Viewer | None,
    status: str = Wording.Status.TRANSCRIBED,
    source: str = "",
    doubt: str = "",
) -> Wording:
    """Add the next wording of `principle`, signed by whoever transcribed it.

    Refuses empty words, a doubtful wording without a reason, and words equal to the current ones.
    """
    if not text.strip():
        raise Refused(_("Type the words of the principle."))
    if status == Wording.Status.DOUBTFUL and not doubt:
        raise Refused(_("Say in a sentence why the wording is doubtful."))
    locked = Principle.objects.select_for_update().get(pk=principle.pk)
    current = locked.current_wording
    if current and current.text == text.strip() and current.status == status:
        raise Refused(_("These are the words already on record."))
    wording = Wording.objects.create(
        principle=principle,
        version=current.version + 1 if current else 1,
        text=text.strip(),
        status=status,
        source=source,
        doubt=doubt,
        transcriber=by.person if by else None,
    )
    leave_trace("added", wording, by=by)
    return wording
