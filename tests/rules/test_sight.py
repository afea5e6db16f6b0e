"""One rule of sight: whatever has an address has it, and no view goes past it."""

import ast
from pathlib import Path

import pytest
from django.apps import apps
from django.db.models import Model

from people.guests import ANYBODY
from tests.rules.sources import APPS, ROOT, chain, modules, where, whole_calls

# A receipt is a right of sight of its own: whoever holds it may see its note. Likewise the secret
# address of a file that somebody without an account asked for, which holds what is public alone.
BY_ROLE = {"run_by", "facilitated_by", "moderated_by", "transcribed_by"}
RULES = {"visible_to", "once_visible_to", "of", "with_receipt", "with_token"} | BY_ROLE
SHORTCUTS = {"get_object_or_404", "get_list_or_404"}
ADDRESSED = [
    model
    for app in APPS
    for model in apps.get_app_config(app).get_models()
    if hasattr(model, "get_absolute_url")
]


def is_view(path: Path) -> bool:
    return path.stem in {"views", "desk"} or path.stem.endswith("_views") or "views" in path.parts


VIEWS = [path for path in modules() if is_view(path)]


def unscoped(call: ast.Call) -> bool:
    """Whether a call fetches from a table without asking who looks."""
    names = chain(call.func)
    if names[-1] in SHORTCUTS and call.args:
        fetched = chain(call.args[0])
        return fetched[0][:1].isupper() and not RULES.intersection(fetched)
    return "objects" in names[:-1] and not RULES.intersection(names)


@pytest.mark.parametrize("model", ADDRESSED, ids=lambda model: model.__name__)
@pytest.mark.django_db
def test_everything_with_an_address_has_a_rule_of_sight(model: type[Model]) -> None:
    assert list(model.objects.visible_to(ANYBODY)) == []


def test_the_rule_covers_what_the_site_shows() -> None:
    names = {model.__name__ for model in ADDRESSED}
    assert {"Event", "Series", "PrincipleSet", "Principle", "Wording", "Board", "Note", "Post"} <= names


def test_no_view_fetches_past_the_rule_of_sight() -> None:
    strays = [where(path, call) for path in VIEWS for call in whole_calls(path) if unscoped(call)]
    assert strays == [], "Begin these with visible_to(request.viewer)."


def test_the_scan_reads_every_module_of_views() -> None:
    found = {path.relative_to(ROOT).parts[0] for path in VIEWS}
    assert {"coproduce", "archive", "events", "principles", "responses"} <= found


def test_the_scan_sees_a_fetch_that_asks_nobody() -> None:
    for source in (
        "Note.objects.get(pk=1)",
        "Note.objects.filter().first()",
        "get_object_or_404(Note, pk=1)",
    ):
        assert unscoped(ast.parse(source).body[0].value), source
    for source in (
        "Note.objects.visible_to(v).get(pk=1)",
        "get_object_or_404(Note.objects.visible_to(v), pk=1)",
        "get_object_or_404(notes, pk=1)",
    ):
        assert not unscoped(ast.parse(source).body[0].value), source
