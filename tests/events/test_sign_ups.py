"""Places at events: asking, confirming, waiting, giving back, and who learns of it."""

import re
from datetime import timedelta

import pytest
from django.test import Client, override_settings
from django.utils import timezone

from events import sign_up_views
from events.models import Event, SignUp
from events.places import Places, places_of, why_closed
from events.planning import edit_event, plan_event
from events.publishing import cancel_event, publish_event, reinstate_event
from events.sign_ups import (
    add_by_hand,
    confirm,
    describe,
    give_back,
    hash_of,
    sign_up,
    take_off,
    token_of,
    with_token,
)
from people.guests import ANYBODY, Viewer
from people.limits import Limit
from people.models import Act, Letter
from people.refusals import Refused
from tests.conftest import make_person

pytestmark = pytest.mark.django_db
State = SignUp.State
NEEDS = "a chair with arms"


@pytest.fixture
def event(ada: Viewer) -> Event:
    """Two places, a month from now."""
    day = (timezone.localdate() + timedelta(days=30)).isoformat()
    event = plan_event(
        by=ada, name="Garden day", date=day, place="The hall", takes_sign_ups=True, capacity=2,
        joining_note="Ring twice at https://call.example/",
    )  # fmt: skip
    return publish_event(event, by=ada)


def ask(event: Event, name: str, needs: str = "") -> SignUp:
    sign_up(event, by=ANYBODY, name=name, email=f"{name}@example.org", access_needs=needs)
    return event.sign_ups.get(email=f"{name}@example.org")


def come(event: Event, name: str, needs: str = "") -> SignUp:
    return confirm(ask(event, name, needs), by=ANYBODY)


def subjects(name: str) -> list[str]:
    """What the letters to somebody said, in their order."""
    letters = Letter.objects.filter(to=f"{name}@example.org").order_by("pk")
    return [letter.subject.partition(":")[0] for letter in letters]


def test_nobody_has_a_place_before_they_answered_the_letter(event: Event) -> None:
    asked = ask(event, "eve")
    assert (asked.state, places_of(event).going) == (State.UNCONFIRMED, 0)
    assert subjects("eve") == ["Do you want to come? Garden day"]
    assert confirm(asked, by=ANYBODY).state == State.GOING
    assert subjects("eve")[1:] == ["You have a place"]


def test_who_comes_when_it_is_full_waits_and_moves_up_when_a_place_is_given_back(event: Event) -> None:
    eve, _fay, gil, hal = (come(event, name) for name in ("eve", "fay", "gil", "hal"))
    assert [gil.state, hal.state] == [State.WAITING, State.WAITING]
    assert str(places_of(event)) == "2 of 2 places are taken, and 2 people wait for one."
    give_back(eve, by=ANYBODY)
    gil.refresh_from_db()
    hal.refresh_from_db()
    assert [gil.state, hal.state] == [State.GOING, State.WAITING]
    assert subjects("gil")[-1] == "A place is free for you"
    assert subjects("hal")[-1] == "You are on the waiting list"


def test_giving_a_place_back_forgets_who_it_was_at_once(event: Event) -> None:
    eve = give_back(come(event, "eve", NEEDS), by=ANYBODY)
    assert (eve.name, eve.email, eve.access_needs, eve.person) == ("", "", "", None)
    assert give_back(eve, by=ANYBODY).state == State.CANCELLED


def test_confirming_and_giving_back_twice_is_the_same_as_once(event: Event) -> None:
    eve, fay = come(event, "eve"), come(event, "fay")
    confirm(eve, by=ANYBODY)
    assert subjects("eve") == ["Do you want to come? Garden day", "You have a place"]
    come(event, "gil")
    come(event, "hal")
    give_back(fay, by=ANYBODY)
    give_back(fay, by=ANYBODY)
    assert places_of(event) == Places(going=2, waiting=1, capacity=2)


def test_more_places_are_filled_from_the_waiting_list(event: Event, ada: Viewer) -> None:
    places = [come(event, name) for name in ("eve", "fay", "gil", "hal")]
    edit_event(event, by=ada, capacity=3)
    assert [SignUp.objects.get(pk=place.pk).state for place in places[2:]] == [State.GOING, State.WAITING]
    edit_event(event, by=ada, capacity=None)
    assert places_of(event).going == 4


