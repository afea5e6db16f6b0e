"""The number beside each value is the number of notes one finds by choosing it, exactly."""

import random
from collections.abc import Callable, Iterator
from itertools import product
from uuid import uuid4

import pytest

from archive.search.facets import LONG, SAID, TOP, Facets, facets_of
from archive.search.hits import found
from archive.search.notes import narrowed, notes_found
from archive.search.query import FACETS, Query
from events.models import Event, Series
from events.record import add_quotation
from journal.posts import publish_post
from people.consent import consent_given
from people.guests import ANYBODY, Viewer
from principles.models import PrincipleSet
from responses.board import withdraw_note
from responses.models import Board, Mark, Moderation, Note, Origin, Station, TextState
from responses.moderation import hide_note
from responses.tallies import tally_of

pytestmark = pytest.mark.django_db
Post = Callable[..., Note]
WORDS = ("Power with people", "A budget for time", "Time and power", "Kindness")
OF_NOTES = [facet for facet in FACETS if facet != "kind"]


@pytest.fixture
def archive(make_set: Callable, make_event: Callable, make_board: Callable) -> list[Station]:
    """Four events of three years and two series, with notes of every shape, the same in every run."""
    sets = make_set(), make_set("Care", "Share", slug="kites", name="Kites")
    series = [Series.objects.create(slug=slug, name=slug.title()) for slug in ("spring", "autumn")]
    chance, stations = random.Random(7), []
    for at in range(4):
        event = make_event(
            f"day-{at}", name=f"Day {at}", date=f"{2017 + at % 3}-05-0{at + 1}",
            place=("Hall", "Barn", "")[at % 3],
            series=series[at] if at < 2 else None, tags=["walls", "outdoors"][: at % 3],
        )  # fmt: skip
        board = make_board("Power", "Time", slug=f"wall-{at}", event=event)
        for station, asked in zip(board.stations.all(), sets, strict=True):
            for principle in asked.principles.all()[: 1 + at % 2]:
                station.pairings.create(principle=principle)
            stations.append(station)
        stations[-1].pairings.create(principle=sets[0].principles.first())
    Note.objects.bulk_create(notes_at(stations, chance))
    return stations


def notes_at(stations: list[Station], chance: random.Random) -> Iterator[Note]:
    consents = [consent_given(public=one, research=other) for one, other in product((True, False), repeat=2)]
    for number in range(1, 121):
        station, state = chance.choice(stations), chance.choice(TextState.values)
        has_words = state in (TextState.READ, TextState.PARTLY)
        origin = chance.choice(Origin.values) if state in ("read", "no_text", "drawing") else Origin.PAPER
        yield Note(
            board_id=station.board_id, station=station, number=number, key=uuid4(), origin=origin,
            mark=chance.choice(Mark.values), text_state=state, text=chance.choice(WORDS) if has_words else "",
            consent=chance.choice(consents), moderation=chance.choice(["shown"] * 5 + ["hidden"]),
        )  # fmt: skip


def numbers(facets: Facets) -> dict[tuple[str, str], int]:
    return {(one.name, value.value): value.number for one in facets.facets for value in one.values}


def queries(stations: list[Station]) -> Iterator[Query]:
    """Searches of one to three facets, with words and without, the same in every run."""
    chance, values = random.Random(11), all_values()
    for number in range(24):
        chosen = {facet: chance.sample(values[facet], 1 + (number + at) % 2)
                  for at, facet in enumerate(chance.sample(OF_NOTES, number % 4))}  # fmt: skip
        yield Query(chance.choice(["", "", "power", "time", '"power with"']), chosen)


def all_values() -> dict[str, list[str]]:
    sets = list(PrincipleSet.objects.values_list("identifier", flat=True))
    principles = list(PrincipleSet.objects.values_list("principles__identifier", flat=True))
    return {
        **{facet: list(values) for facet, values in SAID.items()},
        "set": sets, "principle": principles, "event": ["day-0", "day-1", "day-3"], "year": ["2017", "2018"],
        "series": ["spring", "autumn"], "place": ["Hall", "Barn"], "tag": ["walls", "outdoors"],
    }  # fmt: skip


def counted(query: Query) -> int:
    """The plain way: every note, one by one."""
    if query.words:
        return notes_found(query, ANYBODY).count()
    return narrowed(
        Note.objects.on_the_wall().filter(board__in=Board.objects.visible_to(ANYBODY)), query
    ).count()


