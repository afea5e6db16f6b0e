"""Several people at one text, at the same moment."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from events.models import Event
from journal.merging import merged
from journal.models import Draft, Version
from journal.writing import Overtaken, keep_draft, latest_of, save_version, writing_of
from people.guests import Viewer
from tests.conftest import make_person
from tests.texts import words

pytestmark = pytest.mark.django_db(transaction=True)
EDITORS = 10


@pytest.fixture
def editors(make_event: Callable[..., Event]) -> tuple[Event, list[Viewer]]:
    event = make_event()
    viewers = [Viewer(person=make_person(f"Editor {n}")) for n in range(EDITORS)]
    for place, viewer in enumerate(viewers, 1):
        event.organisers.create(person=viewer.person, position=place)
    return event, viewers


def at_once[T](act: Callable[[int], T], number: int = EDITORS) -> list[T]:
    def in_a_thread(n: int) -> T:
        try:
            return act(n)
        finally:
            connection.close()

    with ThreadPoolExecutor(number) as pool:
        return list(pool.map(in_a_thread, range(number)))


def test_of_ten_who_save_at_once_one_is_next_and_no_text_is_lost(
    editors: tuple[Event, list[Viewer]],
) -> None:
    event, viewers = editors
    writing = writing_of(event, by=viewers[0])

    def save(n: int) -> int | None:
        """The number of the version that was first, for everybody who was not."""
        mine = writing_of(event, by=viewers[n])
        try:
            save_version(mine, [words(f"<p>Text {n}.</p>")], by=viewers[n], based_on=0)
        except Overtaken as overtaken:
            return overtaken.latest.number
        return None

    assert sorted(at_once(save), key=str) == [*[1] * (EDITORS - 1), None]
    kept = [version.blocks for version in Version.objects.filter(writing=writing)]
    kept += [draft.blocks for draft in Draft.objects.filter(writing=writing)]
    assert sorted(kept, key=str) == sorted(([words(f"<p>Text {n}.</p>")] for n in range(EDITORS)), key=str)


def test_ten_who_each_change_their_own_part_all_end_up_in_the_text(
    editors: tuple[Event, list[Viewer]],
) -> None:
    event, viewers = editors
    base = [words(f"<p>Part {n}.</p>", f"p{n}") for n in range(EDITORS)]
    save_version(writing_of(event, by=viewers[0]), base, by=viewers[0], based_on=0)

    def save(n: int) -> int:
        mine = [{**block, "html": f"<p>By {n}.</p>"} if block["id"] == f"p{n}" else block for block in base]
        began, text, conflicts = base, mine, 0
        number = 1
        while True:
            try:
                save_version(writing_of(event, by=viewers[n]), text, by=viewers[n], based_on=number)
            except Overtaken as overtaken:
                conflicts += 1
                text = merged(began, text, overtaken.latest.blocks)
                began, number = overtaken.latest.blocks, overtaken.latest.number
            else:
                return conflicts

    conflicts = sum(at_once(save))
    latest = latest_of(writing_of(event, by=viewers[0]))
    assert latest.number == EDITORS + 1
    assert [block["html"] for block in latest.blocks] == [f"<p>By {n}.</p>" for n in range(EDITORS)]
    assert conflicts > 0


def test_two_windows_of_one_person_keep_the_newest_draft(editors: tuple[Event, list[Viewer]]) -> None:
    event, (ada, *_) = editors
    writing = writing_of(event, by=ada)

    def keep(n: int) -> bool:
        try:
            keep_draft(writing, [words(f"<p>{n}</p>")], by=ada, based_on=0, number=n + 1)
        except Overtaken as overtaken:
            return overtaken.draft.number > n + 1
        return True

    assert all(at_once(keep))
    draft = Draft.objects.get()
    assert (draft.number, draft.blocks) == (EDITORS, [words(f"<p>{EDITORS - 1}</p>")])
