"""Who takes part: people with and without accounts, bodies, roles, consent, the trace, mail."""

from people.models.acts import Act, ActQuerySet
from people.models.cases import Case, CaseNote, CaseQuerySet
from people.models.consent import Consent, ConsentWording
from people.models.letters import Letter, Subscriber, SubscriberQuerySet
from people.models.persons import (
    Affiliation,
    ListingRequest,
    ListingRequestQuerySet,
    Organisation,
    OrganisationQuerySet,
    Person,
    PersonQuerySet,
    Role,
    RoleQuerySet,
)
from people.models.terms import TermsAcceptance, TermsAcceptanceQuerySet

__all__ = [
    "Act",
    "ActQuerySet",
    "Affiliation",
    "Case",
    "CaseNote",
    "CaseQuerySet",
    "Consent",
    "ConsentWording",
    "Letter",
    "ListingRequest",
    "ListingRequestQuerySet",
    "Organisation",
    "OrganisationQuerySet",
    "Person",
    "PersonQuerySet",
    "Role",
    "RoleQuerySet",
    "Subscriber",
    "SubscriberQuerySet",
    "TermsAcceptance",
    "TermsAcceptanceQuerySet",
]
