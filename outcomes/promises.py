"""Acts on promises."""

from django.db import transaction

from events.models import Event
from outcomes.models import Promise
from people.guests import Viewer
from people.trace import leave_trace


@transaction.atomic
def make_promise(event: Event, text: str, *, by: Viewer | None, **fields: object) -> Promise:
    """Put on the ledger what was said at `event`, with whatever is known of what became of it."""
    promise = Promise.objects.create(event=event, text=text, **fields)
    leave_trace("promised", promise, by=by)
    return promise
