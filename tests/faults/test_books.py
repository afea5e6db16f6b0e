from tests.faults.books import Books, discrepancies
from tests.faults.watchers import faults_of


def books(*intended: str, acknowledged: tuple[str, ...]) -> Books:
    return Books(intended=list(intended), acknowledged=dict.fromkeys(acknowledged, "n"))


def test_books_that_agree_with_the_site_say_nothing() -> None:
    assert discrepancies(books("a", "b", acknowledged=("a", "b")), ["b", "a"]) == {}


def test_what_is_lost_doubled_unconfirmed_or_foreign_is_named() -> None:
    found = discrepancies(books("a", "b", "c", acknowledged=("a", "b")), ["b", "b", "c", "d"])
    assert found == {"never acknowledged": ["c"], "lost": ["a"], "doubled": ["b"], "unheard of": ["d"]}


def test_what_a_watcher_missed_had_twice_or_out_of_order_is_named() -> None:
    assert faults_of([1, 2, 3], [1, 2, 3]) == {}
    assert faults_of([1, 3, 3], [1, 2, 3]) == {"missed": [2], "doubled": [3]}
    assert faults_of([2, 1], [1, 2]) == {"out of order": [2, 1]}
