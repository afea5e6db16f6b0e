"""Words for suggestions are gathered by the site itself, once a day."""

from collections.abc import Callable

import pytest
from django.core.management import call_command
from django_tasks_db.models import DBTaskResult

from archive.models import Word
from archive.search.gathering import ask_for_words
from responses.models import Note, Station

pytestmark = pytest.mark.django_db


def test_words_are_gathered_once_a_day_however_often_it_is_asked(
    station: Station, post_note: Callable[..., Note], do_work: Callable[[], int]
) -> None:
    post_note(station, "lapwing")
    do_work()
    ask_for_words(), ask_for_words()
    assert DBTaskResult.objects.filter(task_path__endswith="gather_words").count() == 1
    do_work()
    assert Word.objects.filter(word="lapwing", number=1).exists()


def test_the_command_gathers_them_at_once(
    station: Station, post_note: Callable[..., Note], capsys: pytest.CaptureFixture[str]
) -> None:
    post_note(station, "lapwing")
    call_command("words")
    assert Word.objects.filter(word="lapwing").exists()
    assert "words." in capsys.readouterr().out
