"""Rate limits: exact, whoever counts; and nothing kept that leads to an address."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection
from django.test import RequestFactory

from people.limits import Limit, TooMany, count, forget_old_counts, network_of

SLOW = Limit("slow", 3, 60)
LONG = Limit("long", 5, 3600)
NOW = 1_800_000_000.0


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Callable[[float], None]:
    def stand_at(seconds: float) -> None:
        monkeypatch.setattr("people.limits.time.time", lambda: NOW + seconds)

    stand_at(0)
    return stand_at


def passes(*held: tuple[Limit, str]) -> bool:
    try:
        count(*held)
    except TooMany:
        return False
    return True


@pytest.mark.django_db
def test_a_limit_lets_through_what_it_says_and_not_one_more(clock: Callable) -> None:
    assert [passes((SLOW, "ben")) for _ in range(5)] == [True, True, True, False, False]
    assert passes((SLOW, "dee"))


@pytest.mark.django_db
def test_a_limit_says_when_it_works_again_and_then_it_does(clock: Callable) -> None:
    clock(15)
    for _ in range(3):
        count((SLOW, "ben"))
    with pytest.raises(TooMany, match="45 seconds") as refusal:
        count((SLOW, "ben"))
    assert refusal.value.retry_after == 45
    clock(60)
    assert passes((SLOW, "ben"))


@pytest.mark.django_db
def test_several_limits_are_counted_in_one_query(
    clock: Callable, django_assert_num_queries: Callable
) -> None:
    with django_assert_num_queries(1):
        assert passes((SLOW, "ben"), (LONG, "ben"))
    for second in (0, 0, 60, 60, 60):
        clock(second)
        passes((SLOW, "ben"), (LONG, "ben"))
    with pytest.raises(TooMany) as refusal:
        count((SLOW, "dee"), (LONG, "ben"))
    assert refusal.value.retry_after > 60


@pytest.fixture
def no_counts(db: None) -> None:
    """Tests on real transactions leave counts behind: their table is nobody's model, and not flushed."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM people_ratecount")


def test_counts_older_than_a_day_are_forgotten(no_counts: None, clock: Callable) -> None:
    count((SLOW, "ben"))
    clock(3600)
    count((SLOW, "ben"))
    clock(86_401)
    assert forget_old_counts() == 1


@pytest.mark.django_db(transaction=True)
def test_a_limit_is_exact_for_many_at_once(clock: Callable) -> None:
    wide = Limit("wide", 7, 60)

    def one(_: int) -> bool:
        try:
            return passes((wide, "room"), (LONG, "another"))
        finally:
            connection.close()

    try:
        with ThreadPoolExecutor(8) as crowd:
            results = list(crowd.map(one, range(40)))
        assert results.count(True) == 5
    finally:
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM people_ratecount")


def network(address: str, forwarded: str = "") -> str:
    extra = {"HTTP_X_FORWARDED_FOR": forwarded} if forwarded else {}
    return network_of(RequestFactory().get("/", REMOTE_ADDR=address, **extra))


def test_a_network_is_a_neighbourhood_of_addresses_and_does_not_tell_them() -> None:
    assert network("192.0.2.7") == network("192.0.2.200") != network("192.0.3.7")
    assert network("2001:db8:1:2::1") == network("2001:db8:1:2:ffff::9") != network("2001:db8:1:3::1")
    assert network("2001:db8::1") == network("2001:db8:0:0:5::1") != network("2001:db8:0:1::1")
    assert "192" not in network("192.0.2.7")


def test_an_address_written_in_two_ways_is_one_network() -> None:
    assert network("::ffff:192.0.2.7") == network("192.0.2.9")


@pytest.mark.parametrize("address", ["", "unix:", "not an address"])
def test_an_address_that_is_none_is_still_counted(address: str) -> None:
    assert len(network(address)) == 32


def test_no_visitor_chooses_their_network(settings: object) -> None:
    settings.TRUSTED_PROXIES = 0
    assert network("192.0.2.7", "203.0.113.9") == network("192.0.2.7")
    settings.TRUSTED_PROXIES = 1
    assert network("10.0.0.1", "198.51.100.1, 203.0.113.9") == network("203.0.113.9")
    settings.TRUSTED_PROXIES = 2
    assert network("10.0.0.1", "1.1.1.1, 203.0.113.9, 10.0.0.2") == network("203.0.113.9")


def test_the_stand_in_for_a_network_changes_with_the_day(monkeypatch: pytest.MonkeyPatch) -> None:
    today = network("192.0.2.7")
    monkeypatch.setattr("people.limits._daily_key", ("yesterday", b"k"))
    assert network("192.0.2.7") != today


def test_the_first_count_of_a_day_throws_old_ones_away(
    no_counts: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO people_ratecount VALUES ('old', 'somebody', 0, 1)")
        monkeypatch.setattr("people.limits._swept_on", 0)
        count((Limit("new", 5, 60), "somebody"))
        cursor.execute("SELECT name FROM people_ratecount")
        assert cursor.fetchall() == [("new",)]
