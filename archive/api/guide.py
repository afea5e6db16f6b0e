"""What the guide for people says: the lists and their facts, as the API itself has them."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.conf import settings
from django.urls import reverse

from archive.api.all_kinds import KINDS
from archive.api.facts import COMMON, Fact
from archive.api.kinds import Kind
from archive.api.lists import parameters_of
from archive.api.parameters import Parameter


@dataclass(frozen=True, slots=True)
class Guide:
    site: str
    root: str
    kinds: Sequence[Kind]
    common: Sequence[Fact]
    parameters: Sequence[Parameter]


def guide() -> Guide:
    root = settings.SITE_URL + reverse("api")
    return Guide(settings.SITE_URL, root, tuple(KINDS.values()), COMMON, parameters_of(KINDS["notes"]))
