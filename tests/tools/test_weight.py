"""Every page keeps to its budget of bytes, queries and work, all counted and none of them timed."""

from collections.abc import Iterator

import pytest
from django.core.cache import cache
from django.core.management import call_command
from django.test import Client
from pytest_django import DjangoDbBlocker

from tests.lasting import lasting
from tools import weight
from tools.pages import choose

A_PAGE = 100_000  # bytes of our own, before pictures


@pytest.fixture(scope="module")
def seeded(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    with lasting(django_db_blocker):
        call_command("seed", verbosity=0)
        yield


@pytest.mark.parametrize("route", weight.budgets())
def test_a_page_keeps_to_its_budget(route: str, seeded: None, db: None) -> None:
    cache.clear()
    client, budget = Client(), weight.budgets()[route]
    found = weight.weigh(choose([route])[0].path, lambda path: client.get(path).getvalue())
    over = {m: (getattr(found, m), budget[m]) for m in weight.MEASURES if getattr(found, m) > budget[m]}
    assert not over, f"{route} takes more than its budget in tests/tools/budgets.toml: {over}"


def test_no_budget_allows_a_page_of_more_than_a_hundred_kilobytes() -> None:
    assert {
        route: budget["bytes"] for route, budget in weight.budgets().items() if budget["bytes"] > A_PAGE
    } == {}


def test_fonts_styles_and_scripts_that_a_page_asks_for_at_once_weigh_with_it() -> None:
    page = (
        '<link rel="preload" href="/static/fonts/besley.woff2" as="font"><script src="/static/js/answer.js">'
        '<link rel="icon" href="/static/img/icon.svg"><a href="/static/js/live.js">no</a>'
        '<link rel="stylesheet" href="/static/css/base.css?v=2">'
    )
    assert weight.at_once(page) == {
        "/static/fonts/besley.woff2",
        "/static/js/answer.js",
        "/static/css/base.css",
    }


def test_work_is_counted_and_not_timed() -> None:
    def work(times: int) -> int:
        with weight.counted_calls() as calls:
            for _ in range(times):
                weight.sent(b"x")
        return calls[0]

    assert work(20) - work(10) == work(30) - work(20) > 0
