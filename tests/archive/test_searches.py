"""Searches that somebody keeps: theirs alone, found anew each time, and never too many."""

from collections.abc import Callable

import pytest
from django.http import QueryDict
from django.test import Client
from django.urls import reverse

from archive import searches
from archive.models import SavedSearch
from archive.search.query import Query, read_query
from archive.searches import rename_search, save_search, throw_search_away
from people.guests import Viewer
from people.models import Act
from people.refusals import Refused
from tests.responses.test_races import at_once

pytestmark = pytest.mark.django_db
POWER = Query("power", {"mark": ["square"]})


def kept(by: Viewer) -> list[tuple[str, str]]:
    return list(SavedSearch.objects.visible_to(by).values_list("name", "query"))


def test_a_search_is_kept_under_its_name_and_leads_to_what_it_asks(ada: Viewer) -> None:
    saved = save_search(POWER, "  Who says\nno to power ", by=ada)
    assert kept(ada) == [("Who says no to power", "mark=square&q=power")]
    assert read_query(QueryDict(saved.query)) == POWER
    assert Act.objects.filter(verb="saved", subject=saved.identifier, person=ada.person).exists()


def test_the_same_search_is_kept_once_and_takes_the_new_name(ada: Viewer) -> None:
    first = save_search(POWER, "One", by=ada)
    assert save_search(Query("power", {"mark": ["square"]}), "Two", by=ada) == first
    assert kept(ada) == [("Two", "mark=square&q=power")]


@pytest.mark.parametrize(
    ("query", "name", "why"),
    [
        (Query(), "All", searches.EMPTY),
        (POWER, " \n", searches.NO_NAME),
        (POWER, "\0", searches.NO_NAME),
        (POWER, "x" * 101, searches.NAME_TOO_LONG),
        (Query("", {"place": [f"{at}{'x' * 190}" for at in range(12)]}), "Long", searches.TOO_MUCH),
    ],
)
def test_what_cannot_be_kept_is_refused_with_a_reason(ada: Viewer, query: Query, name: str, why: str) -> None:
    with pytest.raises(Refused, match=why[:30]):
        save_search(query, name, by=ada)
    assert kept(ada) == []


@pytest.mark.parametrize("who", ["ben", "cleo"])
def test_without_an_account_nothing_is_kept(request: pytest.FixtureRequest, who: str, db: None) -> None:
    with pytest.raises(Refused, match="Sign in first"):
        save_search(POWER, "Power", by=request.getfixturevalue(who))


def test_one_more_than_a_hundred_is_refused(ada: Viewer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(searches, "MOST", 2)
    for word in ("one", "two"):
        save_search(Query(word), word, by=ada)
    with pytest.raises(Refused, match="Throw one away first"):
        save_search(Query("three"), "Three", by=ada)
    save_search(Query("two"), "Two again", by=ada)


@pytest.mark.django_db(transaction=True)
def test_pressed_many_times_at_once_a_search_is_kept_once_and_no_more_than_the_most(
    ada: Viewer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(searches, "MOST", 3)

    def keep(index: int) -> None:
        try:
            save_search(Query(f"word {index % 5}"), f"Word {index}", by=ada)
        except Refused:
            return

    at_once(10, keep)
    assert len(kept(ada)) == 3


def test_nobody_else_sees_renames_or_throws_away_a_search(ada: Viewer, steward: Viewer, ben: Viewer) -> None:
    saved = save_search(POWER, "Power", by=ada)
    for other in (steward, ben):
        assert kept(other) == []
        for act in (
            lambda by: rename_search(saved, "Mine", by=by),
            lambda by: throw_search_away(saved, by=by),
        ):
            with pytest.raises(Refused, match="Only whoever keeps"):
                act(other)
    assert kept(ada) == [("Power", "mark=square&q=power")]


def test_a_search_goes_with_the_account(ada: Viewer) -> None:
    save_search(POWER, "Power", by=ada)
    ada.person.delete()
    assert not SavedSearch.objects.exists()


# The pages


def save(client: Client, query: str = "q=power", name: str = "Power") -> object:
    return client.post(reverse("search_save"), {"query": query, "name": name})


def test_a_search_is_kept_from_its_page_renamed_and_thrown_away(client: Client, ada: Viewer) -> None:
    client.force_login(ada.person)
    answer = save(client)
    assert answer.status_code == 302
    page = client.get(answer.url).text
    assert 'href="/search/?q=power"' in page
    assert 'href="/search/feed/?q=power"' in page
    saved = SavedSearch.objects.get()
    client.post(answer.url, {"search": saved.identifier, "do": "rename", "name": "Who decides"})
    assert kept(ada) == [("Who decides", "q=power")]
    client.post(answer.url, {"search": saved.identifier, "do": "throw_away"})
    assert kept(ada) == []


@pytest.mark.parametrize("query", ["", "nonsense=1", "mark=purple", "q=" + "x" * 300, "year=abc"])
def test_a_search_that_is_none_is_refused_on_the_page(client: Client, ada: Viewer, query: str) -> None:
    client.force_login(ada.person)
    answer = save(client, query)
    assert answer.status_code == 422
    assert 'role="alert"' in answer.text
    assert not SavedSearch.objects.exists()


def test_a_refused_name_stays_where_it_was_typed(client: Client, ada: Viewer) -> None:
    saved = save_search(POWER, "Power", by=ada)
    client.force_login(ada.person)
    name = "y" * 150
    answer = client.post(
        reverse("saved_searches"), {"search": saved.identifier, "do": "rename", "name": name}
    )
    assert answer.status_code == 422
    assert name in answer.text


def test_somebody_elses_search_is_not_found(client: Client, ada: Viewer, steward: Viewer) -> None:
    saved = save_search(POWER, "Ada’s own words", by=ada)
    client.force_login(steward.person)
    assert "own words" not in client.get(reverse("saved_searches")).text
    taken = {"search": saved.identifier, "do": "throw_away"}
    assert client.post(reverse("saved_searches"), taken).status_code == 404
    assert SavedSearch.objects.exists()


@pytest.mark.parametrize("name", ["saved_searches", "search_save"])
def test_strangers_are_asked_to_sign_in(client: Client, db: None, name: str) -> None:
    for answer in (client.get(reverse(name)), client.post(reverse(name))):
        assert answer.status_code == 302
        assert "/account/login/" in answer.url


@pytest.mark.parametrize("how_many", [1, 3])
def test_the_list_takes_as_many_questions_for_one_search_as_for_three(
    client: Client, ada: Viewer, django_assert_num_queries: Callable, how_many: int
) -> None:
    for at in range(how_many):
        save_search(Query(f"word {at}"), f"Word {at}", by=ada)
    client.force_login(ada.person)
    client.get(reverse("saved_searches"))
    with django_assert_num_queries(4):
        client.get(reverse("saved_searches"))
