"""Who sees what, on every page: whatever tests/rules/sight.py says, and a canary in all that has such a rule.

The pages come from the resolver, so that a new route fails here until it has an address in
tests/rules/places. Every viewer looks at every address once; each test asks what they came upon.
"""

from collections import defaultdict

import pytest
from django.test import Client

from people.guests import Viewer
from responses.models import Activity
from tests.rules.canaries import DRAFT, VIEWERS
from tests.rules.places import FOR_MACHINES, PLACES, addresses, pages
from tests.rules.scenes import Scene
from tests.rules.sight import DIFFERS, FOR_SOME, HEARD, OF_THE_DRAFT, SEES, Told, told_at
from tests.sent import browser

pytestmark = pytest.mark.django_db
type Remembered = dict[str, list[Told]]


@pytest.fixture(scope="module")
def remembered() -> Remembered:
    """What each viewer was told: the scene is made, and every page of it answered, once for all tests."""
    return {}


@pytest.fixture
def told(viewer: str, remembered: Remembered, request: pytest.FixtureRequest) -> list[Told]:
    """What this viewer is told at every address of both scenes."""
    if not remembered:
        scenes = [request.getfixturevalue(name) for name in ("published", "draft")]
        codes = list(Activity.objects.exclude(code=None).values_list("code", flat=True))
        assert len(codes) == 10
        for name in asked_for(request.session):
            remembered[name] = look_around(browser_of(name, request), scenes, codes)
    return remembered[viewer]


def asked_for(session: pytest.Session) -> list[str]:
    """The viewers of the tests that run: somebody who asks for one need not wait for all."""
    params = [item.callspec.params for item in session.items if hasattr(item, "callspec")]
    return [name for name in VIEWERS if any(one.get("viewer") == name for one in params)]


def browser_of(name: str, request: pytest.FixtureRequest) -> Client:
    """A browser in a network of its own: no limit that one viewer meets is met by another."""
    # Those with a role in the events are made when the events are there.
    viewer: Viewer = request.getfixturevalue(name)
    client = browser(viewer)
    client.defaults["REMOTE_ADDR"] = f"10.{VIEWERS.index(name)}.0.1"
    return client


def look_around(client: Client, scenes: list[Scene], codes: list[str]) -> list[Told]:
    """What is told at each address; one that both scenes have is asked once."""
    found: dict[tuple[str, str], set[str]] = defaultdict(set)
    for name in pages():
        for scene in scenes:
            for address in addresses(name, scene):
                found[name, address].add(scene.event.slug)
    return [told_at(client, name, address, of, codes) for (name, address), of in found.items()]


def test_every_route_with_parts_has_an_address_here() -> None:
    assert sorted(name for name, has_parts in pages().items() if has_parts and name not in PLACES) == []
    assert sorted(set(PLACES) - set(pages())) == []


@pytest.mark.parametrize("viewer", VIEWERS)
def test_nobody_comes_upon_what_is_not_theirs(viewer: str, told: list[Told]) -> None:
    assert [one.address for one in told if one.status >= 500 and one.name not in FOR_MACHINES] == []
    leaks = [
        (one.address, canary)
        for one in told
        for canary in one.canaries
        if viewer not in DIFFERS.get((one.name, canary), SEES[canary])
    ]
    assert leaks == []
    heard = {(one.name, canary) for one in told for canary in one.canaries}
    assert {place for place, who in HEARD.items() if viewer in who} - heard == set()


@pytest.mark.parametrize("viewer", ["cleo", "ben", "researcher", "transcriber"])
def test_no_page_tells_a_code_to_whoever_is_not_in_the_room(viewer: str, told: list[Told]) -> None:
    assert [(one.address, one.codes) for one in told if one.codes] == []


@pytest.mark.parametrize("viewer", VIEWERS)
def test_a_draft_is_not_there_for_strangers(viewer: str, told: list[Told]) -> None:
    of_the_draft = [one for one in told if one.name in OF_THE_DRAFT and "hidden-day" in one.scenes]
    assert {one.name for one in of_the_draft} == OF_THE_DRAFT
    for one in of_the_draft:
        if viewer in FOR_SOME.get(one.name, SEES[DRAFT]):
            assert one.status == 200, one.address
        else:
            assert one.status == 404 or "/account/login/" in one.leads_to, one.address
