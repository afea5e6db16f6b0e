from collections.abc import Iterator

import pytest
from django.core.management import call_command
from django.urls import Resolver404, resolve
from pytest_django import DjangoDbBlocker

from tests.lasting import lasting
from tools import pages
from tools.examples import NoExample
from tools.pages import choose


@pytest.fixture(scope="module")
def seeded(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    with lasting(django_db_blocker):
        call_command("seed", verbosity=0)
        yield


@pytest.fixture
def demo(seeded: None, db: None) -> None:
    """The demo, made once for all tests here."""


def test_every_route_of_the_site_has_an_example_to_photograph(demo: None) -> None:
    for page in choose([]):
        try:
            resolve(page.path, "tools.stage_urls")
        except Resolver404:
            pytest.fail(f"{page.path} leads nowhere")


def test_a_route_without_an_example_is_named(demo: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(pages.EXAMPLES, "principle")
    with pytest.raises(NoExample, match="principle"):
        choose([])


def test_a_page_that_is_not_there_is_named_beside_those_that_are(demo: None) -> None:
    with pytest.raises(NoExample, match=r"nonsense\. There are: .*about"):
        choose(["nonsense"])


def test_an_address_can_be_chosen_as_it_is(demo: None) -> None:
    assert [page.path for page in choose(["/desk/?page=2"])] == ["/desk/?page=2"]
