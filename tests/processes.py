"""Which process does which tests when several do them, and in what order."""

import os

import pytest
from xdist.remote import Producer
from xdist.scheduler import LoadFileScheduling

from tests import tries as tries  # whose turn it is, said before the processes begin

OWN_CLUSTER = ("tests/faults/", "tests/growing/")  # they start a PostgreSQL, and so share it
CLUSTERS = "clusters"
JOURNEYS = "tests/journeys/"
EVERY_PAGE = "tests/journeys/test_every_page.py"
LONGEST = (EVERY_PAGE, "tests/journeys/paper/test_wall_to_record.py")


class ByFile(LoadFileScheduling):
    """For several processes: what the tests of a file share, or a cluster of their own, is made once."""

    def _split_scope(self, nodeid: str) -> str:
        if nodeid.startswith(OWN_CLUSTER):
            return CLUSTERS
        # So many pages that two processes see them sooner, though each makes its demo: by day, and by night.
        half = "dark" if nodeid.startswith(EVERY_PAGE) and "-dark-" in nodeid else ""
        return super()._split_scope(nodeid) + half


def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> ByFile:
    config.option.loadscopereorder = False
    return ByFile(config, log)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """A browser or a killed server may miss its moment on a machine that does three things at once.

    In CI they have a second try, which the summary tells.
    """
    items.sort(key=turn)
    for item in items:
        if "CI" in os.environ and item.nodeid.startswith((*OWN_CLUSTER, JOURNEYS)):
            item.add_marker(pytest.mark.flaky(reruns=1))


def turn(item: pytest.Item) -> int:
    """Clusters first; journeys last, as they leave an event loop running, and the longest of them first."""
    if item.nodeid.startswith(OWN_CLUSTER):
        return 0
    if not item.nodeid.startswith(JOURNEYS):
        return 1
    return 2 if item.nodeid.startswith(LONGEST) else 3
