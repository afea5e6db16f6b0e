"""Everything on record is one list: each kind is found, in every order, and never what is not shown."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db.models import Model
from django.http import QueryDict
from django.utils import timezone
from model_bakery import baker

from archive.search import paging
from archive.search.hits import found
from archive.search.query import SORTS, Query, read_query
from events.models import Event
from journal.models import Post, Story
from journal.stories import withdraw_story
from outcomes.models import Amendment, Call, Decision, Promise, Statement, Theme
from people.consent import consent_given
from people.guests import ANYBODY, Viewer
from people.models import Person
from responses.models import Activity, Drawing, Note, Picture, Reading, Station
from tests.stories import call_for, shown
from tests.texts import names, published, words

pytestmark = pytest.mark.django_db
NOW = timezone.now()


def asked(given: str) -> Query:
    return read_query(QueryDict(given))


def things(given: str, viewer: Viewer = ANYBODY) -> list[Model]:
    return [hit.thing for hit in found(asked(given), viewer, number=100).hits]


@pytest.fixture
def one_of_each(
    station: Station, post_note: Callable[..., Note], make_set: Callable, ada: Viewer, steward: Viewer
) -> Event:
    """The word “canary” in one thing of every kind; the promise and the call belong to no event."""
    event = station.board.event
    Event.objects.filter(pk=event.pk).update(summary="A canary sang.")
    paper = post_note(station, "placeholder")
    Note.objects.filter(pk=paper.pk).update(origin="paper", text="placeholder")
    Reading.objects.create(
        note=paper, number=2, witness="photo", text="canary", text_state="read", mark="tick"
    )
    post_note(station, "A canary")
    event.quotations.create(text="Only a canary knows.")
    drawing = Drawing.objects.create(event=event, slug="sky", name="Sky", kind=Activity.Kind.DRAWING)
    Picture.objects.create(
        drawing=drawing, number=1, key="6f2c1c1e-0000-4000-8000-000000000001", files="x",
        expression="A canary on a wire", consent=consent_given(public=True, research=True),
    )  # fmt: skip
    post = baker.make(Post, title="Birds", slug="birds", published_at=NOW - timedelta(days=1))
    published(post, words("<p>The canary in it.</p>"), by=steward)
    shown(call_for(ada), steward, "I had a canary once.")
    principle = make_set("Canary").principles.get()
    signed = {"event": event, "published_at": NOW}
    Theme.objects.create(event=event, name="Canaries")
    Statement.objects.create(text="We heard a canary.", **signed)
    Decision.objects.create(text="We keep the canary.", kind="done", **signed)
    Amendment.objects.create(
        principle=principle, wording=principle.current_wording, text="The canary first.", why="It said so.",
        state="open", opened_at=NOW, open_until=NOW + timedelta(days=9),
    )  # fmt: skip
    Promise.objects.create(text="A canary for all.")
    Call.objects.create(title="Bring a canary", text="All of you.", opened_at=NOW)
    Person.objects.filter(pk=ada.person.pk).update(about="Keeps a canary.", is_listed=True)
    return event


EVERY = {
    "note", "reading", "event", "quotation", "drawing", "post", "story", "principle", "theme", "statement",
    "decision", "amendment", "promise", "call", "person",
}  # fmt: skip


@pytest.mark.parametrize("sort", SORTS)
@pytest.mark.parametrize("number", [1, 4, 100])
def test_every_kind_is_found_once_in_every_order(one_of_each: Event, sort: str, number: int) -> None:
    query, after, seen = asked(f"q=canary&sort={sort}"), "", []
    while True:
        page = found(query, ANYBODY, after, number=number)
        seen += [(hit.kind, hit.thing.pk) for hit in page.hits]
        after = page.next
        if not after:
            break
    assert len(seen) == len(set(seen))
    assert {kind for kind, _pk in seen} == EVERY
    assert all(hit.url and hit.title and hit.kind_label for hit in found(query, ANYBODY, number=100).hits)


@pytest.mark.parametrize("kind", sorted(EVERY))
def test_one_kind_can_be_asked_for_alone(one_of_each: Event, kind: str) -> None:
    assert {hit.kind for hit in found(asked(f"q=canary&kind={kind}"), ANYBODY).hits} == {kind}


def test_what_belongs_to_an_event_is_narrowed_to_it(one_of_each: Event) -> None:
    kinds = {hit.kind for hit in found(asked(f"q=canary&event={one_of_each.slug}"), ANYBODY, number=99).hits}
    assert kinds == EVERY - {"post", "story", "principle", "amendment", "promise", "call", "person"}
    assert things("q=canary&event=another-day") == []


def test_words_of_a_title_and_of_its_text_are_found_together(one_of_each: Event) -> None:
    assert [type(thing) for thing in things("q=birds+canary")] == [Post]
    assert things("q=birds+-canary") == []


def test_what_is_not_published_or_was_taken_back_is_not_found(one_of_each: Event) -> None:
    Statement.objects.update(withdrawn_at=NOW, withdrawn_why="It was not so.")
    Decision.objects.update(published_at=None)
    Theme.objects.update(dissolved_at=NOW)
    Promise.objects.update(taken_down_at=NOW)
    Call.objects.update(opened_at=None)
    Amendment.objects.update(opened_at=None, state="draft")
    Post.objects.update(published_at=NOW + timedelta(days=1))
    Story.objects.update(state="held")
    Picture.objects.update(moderation="hidden")
    Reading.objects.update(is_held=True)
    Person.objects.update(is_listed=False)
    kinds = {hit.kind for hit in found(asked("q=canary"), ANYBODY, number=100).hits}
    assert kinds == {"note", "event", "quotation", "principle"}


def test_words_cited_in_a_post_are_not_found_when_the_story_was_withdrawn(
    ada: Viewer, steward: Viewer, ben: Viewer
) -> None:
    made = shown(call_for(ada), steward, "The lapwing came back.")
    post = baker.make(Post, title="Birds", slug="birds", published_at=NOW - timedelta(days=1))
    cites = names("story", made.story.identifier) | {"excerpt": "The lapwing came back."}
    published(post, words("<p>What we were told.</p>"), cites, by=steward)
    assert [type(thing) for thing in things("q=lapwing")] == [Story]
    withdraw_story(made.story, by=ben, receipt=made.receipt)
    assert things("q=lapwing") == []


def test_a_draft_of_a_text_is_not_found(make_event: Callable[..., Event], ada: Viewer) -> None:
    event = make_event(body="Cranberries were shared.")
    assert things("q=cranberries") == [event]
    event.writing.versions.create(number=2, blocks=[words("<p>Lingonberries.</p>")])
    assert things("q=lingonberries") == []
    assert things("q=lingonberries", ada) == []


def test_when_somebody_joined_is_told_to_nobody(ada: Viewer) -> None:
    Person.objects.filter(pk=ada.person.pk).update(is_listed=True)
    (hit,) = found(asked("q=ada&kind=person"), ANYBODY).hits
    assert hit.at.year == 1


@pytest.mark.parametrize("sort", ["newest", "event"])
def test_old_notes_are_found_however_few_and_however_far_back(
    make_event: Callable[..., Event], make_board: Callable, post_note: Callable[..., Note],
    monkeypatch: pytest.MonkeyPatch, sort: str,
) -> None:  # fmt: skip
    """Results are looked for among the last few first; none may be missed or come twice behind those."""
    monkeypatch.setattr(paging, "RECENT_NOTES", 3)
    monkeypatch.setattr(paging, "RECENT_EVENTS", 1)
    own = []
    for year in range(2015, 2021):
        station = make_board(event=make_event(f"day-{year}", date=f"{year}-05-01")).stations.get()
        for number in range(3):
            note = post_note(station, "rare" if number == 0 and year < 2018 else "other")
            added = NOW - timedelta(days=(2021 - year) * 365 + number)
            Note.objects.filter(pk=note.pk).update(added_at=added)
            own += [note.pk] if note.text == "rare" else []
    for given, expected in (("q=rare", own[::-1]), ("year=2015&q=rare", own[:1])):
        query, after, seen = asked(f"{given}&kind=note&sort={sort}"), "", []
        while True:
            page = found(query, ANYBODY, after, number=2)
            seen += [hit.thing.pk for hit in page.hits]
            after = page.next
            if not after:
                break
        assert seen == expected
