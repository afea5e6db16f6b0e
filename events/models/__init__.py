"""When people meet: series, events and the records they become, and who does what for them."""

from events.models.dates import validate_date
from events.models.duties import Appointment, AppointmentQuerySet, Duty, Invitation, InvitationQuerySet
from events.models.events import Event, EventQuerySet
from events.models.parts import AgendaItem, EventOrganiser, Quotation, QuotationQuerySet, RecordChange
from events.models.series import Series, SeriesQuerySet
from events.models.signups import SignUp, SignUpQuerySet

__all__ = [
    "AgendaItem",
    "Appointment",
    "AppointmentQuerySet",
    "Duty",
    "Event",
    "EventOrganiser",
    "EventQuerySet",
    "Invitation",
    "InvitationQuerySet",
    "Quotation",
    "QuotationQuerySet",
    "RecordChange",
    "Series",
    "SeriesQuerySet",
    "SignUp",
    "SignUpQuerySet",
    "validate_date",
]