def test_fewer_places_take_nobodys_away(event: Event, ada: Viewer) -> None:
    come(event, "eve"), come(event, "fay")
    edit_event(event, by=ada, capacity=1)
    assert places_of(event).going == 2
    assert come(event, "gil").state == State.WAITING


def test_an_address_gets_one_place_and_nobody_learns_that_it_has_one(event: Event, client: Client) -> None:
    come(event, "eve")
    typed = {"name": "Somebody else", "email": "EVE@example.org", "access_needs": "Nothing"}
    known = client.post("/events/garden-day/sign-up/", typed)
    unknown = client.post("/events/garden-day/sign-up/", typed | {"email": "new@example.org"})
    pages = [
        answer.text.replace(m, "") for answer, m in ((known, "EVE@example.org"), (unknown, "new@example.org"))
    ]
    assert re.sub(r'nonce="[^"]+"|value="[^"]{64}"', "", pages[0]) == re.sub(
        r'nonce="[^"]+"|value="[^"]{64}"', "", pages[1]
    )
    assert [place.name for place in event.sign_ups.filter(email__iexact="eve@example.org")] == ["eve"]
    assert subjects("eve")[-1] == "You are on the list already"


def test_whoever_types_anothers_address_cannot_flood_it(event: Event) -> None:
    for _ in range(9):
        ask(event, "eve")
    assert len(subjects("eve")) == 3
    assert event.sign_ups.count() == 1


def test_somebody_signed_in_has_the_place_of_their_own_address_at_once(event: Event, client: Client) -> None:
    person = make_person("Eve")
    client.force_login(person)
    answer = client.post("/events/garden-day/sign-up/", {"name": "Eve", "email": person.email})
    assert answer.status_code == 302
    assert "You have a place" in client.get(answer.url).text
    assert event.sign_ups.get().person == person
    assert client.get("/events/garden-day/sign-up/").url == answer.url
    client.post("/events/garden-day/sign-up/", {"name": "Fay", "email": "fay@example.org"})
    assert event.sign_ups.get(email="fay@example.org").state == State.UNCONFIRMED


def test_a_place_is_led_to_by_its_letters_alone(event: Event) -> None:
    place = come(event, "eve")
    letter = Letter.objects.filter(to=place.email).latest("pk")
    assert f"/events/sign-ups/{token_of(place)}/" in letter.text
    assert with_token(token_of(place)) == place
    assert token_of(place) not in repr(SignUp.objects.values().get())
    assert len(token_of(place)) == 22  # 128 bits
    for wrong in ("", "x", place.identifier, place.token_hash, token_of(place)[:-1]):
        assert with_token(wrong) is None


def test_the_letters_of_before_a_new_secret_go_on_leading_there(event: Event) -> None:
    place, before = come(event, "eve"), token_of(come(event, "fay"))
    with override_settings(SECRET_KEY="another one", SECRET_KEY_FALLBACKS=["and another"]):
        assert with_token(before).email == "fay@example.org"
        assert hash_of(token_of(come(event, "gil"))) == event.sign_ups.get(email="gil@example.org").token_hash
    assert token_of(place)


def test_opening_the_letters_address_changes_nothing_and_no_cache_keeps_it(
    event: Event, client: Client
) -> None:
    asked = ask(event, "eve")
    answer = client.get(f"/events/sign-ups/{token_of(asked)}/", {"act": "confirm"})
    assert event.sign_ups.get().state == State.UNCONFIRMED
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert 'content="noindex"' in answer.text
    assert client.get("/events/sign-ups/nothing/").status_code == 404


def test_how_to_get_in_is_told_to_those_who_have_a_place_and_to_nobody_else(
    event: Event, client: Client
) -> None:
    come(event, "eve"), come(event, "fay")
    going, waits = event.sign_ups.get(email="eve@example.org"), come(event, "gil")
    assert "https://call.example/" in client.get(f"/events/sign-ups/{token_of(going)}/").text
    asked = ask(event, "hal")
    for address in (
        f"/events/sign-ups/{token_of(waits)}/", f"/events/sign-ups/{token_of(asked)}/", "/events/garden-day/",
        "/events/garden-day/sign-up/", "/events/garden-day/event.ics", "/events/feed/",
    ):  # fmt: skip
        assert "Ring twice" not in client.get(address).text
    give_back(going, by=ANYBODY)
    assert "Ring twice" not in client.get(f"/events/sign-ups/{token_of(going)}/").text


