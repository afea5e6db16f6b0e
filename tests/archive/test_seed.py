from io import StringIO
from unittest.mock import Mock

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command

from archive.demo import community, enclosures
from archive.management.commands import seed as command
from events.models import Event, Series
from journal.models import (
    Attachment,
    Illustration,
)


def seed(*words: str) -> str:
    out = StringIO()
    call_command("seed", *words, stdout=out)
    return out.getvalue()


@pytest.fixture
def whole_demo(db: None) -> None:
    seed()


def rows() -> dict[str, int]:
    return {model.__name__: model._default_manager.count() for model in apps.get_models()}


def test_a_second_seed_changes_nothing(whole_demo: None) -> None:
    before = rows()
    assert "already" in seed()
    assert rows() == before


def test_a_seed_that_fails_leaves_nothing(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*, by: object) -> None:
        raise RuntimeError

    monkeypatch.setattr(community, "publish_posts", fail)
    before = rows()
    with pytest.raises(RuntimeError):
        seed()
    assert rows() == before


def test_a_seed_over_somebodys_event_says_so_and_loads_nothing(db: None) -> None:
    Event.objects.create(slug="calls-to-action", name="Ours", date="2019")
    with pytest.raises(CommandError, match="empty site"):
        seed()
    assert not Series.objects.exists()


def test_the_sign_ins_of_a_demo_that_is_not_there_are_an_error(db: None) -> None:
    with pytest.raises(CommandError, match=r"\./dev seed"):
        seed("--sign-ins")


def test_files_that_no_text_names_yet_are_put_in_by_another_seed(
    db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(command, "hang_photographed_wall", Mock())
    with monkeypatch.context() as broken:
        broken.setattr(enclosures, "change", Mock(side_effect=RuntimeError))
        broken.setattr(community, "enclose_film", Mock())
        with pytest.raises(RuntimeError):
            seed()
    kept = Attachment.objects.all(), Illustration.objects.all()
    assert not any(made.get().is_shown for made in kept)
    assert "already" in seed()
    assert all(made.get().is_shown for made in kept)
