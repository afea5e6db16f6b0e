"""Anything on record is found by its words, and nothing that is not for whoever asks."""

from collections.abc import Callable, Iterable
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.http import QueryDict
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from archive.models import Word
from archive.search.hits import found
from archive.search.limits import TooLong, bounded
from archive.search.query import Query, read_query
from archive.search.suggest import make_words, parts_instead, suggestion
from events.models import Event
from people.guests import ANYBODY, Viewer
from people.models import Person
from people.refusals import Refused
from principles.models import Principle
from principles.wording import add_wording
from responses.board import withdraw_note
from responses.models import Note, Station

pytestmark = pytest.mark.django_db
Post = Callable[..., Note]


def asked(words: str = "", **chosen: str) -> Query:
    given_ = QueryDict(mutable=True)
    given_["q"] = words
    for facet, value in chosen.items():
        given_[facet] = value
    return read_query(given_)


def texts(words: str, viewer: Viewer = ANYBODY, **chosen: str) -> set[str]:
    """The words of the notes that are found."""
    hits = found(asked(words, kind="note", **chosen), viewer, number=100).hits
    return {hit.thing.text for hit in hits}


def kinds(words: str, viewer: Viewer = ANYBODY) -> list[str]:
    return [hit.kind for hit in found(asked(words), viewer, number=100).hits]


def post_all(station: Station, post_note: Post, said: Iterable[str]) -> None:
    for words in said:
        post_note(station, words)


@pytest.mark.parametrize(
    ("words", "finds"),
    [
        ("not", {"Not", "Do not ask us after it is decided."}),
        ('"power with"', {"Power with, and power over."}),
        ('"with power"', set()),
        ("cafe", {"Meet in the café."}),
        ("CAFÉ", {"Meet in the café."}),
        ("decide", {"Do not ask us after it is decided."}),
        ("not -decided", {"Not"}),
        ("caf*", {"Meet in the café."}),
        ("£££", {"Who has the £££?"}),
        ("↑", {"↑ more of this"}),
        ("*ecide*", {"Do not ask us after it is decided."}),
        ("and/or", {"Young and/or old"}),
        ("100%", {"100% sure_of it"}),
        ("*e_o*", {"100% sure_of it"}),
        ("*%*", {"100% sure_of it"}),
        ("power nothing", set()),
        ("o'clock", {"At nine o'clock"}),
    ],
)
def test_words_are_found_as_people_mean_them(
    station: Station, post_note: Post, words: str, finds: set[str]
) -> None:
    said = [
        "Not", "Do not ask us after it is decided.", "Power with, and power over.", "Meet in the café.",
        "Who has the £££?", "↑ more of this", "Young and/or old", "100% sure_of it", "At nine o'clock",
    ]  # fmt: skip
    post_all(station, post_note, said)
    assert texts(words) == finds


def test_every_guess_at_a_word_on_paper_is_found_and_no_remark(station: Station, post_note: Post) -> None:
    note = post_note(station, "placeholder")
    Note.objects.filter(pk=note.pk).update(
        origin="paper", text_state="partly",
        text="stay [workshop/worship?] ~~struck~~ [note: sideways] [removed: personal name] [drawing: arrow]",
    )  # fmt: skip
    for words, number in (
        ("workshop", 1), ("worship", 1), ("struck", 1), ("arrow", 1), ("sideways", 0), ("personal", 0),
    ):  # fmt: skip
        assert len(texts(words)) == number, words


@pytest.mark.parametrize("who", ["anybody", "stranger", "organiser", "researcher"])
def test_what_is_not_for_them_is_found_by_nobody(
    station: Station, post_note: Post, make_event: Callable[..., Event],
    ada: Viewer, cleo: Viewer, dee: Viewer, researcher: Viewer, who: str,
) -> None:  # fmt: skip
    make_event(slug="draft-day", name="Canary draft", status=Event.Status.DRAFT)
    gone = post_note(station, "canary withdrawn", by=dee)
    withdraw_note(gone, by=dee)
    hidden = post_note(station, "canary hidden")
    Note.objects.filter(pk=hidden.pk).update(moderation="hidden")
    post_note(station, "canary board", public=False, research=False)
    post_note(station, "canary research", public=False, research=True)
    viewer = {"anybody": ANYBODY, "stranger": cleo, "organiser": ada, "researcher": researcher}[who]
    own = {"canary board", "canary research"} if who == "organiser" else set()
    assert texts("canary", viewer) == own
    others = [kind for kind in kinds("canary", viewer) if kind != "note"]
    assert others == (["event"] if who == "organiser" else [])


def test_a_covered_board_is_not_searched(station: Station, post_note: Post) -> None:
    post_note(station, "canary covered")
    station.board.hides_until_reveal, station.board.phase = True, "collect"
    station.board.save()
    assert texts("canary") == set()


def test_withdrawing_takes_a_note_out_at_once(station: Station, post_note: Post, dee: Viewer) -> None:
    note = post_note(station, "for a moment", by=dee)
    assert texts("moment") == {"for a moment"}
    withdraw_note(note, by=dee)
    assert texts("moment") == set()


