"""Who sees what, on every page: whatever tests/rules/sight.py says, and a canary in all that has such a rule.

The pages come from the resolver, so that a new route fails here until it has an address in
tests/rules/places.
"""

from collections.abc import Callable

import pytest
from django.http import HttpResponse
from django.test import Client

from people.guests import Viewer, remember_guest
from responses.models import Activity
from tests.rules.canaries import DRAFT, VIEWERS
from tests.rules.places import PLACES, addresses, pages
from tests.rules.scenes import Scene
from tests.rules.sight import DIFFERS, FOR_SOME, HEARD, OF_THE_DRAFT, SEES, heard


@pytest.fixture
def browser_of(
    request: pytest.FixtureRequest,
    client: Client,
    ada: Viewer,
    steward: Viewer,
    researcher: Viewer,
    ben: Viewer,
    cleo: Viewer,
) -> Callable[[str], Client]:
    cast = {"ada": ada, "steward": steward, "researcher": researcher, "ben": ben, "cleo": cleo}

    def browser(name: str) -> Client:
        # Those with a role in the events are made when the events are there.
        viewer = cast.get(name) or request.getfixturevalue(name)
        if viewer.person:
            client.force_login(viewer.person)
        elif viewer.guest_key:
            remember_guest(welcomed := HttpResponse(), viewer)
            client.cookies.update(welcomed.cookies)
        return client

    return browser


def test_every_route_with_parts_has_an_address_here() -> None:
    assert sorted(name for name, has_parts in pages().items() if has_parts and name not in PLACES) == []
    assert sorted(set(PLACES) - set(pages())) == []


@pytest.mark.parametrize("viewer", VIEWERS)
def test_nobody_comes_upon_what_is_not_theirs(
    viewer: str, published: Scene, draft: Scene, browser_of: Callable[[str], Client]
) -> None:
    client, leaks, silent = browser_of(viewer), [], []
    for name in pages():
        everything: set[str] = set()
        for scene in (published, draft):
            for address in addresses(name, scene):
                status, canaries = heard(client, address)
                assert status < 500, address
                everything |= canaries
                leaks += [(address, c) for c in canaries if viewer not in DIFFERS.get((name, c), SEES[c])]
        expected = {canary for (page, canary), who in HEARD.items() if page == name and viewer in who}
        silent += [(name, canary) for canary in expected - everything]
    assert leaks == []
    assert silent == []


@pytest.mark.parametrize("viewer", ["cleo", "ben", "researcher", "transcriber"])
def test_no_page_tells_a_code_to_whoever_is_not_in_the_room(
    viewer: str, published: Scene, draft: Scene, browser_of: Callable[[str], Client]
) -> None:
    client = browser_of(viewer)
    codes = list(Activity.objects.exclude(code=None).values_list("code", flat=True))
    assert len(codes) == 10
    for name in pages():
        for address in (one for scene in (published, draft) for one in addresses(name, scene)):
            answer = client.get(address)
            content = b"".join(answer.streaming_content) if answer.streaming else answer.content
            said = (content.decode(errors="replace") + repr(dict(answer.headers))).replace(" ", "")
            # The page of a code is asked for with it.
            assert [code for code in codes if code in said and code not in address] == [], address


@pytest.mark.parametrize("viewer", VIEWERS)
def test_a_draft_is_not_there_for_strangers(
    viewer: str, draft: Scene, browser_of: Callable[[str], Client]
) -> None:
    client = browser_of(viewer)
    for name in OF_THE_DRAFT:
        for address in addresses(name, draft):
            answer = client.get(address)
            signs_in = answer.status_code == 302 and "/account/login/" in answer.url
            if viewer in FOR_SOME.get(name, SEES[DRAFT]):
                assert answer.status_code == 200, address
            else:
                assert answer.status_code == 404 or signs_in, address