def test_each_number_is_what_choosing_the_value_finds(archive: list[Station]) -> None:
    seen = 0
    for query in queries(archive):
        facets = facets_of(query, ANYBODY, LONG)
        assert facets.notes == counted(query)
        for (facet, value), number in numbers(facets).items():
            if facet != "kind":
                alone = Query(query.words, {**query.chosen, facet: [value]})
                assert number == counted(alone), (query, facet, value)
                seen += number > 0
    assert seen > 500


def test_no_value_that_finds_something_is_missing(archive: list[Station]) -> None:
    for query in queries(archive):
        shown = numbers(facets_of(query, ANYBODY, LONG))
        for facet in OF_NOTES:
            for value in all_values()[facet]:
                number = counted(Query(query.words, {**query.chosen, facet: [value]}))
                assert shown.get((facet, value), 0) == number, (query, facet, value)


def test_without_words_the_marks_are_those_of_the_tallies(archive: list[Station]) -> None:
    facets = facets_of(Query(), ANYBODY)
    tally = tally_of(Note.objects.all())
    assert facets.marks == tally.marks
    assert (facets.notes, facets.challenges) == (tally.total, tally.marks[Mark.SQUARE])
    kept = Note.objects.on_the_wall().filter(consent__public=False).count()
    assert facets.kept == kept > 0


def test_a_note_under_two_principles_counts_with_each_and_once_in_the_total(
    station: Station, make_set: Callable, post_note: Post
) -> None:
    for principle in make_set().principles.all():
        station.pairings.create(principle=principle)
    post_note(station)
    facets = facets_of(Query(), ANYBODY)
    assert [value.number for value in facets.by_name["principle"].values] == [1, 1]
    assert [value.number for value in facets.by_name["set"].values] == [1]
    assert facets.notes == 1


def test_closed_lists_and_chosen_values_never_vanish(station: Station, post_note: Post) -> None:
    post_note(station)
    facets = facets_of(Query("nowhere", {"place": ["The Barn"], "event": ["no-such-day"]}), ANYBODY)
    for name, values in SAID.items():
        assert [value.value for value in facets.by_name[name].values] == list(values)
    (place,) = facets.by_name["place"].values
    assert (place.label, place.number, place.is_chosen) == ("The Barn", 0, True)
    assert facets.by_name["event"].values[0].label == "no-such-day"


def test_a_long_facet_shows_its_largest_and_the_chosen_until_it_is_opened(
    make_event: Callable, make_board: Callable, post_note: Post
) -> None:
    for at in range(TOP + 3):
        board = make_board(event=make_event(f"day-{at:02}", place=f"Place {at:02}"))
        for _ in range(1 + (at < TOP)):
            post_note(board.stations.get())
    facet = facets_of(Query(), ANYBODY).by_name["place"]
    assert [value.value for value in facet.values] == [f"Place {at:02}" for at in range(TOP)]
    assert (facet.left_out, facet.all, facet.more) == (3, TOP + 3, "more=place#facet-place")
    chosen = facets_of(Query("", {"place": ["Place 14"]}), ANYBODY).by_name["place"]
    assert [value.value for value in chosen.values][-1] == "Place 14"
    assert chosen.more == "place=Place+14&more=place#facet-place"
    whole = facets_of(Query(), ANYBODY, ["place", "event"]).by_name["place"]
    assert (len(whole.values), whole.left_out) == (TOP + 3, 0)


@pytest.mark.parametrize("more", ["kind", "mark", "", "../..", "place' OR 1=1 --", "x" * 5000, "’\x01"])
def test_nonsense_in_more_opens_nothing(station: Station, post_note: Post, more: str) -> None:
    post_note(station)
    assert facets_of(Query(), ANYBODY, [more]) == facets_of(Query(), ANYBODY)


HOSTILE = ["'", "%s", "{found}", "%(x)s", "\\", "'); DROP TABLE responses_note; --", "ｎ🤖", "a" * 200]


@pytest.mark.parametrize("value", HOSTILE)
@pytest.mark.parametrize("facet", ["event", "series", "place", "tag", "set", "principle"])
def test_hostile_values_find_nothing_and_break_nothing(
    station: Station, post_note: Post, facet: str, value: str
) -> None:
    post_note(station)
    for words in ("", "decides"):
        facets = facets_of(Query(words, {facet: [value]}), ANYBODY)
        assert facets.notes == 0
        assert (value, 0) in [(one.value, one.number) for one in facets.by_name[facet].values]