def test_people_are_found_only_if_they_agreed_to_be_listed(ada: Viewer, steward: Viewer) -> None:
    Person.objects.filter(pk=ada.person.pk).update(name="Ada Lovelace")
    for viewer in (ANYBODY, steward, ada):
        assert kinds("lovelace", viewer) == []
    Person.objects.filter(pk=ada.person.pk).update(is_listed=True)
    assert kinds("lovelace") == ["person"]


def test_principles_are_found_by_the_words_they_have_now(make_set: Callable) -> None:
    principle: Principle = make_set().principles.first()
    add_wording(principle, "Everybody brings zucchini.", by=None)
    assert "principle" in kinds("zucchini")
    add_wording(principle, "Everybody brings courgettes.", by=None)
    assert kinds("zucchini") == []


@pytest.mark.parametrize(
    "given_",
    ["q=" + "a+" * 13, "q=" + "a" * 201, "x=1", "mark=nothing", "year=abcd", "sort=worst", "q=-", 'q=""',
     "consent=public&colour=red", "&".join(f"place={n}" for n in range(61))],
)  # fmt: skip
def test_a_search_that_cannot_be_is_refused_in_a_sentence(given_: str) -> None:
    with pytest.raises(Refused, match=r"\w{3,}.*\."):
        found(read_query(QueryDict(given_)), ANYBODY)


@pytest.mark.parametrize("after", ["zzz", "W10", "WzFd", "WzEsMiwzXQ", "e30", "W251bGwsMSwxXQ", "A" * 5000])
def test_a_page_that_begins_nowhere_is_refused(after: str) -> None:
    with pytest.raises(Refused):
        found(Query(), ANYBODY, after)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(words=st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=60))
def test_whatever_is_typed_is_searched_or_refused(station: Station, words: str) -> None:
    try:
        query = asked(words)
    except Refused:
        return
    with bounded():
        found(query, ANYBODY)
        suggestion(query, ANYBODY)
        parts_instead(query, ANYBODY)


@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(ages=st.lists(st.integers(0, 3), min_size=1, max_size=25), number=st.integers(1, 7))
def test_pages_repeat_and_skip_nothing(
    station: Station, post_note: Post, ages: list[int], number: int
) -> None:
    Note.objects.all().delete()
    now, own = timezone.now(), set()
    for age in ages:
        note = post_note(station, f"again {uuid4().hex}")
        Note.objects.filter(pk=note.pk).update(added_at=now - timedelta(days=age))
        own.add(note.pk)
    for sort in ("newest", "event", "best"):
        query, after, seen = asked("again", kind="note", sort=sort), "", []
        while True:
            page = found(query, ANYBODY, after, number=number)
            seen += [hit.thing.pk for hit in page.hits]
            after = page.next
            if not after:
                break
        assert len(seen) == len(set(seen))
        assert set(seen) == own


def test_a_page_goes_on_where_it_was_though_newer_notes_came(station: Station, post_note: Post) -> None:
    first = [post_note(station, f"old {n}").pk for n in range(4)]
    page = found(asked("old", kind="note"), ANYBODY, number=2)
    post_note(station, "old but new")
    following = found(asked("old", kind="note"), ANYBODY, page.next, number=2)
    assert [hit.thing.pk for hit in page.hits + following.hits] == first[::-1]


def test_what_is_marked_in_a_result_is_safe(station: Station, post_note: Post) -> None:
    post_note(station, "<script>alert(1)</script> budget & <b>more</b> \ue000budget\ue001")
    (hit,) = found(asked("budget"), ANYBODY).hits
    assert str(hit.html) == (
        "&lt;script&gt;alert(1)&lt;/script&gt; <mark>budget</mark> &amp; &lt;b&gt;more&lt;/b&gt; "
        "<mark>budget</mark>"
    )


def test_parts_and_signs_are_marked_too(station: Station, post_note: Post) -> None:
    post_note(station, "Participation & £££")
    (hit,) = found(asked("*rtici*"), ANYBODY).hits
    assert "Pa<mark>rtici</mark>pation" in hit.html
    (hit,) = found(asked("£££"), ANYBODY).hits
    assert "&amp; <mark>£££</mark>" in hit.html


def test_another_spelling_is_suggested_only_while_it_finds_something(
    station: Station, post_note: Post, dee: Viewer
) -> None:
    note = post_note(station, "accountability", by=dee)
    make_words()
    assert suggestion(asked("acountability"), ANYBODY).words == "accountability"
    withdraw_note(note, by=dee)
    assert suggestion(asked("acountability"), ANYBODY) is None


def test_words_that_are_not_public_are_not_gathered(station: Station, post_note: Post) -> None:
    post_note(station, "secretboardword", public=False)
    post_note(station, "publicword")
    make_words()
    assert set(Word.objects.values_list("word", flat=True)) >= {"publicword"}
    assert not Word.objects.filter(word="secretboardword").exists()


def test_a_statement_that_takes_too_long_is_given_up(db: None) -> None:
    with pytest.raises(TooLong, match="too long"), bounded(50), connection.cursor() as cursor:
        cursor.execute("SELECT pg_sleep(5)")
    with connection.cursor() as cursor:
        cursor.execute("SHOW statement_timeout")
        assert cursor.fetchone()[0] in ("0", "0ms")
