"""What was told to be on the wall is there once, and everybody saw it, whatever is killed meanwhile."""

from collections.abc import Callable

import pytest

from tests.faults.cluster import Cluster
from tests.faults.driver import Wall, Workshop
from tests.faults.site import Site

pytestmark = pytest.mark.faults


def test_killing_the_whole_site_loses_and_doubles_nothing(
    start_site: Callable[..., Site], cluster: Cluster, wall: Wall
) -> None:
    site = start_site()
    workshop = Workshop(site, wall)
    workshop.run(site.kill_and_start, site.kill_and_start)
    assert workshop.see_end(cluster) == {}
    assert all(watcher.connects > 1 for watcher in workshop.watchers)


def test_killing_one_worker_loses_and_doubles_nothing(
    start_site: Callable[..., Site], cluster: Cluster, wall: Wall
) -> None:
    site = start_site(workers=2)
    workshop = Workshop(site, wall)
    workshop.run(site.kill_a_worker, site.kill_a_worker)
    assert workshop.see_end(cluster) == {}
    assert site.process.poll() is None


def test_killing_postgresql_loses_and_doubles_nothing(
    start_site: Callable[..., Site], cluster: Cluster, wall: Wall
) -> None:
    workshop = Workshop(start_site(), wall)
    workshop.run(cluster.kill_and_revive, cluster.kill_and_revive)
    assert workshop.see_end(cluster) == {}


def test_an_answer_lost_on_the_way_doubles_nothing(
    start_site: Callable[..., Site], cluster: Cluster, wall: Wall
) -> None:
    workshop = Workshop(start_site(), wall, posters=4, each=4, watchers=1, loses_answers=True)
    workshop.run()
    assert workshop.see_end(cluster) == {}
    assert all(workshop.books.tries[words] for words in workshop.books.intended)


def test_the_books_see_what_posting_without_a_key_does(
    start_site: Callable[..., Site], cluster: Cluster, wall: Wall
) -> None:
    """A planted flaw: each try under a key of its own is a note of its own."""
    workshop = Workshop(
        start_site(), wall, posters=4, each=4, watchers=1, loses_answers=True, keeps_key=False
    )
    workshop.run()
    assert workshop.see_end(cluster) == {"doubled": sorted(workshop.books.intended)}