@pytest.mark.parametrize("words", ["", "decides"])
def test_what_is_out_of_sight_is_in_no_number_and_no_value(
    words: str, make_event: Callable, make_board: Callable, make_set: Callable, post_note: Post,
    ada: Viewer, dee: Viewer,
) -> None:  # fmt: skip
    draft = make_event(
        "secret-day", name="Secret day", place="Secret barn", date="1999-01-01", tags=["secret tag"],
        status=Event.Status.DRAFT, series=Series.objects.create(slug="secret-series", name="Secret series"),
    )  # fmt: skip
    station = make_board(event=draft).stations.get()
    station.pairings.create(principle=make_set(slug="secret", name="Secret set").principles.first())
    post_note(station)
    shown = make_board(slug="open", event=make_event("open-day")).stations.get()
    withdraw_note(post_note(shown, by=dee), by=dee)
    hide_note(post_note(shown), "No.", by=ada)
    covered = make_board(slug="covered", event=make_event("covered-day")).stations.get()
    Board.objects.filter(pk=covered.board_id).update(hides_until_reveal=True, phase=Board.Phase.COLLECT)
    post_note(covered)
    facets = facets_of(Query(words), ANYBODY, LONG)
    assert facets.notes == 0
    assert "ecret" not in repr(facets)
    assert "1999" not in repr(facets)
    assert not any(one.values for one in facets.facets if one.name in LONG)


def test_words_kept_from_the_public_are_found_by_no_search_and_still_count(
    station: Station, post_note: Post
) -> None:
    post_note(station, "canary one", public=False, research=True)
    post_note(station, "canary two", public=False, research=False)
    assert facets_of(Query("canary"), ANYBODY).notes == 0
    facets = facets_of(Query(), ANYBODY)
    assert (facets.notes, facets.kept) == (2, 2)


def test_a_note_that_waits_is_counted_when_it_is_shown(station: Station, post_note: Post) -> None:
    note = post_note(station)
    Note.objects.filter(pk=note.pk).update(moderation=Moderation.WAITING)
    assert facets_of(Query(), ANYBODY).notes == facets_of(Query("decides"), ANYBODY).notes == 0


@pytest.mark.parametrize("how_many", [1, 3])
@pytest.mark.parametrize("words", ["", "decides"])
def test_facets_take_as_many_questions_for_one_event_as_for_three(
    make_event: Callable, make_board: Callable, make_set: Callable, post_note: Post,
    django_assert_num_queries: Callable, words: str, how_many: int,
) -> None:  # fmt: skip
    for at in range(how_many):
        station = make_board(event=make_event(f"day-{at}", tags=["walls"])).stations.get()
        station.pairings.create(principle=make_set(slug=f"set-{at}").principles.first())
        post_note(station)
    with django_assert_num_queries(7):
        facets_of(Query(words), ANYBODY)


@pytest.mark.parametrize(
    "query", [Query(), Query("lanterns"), Query("", {"event": ["wall-day"]}), Query("hall")]
)
def test_the_number_beside_a_kind_is_what_the_search_lists_of_it(
    make_event: Callable, make_board: Callable, make_set: Callable, post_note: Post, ada: Viewer, query: Query
) -> None:
    lanterns = make_set()
    event = make_event(place="Hall", summary="A day of lanterns.", principle_sets=[lanterns])
    make_event("draft-day", name="Lanterns in a draft", place="Hall", status=Event.Status.DRAFT)
    post_note(make_board(event=event).stations.get(), "More lanterns in the hall")
    add_quotation(event, "Lanterns for all", said_by="A table of six", by=ada)
    publish_post(by=ada, slug="lit", title="Lanterns", summary="Lanterns in the hall", body="Lit.")
    facets = facets_of(query, ANYBODY)
    kinds = {value.value: value.number for value in facets.by_name["kind"].values}
    for kind, number in kinds.items():
        alone = Query(query.words, {**query.chosen, "kind": [kind]})
        assert len(found(alone, ANYBODY, number=100).hits) == number, kind
        assert facets_of(alone, ANYBODY).total == number
    assert facets.total == sum(kinds.values()) == len(found(query, ANYBODY, number=100).hits)
    assert kinds["event"] == kinds["note"] == 1


def test_where_marks_are_chosen_the_challenges_left_out_are_counted(
    station: Station, post_note: Post
) -> None:
    post_note(station), post_note(station, "", mark=Mark.SQUARE)
    assert facets_of(Query(), ANYBODY).challenges_left_out == 0
    facets = facets_of(Query("", {"mark": ["tick"]}), ANYBODY)
    assert (facets.notes, facets.challenges, facets.challenges_left_out) == (1, 0, 1)