def test_what_somebody_needs_is_read_by_those_who_run_it_only(
    event: Event, ada: Viewer, researcher: Viewer, client: Client
) -> None:
    come(event, "eve", NEEDS)
    assert list(SignUp.objects.visible_to(ANYBODY)) == list(SignUp.objects.visible_to(researcher)) == []
    for address in ("/events/garden-day/", "/events/garden-day/sign-up/"):
        page = client.get(address).text
        assert NEEDS not in page
        assert "eve@" not in page
        assert "1 of 2 places are taken." in page
    client.force_login(ada.person)
    page = client.get("/events/garden-day/sign-ups/").text
    assert NEEDS in page
    assert "eve@example.org" in page


def test_one_corrects_what_one_said(event: Event, client: Client) -> None:
    place = come(event, "eve")
    address = f"/events/sign-ups/{token_of(place)}/"
    assert client.post(address, {"act": "describe", "name": ""}).status_code == 422
    assert client.post(address, {"act": "describe", "name": "Eva", "access_needs": NEEDS}).status_code == 302
    place.refresh_from_db()
    assert (place.name, place.access_needs) == ("Eva", NEEDS)
    assert client.post(address, {"act": "give_back"}).status_code == 302
    with pytest.raises(Refused, match="gave this place back"):
        describe(place, by=ANYBODY, name="Eva", access_needs="")


def test_those_who_run_it_put_somebody_on_the_list_and_take_them_off(
    event: Event, ada: Viewer, client: Client
) -> None:
    client.force_login(ada.person)
    assert client.post("/events/garden-day/sign-ups/", {"act": "add", "name": ""}).status_code == 422
    client.post("/events/garden-day/sign-ups/", {"act": "add", "name": "Otto", "access_needs": NEEDS})
    otto = event.sign_ups.get()
    assert (otto.name, otto.state, otto.email) == ("Otto", State.GOING, "")
    eve = come(event, "eve")
    client.post("/events/garden-day/sign-ups/", {"act": "take_off", "place": eve.identifier})
    assert event.sign_ups.get(pk=eve.pk).state == State.CANCELLED
    assert subjects("eve")[-1] == "You are not on the list any more"
    assert (
        client.post("/events/garden-day/sign-ups/", {"act": "take_off", "place": "gone"}).status_code == 200
    )


def test_only_those_who_run_it_touch_the_list(event: Event, researcher: Viewer, client: Client) -> None:
    place = come(event, "eve")
    for act in (
        lambda: take_off(place, by=researcher),
        lambda: add_by_hand(event, by=researcher, name="Mine"),
    ):
        with pytest.raises(Refused, match="Only those who run"):
            act()
    client.force_login(researcher.person)
    for name in ("sign-ups/", "sign-ups.csv"):
        assert client.get(f"/events/garden-day/{name}").status_code in {403, 404}


def test_all_who_come_or_wait_are_told_what_changes_and_nobody_else(event: Event, ada: Viewer) -> None:
    for name in ("eve", "fay", "gil"):
        come(event, name)
    ask(event, "hal")
    give_back(event.sign_ups.get(email="fay@example.org"), by=ANYBODY)
    Letter.objects.all().delete()
    edit_event(event, by=ada, summary="Other words.")
    assert not Letter.objects.exists()
    edit_event(event, by=ada, place="The library", why="Flood.")
    told = Letter.objects.get(to="eve@example.org")
    assert "Place changed from “The hall” to “The library”. Flood." in told.text
    cancel_event(event, "No hall at all.", by=ada)
    assert "No hall at all." in Letter.objects.get(to="eve@example.org", subject__startswith="Cancelled").text
    reinstate_event(event, by=ada)
    assert subjects("eve") == subjects("gil") == ["Changed", "Cancelled", "It takes place after all"]
    assert subjects("fay") == subjects("hal") == []


