"""What is made of what somebody sends: layer by layer, in order."""

import time
from collections.abc import Callable

import pytest

from journal.models import Post
from journal.spam import limits
from journal.spam.doubles import likeness, pieces_of, was_seen_before
from journal.spam.screening import NEWCOMER, SEEN_BEFORE, Verdict, in_words, look_at, screen
from journal.spam.tokens import form_token
from journal.spam.trust import Trust
from people.guests import Viewer
from tests.sent import make_open_post, say

pytestmark = pytest.mark.django_db
PAGE = "comment post b8"
LONG = "The paper pads helped a great deal, and my hands do not like a phone at all."


def sent(by: Viewer, text: str = LONG, *, age: float = 60, **fields: str) -> Verdict:
    token = fields.pop("token", None) or form_token(PAGE, made_at=time.time() - age)
    facts = {"trap": "", "network": "n1", "page": PAGE} | fields
    return screen(text, fields={"name": "Ben"}, token=token, by=by, **facts)


def test_an_honest_first_text_is_taken_and_held_for_a_stated_reason(ben: Viewer) -> None:
    verdict = sent(ben)
    assert (verdict.refused, verdict.pretend, verdict.reasons) == ("", False, [NEWCOMER])
    assert not verdict.may_show


def test_the_field_for_robots_pretends_and_comes_before_all_else(ben: Viewer) -> None:
    assert sent(ben, trap="http://x.example", token="nonsense").pretend


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"age": 1}, "within three seconds"),
        ({"age": 13 * 3600}, "twelve hours"),
        ({"age": -7200}, "once more"),
        ({"page": "comment post other"}, "once more"),
        ({"token": "x"}, "once more"),
    ],
)
def test_a_form_that_is_too_young_too_old_or_not_ours_is_asked_for_again(
    ben: Viewer, change: dict, said: str
) -> None:
    assert said in sent(ben, **change).refused


def test_one_writer_is_held_back_long_before_a_room_is(ben: Viewer) -> None:
    verdicts = [sent(ben) for _ in range(limits.HAND.most + 1)]
    assert [bool(verdict.refused) for verdict in verdicts] == [False] * limits.HAND.most + [True]
    assert 0 < verdicts[-1].retry_after <= limits.HAND.seconds
    others = [sent(Viewer(guest_key=f"g{n}")) for n in range(30)]
    assert [verdict.refused for verdict in others if verdict.refused] == []


def test_one_network_is_held_back_where_each_text_has_a_new_writer() -> None:
    verdicts = [sent(Viewer(guest_key=f"g{n}")) for n in range(limits.NETWORK.most + 5)]
    assert sum(bool(verdict.refused) for verdict in verdicts) == 5


def test_one_form_is_sent_a_few_times_and_not_for_ever() -> None:
    token = form_token(PAGE, made_at=time.time() - 60)
    verdicts = [
        sent(Viewer(guest_key=f"g{n}"), token=token, network=f"n{n}") for n in range(limits.ONE_FORM.most + 3)
    ]
    assert sum(bool(verdict.refused) for verdict in verdicts) == 3


def test_what_is_refused_is_not_counted_against_anybody(ben: Viewer) -> None:
    for _ in range(20):
        assert "three seconds" in sent(ben, age=0).refused
    assert not sent(ben).refused


def test_the_words_of_every_field_are_looked_at() -> None:
    verdict = look_at(
        LONG, fields={"name": "www.pebbles.example and www.sofas.example"}, trust=Trust.NEWCOMER
    )
    assert "It has 2 links." in verdict.reasons


def test_whoever_is_known_may_have_two_links_and_no_other_reason() -> None:
    two = f"{LONG} https://one.example/a https://two.example/b"
    assert look_at(two, fields={}, trust=Trust.KNOWN).may_show
    assert not look_at(two + " https://three.example", fields={}, trust=Trust.KNOWN).may_show
    assert look_at(two + " https://three.example", fields={}, trust=Trust.WELL_KNOWN).may_show
    assert not look_at("For more info visit: Pebbles", fields={}, trust=Trust.WELL_KNOWN).may_show


def test_the_same_text_sent_elsewhere_is_noticed(ben: Viewer, dee: Viewer) -> None:
    post: Post = make_open_post()
    first = say(post, LONG, by=ben)
    assert was_seen_before(LONG.upper() + " Truly.")
    assert SEEN_BEFORE in look_at(LONG, fields={}, trust=Trust.KNOWN).reasons
    assert not was_seen_before(LONG, but=first)
    assert not was_seen_before("Something else that nobody has said on this page so far today.")


def test_short_words_of_thanks_are_nobody_s_copy(ben: Viewer) -> None:
    say(make_open_post(), "Thank you all for this.", by=ben)
    assert not was_seen_before("Thank you all for this.")


def test_likeness_goes_from_nothing_to_all() -> None:
    assert likeness(pieces_of("one two three"), pieces_of("one two three")) == 1
    assert likeness(pieces_of("one two three"), pieces_of("four five six")) == 0
    assert likeness(set(), set()) == 0


@pytest.mark.parametrize(
    ("seconds", "said"), [(1, "1 second"), (45, "45 seconds"), (120, "2 minutes"), (601, "11 minutes")]
)
def test_a_wait_is_said_as_people_say_it(seconds: int, said: str) -> None:
    assert in_words(seconds) == said


def test_screening_takes_as_many_queries_for_many_texts_as_for_one(
    ben: Viewer, dee: Viewer, django_assert_num_queries: Callable
) -> None:
    post = make_open_post()
    sent(ben)
    for n in range(4):
        if n in (0, 3):
            with django_assert_num_queries(5):
                sent(dee)
        say(post, f"On evening {n} we moved all of the chairs around and nobody spoke.", by=ben)
