"""A drill: robots and a patient seller against the form, and a room of honest people beside them."""

from collections import Counter
from collections.abc import Callable

import pytest
from django.test import Client

from bench.bots import (
    ROBOTS,
    SCAM,
    Drill,
    cookie_farm,
    fills_all,
    hasty,
    patient,
    replay,
    room,
    sentence,
    slow_human,
    standing_clock,
)
from journal.models import Comment, Post
from journal.spam import limits
from tests.sent import make_open_post

pytestmark = pytest.mark.django_db


@pytest.fixture
def post() -> Post:
    return make_open_post()


@pytest.fixture
def run(post: Post) -> Callable[..., Counter]:
    def run_one(robot: Callable[..., None], network: str = "10.0.0.1", **facts: int) -> Counter:
        with standing_clock() as clock:
            drill = Drill("/journal/fresh/comment/", clock, network)
            robot(drill, **facts)
        return drill.came_to

    return run_one


def test_no_robot_and_no_seller_puts_a_word_before_readers(run: Callable, client: Client) -> None:
    came_to = [run(robot, f"10.0.{number}.1") for number, robot in enumerate(ROBOTS.values())]
    assert sum(one["public"] for one in came_to) == 0
    page = client.get("/journal/fresh/").text
    assert "riches.example" not in page
    assert "garden chairs" not in page


def test_whoever_fills_in_every_field_is_dropped(run: Callable) -> None:
    assert run(fills_all) == {"dropped": 30}


def test_whoever_sends_at_once_is_refused(run: Callable) -> None:
    assert run(hasty) == {"refused": 30}


def test_whoever_waits_fills_no_queue(run: Callable) -> None:
    assert run(patient) == {"held": limits.HAND.most, "refused": 30 - limits.HAND.most}
    assert all("money" in comment.held_because[0] for comment in Comment.objects.all())
    assert Comment.objects.latest("sent_at").likeness > 0.9


def test_one_form_is_not_sent_for_ever_and_not_the_next_day(run: Callable) -> None:
    assert run(replay) == {"held": limits.ONE_FORM.most, "refused": 31 - limits.ONE_FORM.most}


def test_a_farm_of_cookies_is_held_back_by_its_network(run: Callable) -> None:
    assert run(cookie_farm) == {"held": limits.NETWORK.most, "refused": 90 - limits.NETWORK.most}


def test_a_seller_by_hand_is_read_by_a_person_first(run: Callable) -> None:
    assert run(slow_human) == {"held": 5}


def test_a_room_of_people_behind_one_address_is_refused_nothing(run: Callable) -> None:
    assert run(room) == {"held": 36}
    newcomer = "Nothing by this writer was shown on two days yet."
    assert {tuple(comment.held_because) for comment in Comment.objects.all()} == {(newcomer,)}


def test_a_room_is_refused_nothing_while_robots_come_from_elsewhere(run: Callable) -> None:
    for number, robot in enumerate(ROBOTS.values()):
        run(robot, f"10.0.{number}.1")
    assert run(room, "10.1.0.1") == {"held": 36}


def test_the_token_of_one_page_opens_no_other(post: Post) -> None:
    make_open_post("other")
    with standing_clock() as clock:
        drill = Drill("/journal/fresh/comment/", clock, "10.0.0.1")
        client = drill.browser()
        form = drill.fields(client) | {"text": SCAM}
        clock.wait(10)
        assert drill.send(client, form, "/journal/other/comment/") == "refused"


def test_honest_words_of_the_drill_are_all_different() -> None:
    assert len({sentence(number) for number in range(200)}) == 200
