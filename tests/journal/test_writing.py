"""Drafts and versions: nothing that anybody types is lost."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import settings as tries

from events.models import Event
from events.record import add_quotation
from journal.blocks import without_empty
from journal.models import Draft, Post, Version
from journal.posts import begin_post
from journal.showing import previewed_blocks, shown_blocks
from journal.writing import (
    Overtaken,
    drop_draft,
    keep_draft,
    latest_of,
    restore_version,
    save_version,
    writing_of,
)
from people.guests import ANYBODY, Viewer
from people.models import Act
from people.refusals import Refused
from tests.conftest import make_person
from tests.journal.test_blocks import ANY_BLOCKS
from tests.texts import names, quoted, saved, words

MakeEvent = Callable[..., Event]


@pytest.fixture
def event(make_event: MakeEvent) -> Event:
    return make_event()


@pytest.fixture
def eve(event: Event) -> Viewer:
    """Eve organises the event with Ada."""
    person = make_person("Eve")
    event.organisers.create(person=person, position=1)
    return Viewer(person=person)


@pytest.fixture
def post(ada: Viewer) -> Post:
    return begin_post("Afterwards", by=ada)


def test_a_text_is_begun_once(event: Event, ada: Viewer) -> None:
    assert writing_of(event, by=ada) == writing_of(event, by=ada)


def test_only_those_who_run_an_event_write_in_it(event: Event, ada: Viewer, ben: Viewer) -> None:
    version = saved(event, words(), by=ada)
    writing = version.writing
    stranger = Viewer(person=make_person("Cleo"))
    for by in (ben, ANYBODY, stranger):
        for act in (
            lambda by=by: writing_of(event, by=by),
            lambda by=by: keep_draft(writing, [words()], by=by, based_on=1, number=1),
            lambda by=by: save_version(writing, [words("<p>x</p>")], by=by, based_on=1),
            lambda by=by: restore_version(version, by=by, why=""),
        ):
            with pytest.raises(Refused, match="Only those who run this event"):
                act()
    assert (Version.objects.count(), Draft.objects.count()) == (1, 0)


def test_only_those_who_write_a_post_write_in_it(post: Post, researcher: Viewer) -> None:
    with pytest.raises(Refused, match="Only those who write this post"):
        writing_of(post, by=researcher)


def test_versions_are_numbered_and_stay_as_they_were(event: Event, ada: Viewer) -> None:
    first = saved(event, words("<p>One.</p>"), by=ada)
    second = saved(event, words("<p>Two.</p>"), by=ada, why="Said otherwise.")
    assert (first.number, second.number, second.why, second.by) == (1, 2, "Said otherwise.", ada.person)
    assert Version.objects.get(number=1).blocks == [words("<p>One.</p>")]
    assert Act.objects.filter(verb="wrote", subject=event.identifier).count() == 2


def test_saving_what_is_saved_already_makes_no_version(event: Event, ada: Viewer) -> None:
    writing = saved(event, words(), quoted("Longer."), by=ada).writing
    again = save_version(writing, [words(), quoted("Longer.")], by=ada, based_on=0)
    same = save_version(writing, [words(), quoted("Longer.")], by=ada, based_on=1)
    assert (again.number, same.number, Version.objects.count()) == (1, 1, 1)


def test_empty_parts_stay_in_a_draft_and_go_with_a_version(event: Event, ada: Viewer) -> None:
    writing = writing_of(event, by=ada)
    blocks = [words(), words("", "e1"), names("photo", "", "e2")]
    assert len(keep_draft(writing, blocks, by=ada, based_on=0, number=1).blocks) == 3
    assert len(save_version(writing, blocks, by=ada, based_on=0).blocks) == 1


@pytest.mark.django_db
def test_whoever_is_overtaken_gets_both_texts_and_keeps_theirs(
    event: Event, ada: Viewer, eve: Viewer
) -> None:
    writing = saved(event, words("<p>Base.</p>"), by=ada).writing
    saved(event, words("<p>Ada’s.</p>"), by=ada)
    with pytest.raises(Overtaken) as overtaken:
        save_version(writing, [words("<p>Eve’s.</p>")], by=eve, based_on=1)
    assert overtaken.value.latest.blocks == [words("<p>Ada’s.</p>")]
    assert overtaken.value.draft.blocks == [words("<p>Eve’s.</p>")]
    draft = Draft.objects.get(person=eve.person)
    assert (draft.blocks, draft.based_on) == ([words("<p>Eve’s.</p>")], 1)
    assert latest_of(writing).number == 2


def test_a_draft_is_kept_for_each_person_and_goes_when_its_words_are_saved(
    event: Event, ada: Viewer, eve: Viewer
) -> None:
    writing = writing_of(event, by=ada)
    for viewer in (ada, eve):
        keep_draft(writing, [words(f"<p>{viewer.person}</p>")], by=viewer, based_on=0, number=1)
    save_version(writing, [words("<p>Ada</p>")], by=ada, based_on=0)
    assert [draft.person for draft in Draft.objects.all()] == [eve.person]
    assert Act.objects.filter(verb="began_a_draft").count() == 2


def test_an_old_window_does_not_undo_a_newer_draft(event: Event, ada: Viewer) -> None:
    writing = writing_of(event, by=ada)
    keep_draft(writing, [words("<p>One two.</p>")], by=ada, based_on=0, number=5)
    for number, html in ((4, "<p>One.</p>"), (5, "<p>Other.</p>")):
        with pytest.raises(Overtaken) as overtaken:
            keep_draft(writing, [words(html)], by=ada, based_on=0, number=number)
        assert overtaken.value.draft.blocks == [words("<p>One two.</p>")]
    again = keep_draft(writing, [words("<p>One two.</p>")], by=ada, based_on=0, number=5)
    assert again.number == 5


def test_a_letter_that_comes_after_its_words_were_saved_brings_no_draft_back(
    event: Event, ada: Viewer, eve: Viewer
) -> None:
    writing = saved(event, words(), by=ada).writing
    with pytest.raises(Overtaken, match="saved already"):
        keep_draft(writing, [words()], by=ada, based_on=0, number=9)
    assert not Draft.objects.exists()
    assert keep_draft(writing, [words("<p>Eve’s own.</p>")], by=eve, based_on=0, number=1).based_on == 0


def test_a_draft_is_thrown_away_by_whoever_typed_it(event: Event, ada: Viewer, eve: Viewer) -> None:
    writing = writing_of(event, by=ada)
    for viewer in (ada, eve):
        keep_draft(writing, [words()], by=viewer, based_on=0, number=1)
    drop_draft(writing, by=eve)
    assert [draft.person for draft in Draft.objects.all()] == [ada.person]
    assert not Draft.objects.visible_to(eve).exists()


def test_an_earlier_version_comes_back_as_the_next_one(event: Event, ada: Viewer) -> None:
    first = saved(event, words("<p>One.</p>"), by=ada)
    saved(event, words("<p>Two.</p>"), by=ada)
    restored = restore_version(first, by=ada, why="")
    assert (restored.number, restored.blocks) == (3, first.blocks)
    assert restored.why == "Back to what version 1 said."
    assert Version.objects.filter(blocks=[words("<p>Two.</p>")]).exists()


def test_a_reason_that_is_too_long_is_refused(event: Event, ada: Viewer) -> None:
    with pytest.raises(Refused, match="where 300 fit"):
        saved(event, words(), by=ada, why="a" * 301)


def test_a_quotation_gets_its_identifier_once_and_none_of_another_event(
    event: Event, ada: Viewer, make_event: MakeEvent
) -> None:
    elsewhere = add_quotation(make_event("other"), "Theirs.", said_by="", by=None)
    own = quoted("Ours.", name="q1")
    taken = quoted("Taken.", name="q2", quotation=elsewhere.identifier)
    first = saved(event, own, taken, by=ada)
    ours, other = (block["quotation"] for block in first.blocks)
    assert len({"", ours, other, elsewhere.identifier}) == 4
    second = saved(event, quoted("Ours, again.", name="q1"), words(), by=ada)
    assert second.blocks[0]["quotation"] == ours


@pytest.mark.django_db(transaction=False)
def test_nothing_is_lost_from_typing_to_showing(event: Event, ada: Viewer) -> None:
    writing = writing_of(event, by=ada)
    number = 0

    @tries(max_examples=25)
    @given(ANY_BLOCKS)
    def keep_save_show(sent: list) -> None:
        nonlocal number
        number += 1
        blocks = [block for block in sent if block["kind"] != "illustration"]
        draft = keep_draft(writing, blocks, by=ada, based_on=writing.version, number=number)
        version = save_version(writing, draft.blocks, by=ada, based_on=writing.version)
        without_names = [{**block, "quotation": ""} for block in version.blocks]
        assert without_names == [{**block, "quotation": ""} for block in without_empty(draft.blocks)]
        shown = shown_blocks(version, ada)
        assert [block.id for block in shown] == [block["id"] for block in version.blocks]
        assert [one.html for one in shown] == [
            one.html for one in previewed_blocks(writing, draft.blocks, ada)
        ]
        assert [str(b.html) for b in shown if b.kind == "text"] == [
            b["html"] for b in version.blocks if b["kind"] == "text"
        ]

    keep_save_show()