def test_nobody_signs_up_for_what_cannot_be_come_to(event: Event, ada: Viewer, client: Client) -> None:
    asked = ask(event, "hal")
    closed = {
        "takes_sign_ups": (False, "Nobody signs up"),
        "status": ("draft", "not public yet"),
        "sign_up_until": (timezone.now() - timedelta(hours=1), "Signing up ended"),
        "starts_at": (timezone.now() - timedelta(hours=1), "It is over"),
        "cancelled_at": (timezone.now(), "It is cancelled"),
    }
    was = Event.objects.values().get(pk=event.pk)
    for field, (value, sentence) in closed.items():
        Event.objects.filter(pk=event.pk).update(**{field: value})
        event.refresh_from_db()
        assert sentence in why_closed(event)
        with pytest.raises(Refused, match=sentence):
            ask(event, "eve")
        Event.objects.filter(pk=event.pk).update(**{field: was[field]})
    event.refresh_from_db()
    assert why_closed(event) == ""
    cancel_event(event, "Flood.", by=ada)
    with pytest.raises(Refused, match="cancelled"):
        confirm(asked, by=ANYBODY)
    assert "It is cancelled" in client.get("/events/garden-day/sign-up/").text


def test_nobody_moves_up_to_what_is_cancelled(event: Event, ada: Viewer) -> None:
    eve, _fay, gil = (come(event, name) for name in ("eve", "fay", "gil"))
    cancel_event(event, "Flood.", by=ada)
    give_back(eve, by=ANYBODY)
    gil.refresh_from_db()
    assert gil.state == State.WAITING


@pytest.mark.parametrize(
    "typed", [{}, {"name": "", "email": "eve@example.org"}, {"name": "Eve", "email": "eve"}, {"name": "Eve"}]
)
def test_what_is_missing_is_asked_for_again_with_the_rest_kept(
    event: Event, client: Client, typed: dict
) -> None:
    answer = client.post("/events/garden-day/sign-up/", typed | {"access_needs": NEEDS})
    assert answer.status_code == 422
    assert NEEDS in answer.text
    assert not event.sign_ups.exists()


def test_a_flood_from_one_network_is_asked_to_wait(
    event: Event, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sign_up_views, "OF_A_NETWORK", Limit("sign-ups in a test", 1, 3600))
    typed = {"name": "Eve", "email": "eve@example.org"}
    assert client.post("/events/garden-day/sign-up/", typed).status_code == 200
    answer = client.post("/events/garden-day/sign-up/", typed | {"email": "fay@example.org"})
    assert answer.status_code == 422
    assert "It works again in" in answer.text
    assert event.sign_ups.count() == 1


def test_a_name_makes_no_header_and_no_link_in_a_letter(event: Event) -> None:
    sign_up(
        event, by=ANYBODY, name="Eve\r\nBcc: all@example.org https://evil.example/", email="eve@example.org"
    )
    letter = Letter.objects.get()
    assert "\n" not in letter.subject
    assert "https://evil.example" not in letter.text + letter.html


def test_what_only_those_who_come_are_told_is_words_and_links_and_no_page(
    event: Event, ada: Viewer, client: Client
) -> None:
    hostile = '<script>alert(1)</script> https://call.example/"><img src=x> javascript:alert(2)'
    edit_event(event, by=ada, joining_note=hostile)
    page = client.get(f"/events/sign-ups/{token_of(come(event, 'eve'))}/").text
    assert "<script>alert" not in page
    assert "<img" not in page
    assert 'href="javascript' not in page
    assert 'href="https://call.example/' in page


def test_the_trace_of_a_place_keeps_no_name(event: Event) -> None:
    person = make_person("Eve")
    place = sign_up(event, by=Viewer(person=person), name="Eve", email=person.email)
    give_back(place, by=Viewer(person=person))
    assert set(Act.objects.filter(subject=place.identifier).values_list("person", flat=True)) == {None}


def test_letters_are_as_many_as_there_are_people_and_go_with_the_act(event: Event, ada: Viewer) -> None:
    """In a transaction that fails, nobody is told."""
    come(event, "eve")
    number = Letter.objects.count()
    with pytest.raises(Refused):
        edit_event(event, by=ada, place="The library", date="never")
    assert Letter.objects.count() == number
