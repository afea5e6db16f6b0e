"""What may be done with a thing, as its page, its row in a file and its citation say it."""

from dataclasses import dataclass

from django.conf import settings
from django.urls import reverse

from people.models import Consent

# SPDX's own way of naming terms that are no licence of its list.
BY_CONSENT = "LicenseRef-coproduce-consent"
ON_RECORD = "LicenseRef-coproduce-record"
NO_LICENCE = "Beyond that no licence is given."
QUOTABLE = "Whoever wrote it lets everybody read and quote it without a name"


@dataclass(frozen=True, slots=True)
class Rights:
    """`uri` is where the terms stand, `spdx` their name, `basis` what they rest on."""

    spdx: str
    statement: str
    basis: str

    @property
    def uri(self) -> str:
        return f"{settings.SITE_URL}{reverse('archive')}#h-terms"


RECORD = Rights(
    ON_RECORD,
    f"Part of a public record: it may be read, quoted and cited. {NO_LICENCE}",
    "published on record",
)


def rights_of(consent: Consent) -> Rights:
    """The rights in what somebody left with `consent`; for what is not public, that it stays there."""
    if not consent.public:
        who = "Researchers who accepted the terms may use it" if consent.research else "Nobody may use it"
        return Rights(BY_CONSENT, f"Kept from the public record. {who}. {NO_LICENCE}", _basis(consent))
    if consent.basis:
        return Rights(BY_CONSENT, f"{consent.basis.rstrip('.')}. {NO_LICENCE}", consent.basis)
    also = ", and lets researchers use it" if consent.research else "; researchers may not use it"
    return Rights(BY_CONSENT, f"{QUOTABLE}{also}. {NO_LICENCE}", _basis(consent))


def _basis(consent: Consent) -> str:
    return consent.basis or "asked of whoever wrote it"
