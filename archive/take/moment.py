"""What a file says of itself: what it holds, of which moment, under which terms, and how to cite it."""

from dataclasses import dataclass

from django.conf import settings
from django.urls import reverse

from archive.cite.of_data import PER_ROW, dataset
from archive.cite.work import Work
from archive.take.rows import Taking
from archive.versions import data_version


@dataclass(frozen=True, slots=True)
class About:
    """The facts that README, descriptor, crate and citation share. `notes` is how many rows of notes."""

    work: Work
    data_version: str
    notes: int
    restricted: bool
    first_year: str
    last_year: str

    @property
    def day(self) -> str:
        return self.data_version[:10]

    @property
    def slug(self) -> str:
        """The folder of a package: which site, and of which moment to the second."""
        host = "".join(c if c.isalnum() else "-" for c in settings.SITE_NAME.lower()).strip("-") or "archive"
        stamp = self.data_version[:19].replace(":", "").replace("-", "")
        return f"{host}-{stamp}Z{'-restricted' if self.restricted else ''}"

    @property
    def licence(self) -> str:
        """The address of the terms."""
        return PER_ROW.uri

    @property
    def rights(self) -> str:
        return RESTRICTED if self.restricted else PER_ROW.statement


RESTRICTED = (
    "For researchers who accepted the terms alone: some rows are free for research and not public. "
    "Pass it to nobody else."
)


def about(taking: Taking) -> About:
    """Of the snapshot it is called in."""
    version, query = data_version(), taking.query.querystring
    path = f"{reverse('export_hub')}{'?' + query if query else ''}"
    title = "Notes of the archive, and the record around them" if query else "The whole public archive"
    years = list(taking.notes.order_by().values_list("board__event__first_day__year", flat=True).distinct())
    return About(
        dataset(title, path, version),
        version,
        taking.number,
        taking.restricted,
        str(min(years, default="")),
        str(max(years, default="")),
    )
