"""What is kept of people and for how long, and what they were asked: pages made of what the code holds."""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass

from django.apps import apps
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from archive.retention import POLICY
from people.consent import STORY_WORDINGS, WORDINGS, as_asked

PARTS = {
    "responses": gettext_lazy("What people say on boards, in polls, with cards and drawings"),
    "events": gettext_lazy("Events, who runs them and who comes"),
    "people": gettext_lazy("Accounts, mail, requests and the log"),
    "journal": gettext_lazy("Posts, comments and stories"),
    "outcomes": gettext_lazy("What came of it"),
    "archive": gettext_lazy("What researchers keep and take"),
    "principles": gettext_lazy("Principles"),
}
# What a table is called to somebody who does not know ours.
NAMES = {
    "act": gettext_lazy("line of the log"),
    "case": gettext_lazy("request or complaint"),
    "casenote": gettext_lazy("note on a request"),
}


@dataclass(frozen=True, slots=True)
class Kept:
    """What is kept alike of one kind of thing."""

    kind: str
    names: list[str]
    keep: str
    why: str


@dataclass(frozen=True, slots=True)
class Asked:
    """One version of the two sentences: as they are on record, and as this reader reads them."""

    version: int
    sentences: tuple[str, str]
    in_words: tuple[str, str]
    is_asked_now: bool


@login_not_required
@require_safe
def retention(request: HttpRequest) -> HttpResponse:
    """The table of retention.toml: what is kept, for how long, and what for."""
    policy = tomllib.loads(POLICY.read_text())
    beside = [Kept(name, [], said["keep"], said["why"]) for name, said in policy["beside"].items()]
    return render(request, "archive/retention.html", {"kinds": kinds(policy["personal"]), "beside": beside})


def kinds(personal: dict[str, dict[str, str]]) -> dict[str, list[Kept]]:
    """The columns by part of the site; those of one kind of thing that are kept alike stand together."""
    found: dict[str, dict[tuple[str, str, str], list[str]]] = {part: {} for part in PARTS.values()}
    for column, said in personal.items():
        label, _, name = column.rpartition(".")
        model = apps.get_model(label)
        kind = NAMES.get(model._meta.model_name, str(model._meta.verbose_name)).capitalize()
        alike = found[PARTS[model._meta.app_label]].setdefault((kind, said["keep"], said["why"]), [])
        alike.append(str(model._meta.get_field(name).verbose_name))
    return {
        part: [Kept(kind, names, keep, why) for (kind, keep, why), names in alike.items()]
        for part, alike in found.items()
    }


@login_not_required
@require_safe
def consents(request: HttpRequest) -> HttpResponse:
    """Every wording of the two choices that anybody was ever asked."""
    notes, stories = list(of(dict(enumerate(WORDINGS, 1)))), list(of(STORY_WORDINGS))
    return render(request, "archive/consents.html", {"notes": notes, "stories": stories})


def of(wordings: dict[int, tuple[str, str]]) -> Iterator[Asked]:
    """The wordings with their versions, the latest first."""
    latest = max(wordings)
    for version, sentences in sorted(wordings.items(), reverse=True):
        yield Asked(version, sentences, as_asked(sentences), version == latest)
