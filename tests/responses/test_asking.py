"""Asking the room: a link that shows the open notes of one event, to whoever holds it, for a while."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core import signing
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from people.guests import COOKIE, Viewer
from people.models import Act
from people.refusals import Refused
from responses import limits
from responses.models import Asking, Board, Note, Photo, Region, Station
from responses.readings.asking import ask_the_room, end_asking
from responses.readings.correcting import offer_correction
from responses.readings.ruling import accept_reading
from tests.reading import asked, note_on, photo_of, says

SAID = {"state": "read", "markup": "Say who decides.", "mark": "tick"}


@pytest.fixture
def photo(board: Board) -> Photo:
    """A photograph that only those who run the event see."""
    return photo_of(board.event, board=board, published=False, words="")


@pytest.fixture
def notes(photo: Photo, station: Station, ada: Viewer) -> list[Note]:
    return [note_on(photo, station, by=ada) for _ in range(2)]


@pytest.fixture
def asking(board: Board, notes: list[Note], ada: Viewer) -> Asking:
    return ask_the_room(board.event, by=ada, message="Can you help?\nIt was in March.", days=14)


def address(asking: Asking, note: Note | None = None) -> str:
    if note is None:
        return reverse("asked", args=[asking.token])
    return reverse("asked_note", args=[asking.token, note.identifier])


def fields_of(client: Client, there: str) -> dict[str, str]:
    """What the form of a page carries unseen."""
    form = client.get(there).context["form"]
    return {name: form[name].value() for name in ("box", "seat")}


def as_text(answer: object) -> str:
    return answer.content.decode()


def test_a_link_is_made_for_so_many_days(board: Board, ada: Viewer, steward: Viewer) -> None:
    asking = ask_the_room(board.event, by=ada, message="  Help us. ", days=3)
    assert (asking.message, asking.by) == ("Help us.", ada.person)
    assert asking.until - asking.at > timedelta(days=2, hours=23)
    assert len(asking.token) == 22
    assert Act.objects.filter(verb="room_asked").exists()
    assert Asking.objects.visible_to(steward).get() == asking


def test_only_those_who_run_the_event_ask_and_end(
    board: Board, asking: Asking, researcher: Viewer, ben: Viewer
) -> None:
    for viewer in (researcher, ben):
        with pytest.raises(Refused, match="Only those who run"):
            ask_the_room(board.event, by=viewer, message="", days=3)
        with pytest.raises(Refused, match="Only those who run"):
            end_asking(asking, by=viewer)
        assert not Asking.objects.visible_to(viewer).exists()
    assert Asking.objects.open().count() == 1


@pytest.mark.parametrize("days", [0, -1, 91, 10_000])
def test_a_link_does_not_work_for_ever(board: Board, ada: Viewer, days: int) -> None:
    with pytest.raises(Refused, match="1 to 90 days"):
        ask_the_room(board.event, by=ada, message="", days=days)


def test_a_draft_asks_nobody(make_event: Callable, ada: Viewer) -> None:
    with pytest.raises(Refused, match="Announce it first"):
        ask_the_room(make_event("draft-day", status="draft"), by=ada, message="", days=3)


def test_a_link_shows_its_message_and_the_open_notes(
    client: Client, asking: Asking, notes: list[Note]
) -> None:
    page = as_text(client.get(address(asking)))
    assert "Can you help?<br>It was in March." in page
    assert "2 notes are still open." in page
    for note in notes:
        assert f"{note.regions.get().close_up_address}?ask={asking.token}" in page
        assert address(asking, note) in page


def test_looking_leaves_no_cookie_and_no_trace_elsewhere(
    client: Client, asking: Asking, notes: list[Note]
) -> None:
    for there in (address(asking), address(asking, notes[0])):
        answer = client.get(there)
        assert COOKIE not in answer.cookies
        assert answer["Referrer-Policy"] == "same-origin"
        assert "noindex" in answer["X-Robots-Tag"]
        assert '<meta name="robots" content="noindex, nofollow">' in as_text(answer)
        assert "no-store" in answer["Cache-Control"]
    look = client.post(address(asking, notes[0]), {"act": "look", "markup": "x"})
    assert COOKIE not in look.cookies


def test_a_reader_needs_no_account_and_counts_once(client: Client, asking: Asking, notes: list[Note]) -> None:
    there = address(asking, notes[0])
    answer = client.post(there, SAID | fields_of(client, there))
    assert answer.url == f"{address(asking, notes[1])}?on"
    assert COOKIE in answer.cookies
    reading = notes[0].readings.get()
    assert (reading.reader, reading.text, reading.is_held) == (None, "Say who decides.", True)
    assert "You have read it" in as_text(client.get(address(asking)))
    client.post(there, SAID | {"markup": "Say who decided."})
    assert len(set(notes[0].readings.values_list("token", flat=True))) == 1


def test_pressing_twice_before_there_is_a_cookie_is_one_reader(asking: Asking, notes: list[Note]) -> None:
    there = address(asking, notes[0])
    sent = SAID | fields_of(Client(), there)
    # The second press went before the first was answered, so neither carries a cookie.
    for browser in (Client(), Client()):
        assert browser.post(there, sent).status_code == 302
    assert notes[0].readings.count() == 1


def test_nobody_chooses_who_they_are(asking: Asking, notes: list[Note], ben: Viewer) -> None:
    there = address(asking, notes[0])
    forged = signing.dumps(ben.guest_key, salt="another purpose")
    for number, seat in enumerate((ben.guest_key, forged, "", "x")):
        Client().post(there, SAID | {"seat": seat, "markup": f"word {number}"})
    own = notes[0].board.token_of(ben)
    assert not notes[0].readings.filter(token=own).exists()
    assert len(set(notes[0].readings.values_list("token", flat=True))) == 4


def test_somebody_who_signed_in_reads_through_the_link_without_their_name(
    client: Client, asking: Asking, notes: list[Note], researcher: Viewer
) -> None:
    client.force_login(researcher.person)
    client.post(address(asking, notes[0]), SAID)
    reading = notes[0].readings.get()
    assert reading.reader is None
    assert reading.token == notes[0].board.token_of(researcher)


def test_an_organiser_sees_through_the_link_what_anybody_sees(
    client: Client, asking: Asking, notes: list[Note], ada: Viewer, ben: Viewer
) -> None:
    offer_correction(notes[0].board, notes[0], "A veiledwren, I wrote.", by=ben)
    client.force_login(ada.person)
    there = address(asking, notes[0])
    for _ in range(2):
        page = as_text(client.get(there))
        assert "veiledwren" not in page
        assert "from the paper itself" not in page
        assert reverse("ask_room", args=[asking.event.slug]) not in page
        client.post(there, SAID)


def test_after_reading_one_sees_what_others_read(client: Client, asking: Asking, notes: list[Note]) -> None:
    there = address(asking, notes[0])
    says(notes[0], "Say who decides.", by=asked("cat", asking.event))
    assert "Say who" not in as_text(client.get(there))
    answer = client.post(there, SAID | {"markup": "He decides."} | fields_of(client, there))
    assert answer.url == f"{there}?on#h-second"
    assert "decides." in as_text(client.get(there))
    client.post(there, {"act": "agree", "reading": "1"})
    assert Client().get(there).status_code == 200  # who has seen the other is not independent
    says(notes[0], "Say who decides.", by=asked("dog", asking.event))
    # Two say the same unseen: an organiser decides, and this reader still sees what they said.
    page = client.get(there)
    assert page.status_code == 200
    assert "You say the same." in as_text(page)
    assert Client().get(there).status_code == 404


def test_what_somebody_wrote_while_others_agreed_is_taken(asking: Asking, notes: list[Note]) -> None:
    there, slow = address(asking, notes[0]), Client()
    sent = SAID | {"markup": "He decides."} | fields_of(slow, there)
    for name in ("cat", "dan"):
        says(notes[0], "Say who decides.", by=asked(name, asking.event))
    assert slow.get(there).status_code == 404
    assert slow.post(there, sent).status_code == 302
    assert notes[0].readings.count() == 3


def test_when_everything_is_read_the_link_says_so(
    client: Client, asking: Asking, notes: list[Note], ada: Viewer
) -> None:
    for note in notes:
        accept_reading(says(note, "One.", by=ada), by=ada)
    page = as_text(client.get(address(asking)))
    assert "Nothing is left to read" in page
    settled = client.get(address(asking, notes[0]))
    assert settled.status_code == 404
    assert "This note is not open" in as_text(settled)
    assert client.post(address(asking, notes[0]), SAID).status_code == 404


def end_by_time(asking: Asking, ada: Viewer) -> None:
    Asking.objects.filter(pk=asking.pk).update(until=timezone.now() - timedelta(seconds=1))


def end_by_button(asking: Asking, ada: Viewer) -> None:
    end_asking(asking, by=ada)


@pytest.mark.parametrize("end", [end_by_time, end_by_button])
def test_an_ended_link_says_so_and_shows_nothing(
    client: Client, asking: Asking, notes: list[Note], ada: Viewer, end: Callable
) -> None:
    region = notes[0].regions.get()
    end(asking, ada)
    for there in (address(asking), address(asking, notes[0])):
        answer = client.get(there)
        assert answer.status_code == 410
        assert "This link has ended" in as_text(answer)
        assert region.identifier not in as_text(answer)
    assert client.post(address(asking, notes[0]), SAID).status_code == 410
    assert not notes[0].readings.exists()
    assert client.get(f"{region.close_up_address}?ask={asking.token}").status_code == 404


def test_ending_twice_leaves_one_trace(asking: Asking, ada: Viewer) -> None:
    end_asking(asking, by=ada)
    end_asking(asking, by=ada)
    assert Act.objects.filter(verb="asking_ended").count() == 1


def test_a_link_of_an_event_that_was_taken_back_leads_nowhere(
    client: Client, asking: Asking, notes: list[Note]
) -> None:
    asking.event.status = "draft"
    asking.event.save()
    answer = client.get(address(asking))
    assert answer.status_code == 404
    assert asking.event.name not in as_text(answer)


@pytest.mark.django_db
def test_a_wrong_link_is_explained_and_trying_many_is_held_back(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("people.limits.time.time", lambda: 1_900_000_020.0)
    answer = client.get("/ask/nothing/")
    assert answer.status_code == 404
    assert "This link leads nowhere" in as_text(answer)
    statuses = {
        client.get(f"/ask/nothing{number}/a/").status_code for number in range(limits.WRONG_ASKINGS.most)
    }
    assert statuses == {404, 429}


def test_a_machine_is_held_back_and_a_room_is_not(
    asking: Asking, notes: list[Note], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("people.limits.time.time", lambda: 1_900_000_020.0)
    monkeypatch.setattr(limits, "READINGS", limits.Limit("readings of a reader in a minute", 3, 60))
    monkeypatch.setattr(limits, "NEW_READERS", limits.Limit("new readers of a network in a minute", 9, 60))
    there = address(asking, notes[0])
    room = [Client().post(there, SAID | {"markup": f"{n} words"}) for n in range(8)]
    assert {answer.status_code for answer in room} == {302}
    machine, sent = Client(), SAID | fields_of(Client(), there)
    answers = [machine.post(there, sent | {"markup": f"word {n}"}) for n in range(4)]
    assert [answer.status_code for answer in answers] == [302, 302, 302, 429]
    assert "Everything you typed is here" in as_text(answers[-1])
    assert "word 3" in as_text(answers[-1])
    # One that throws its cookie away each time is somebody new each time.
    assert Client().post(there, SAID | {"markup": "9 words"}).status_code == 429


def test_looking_without_end_is_held_back(
    asking: Asking, notes: list[Note], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("people.limits.time.time", lambda: 1_900_000_020.0)
    monkeypatch.setattr(limits, "PREVIEWS_HERE", limits.Limit("looks of a network in a minute", 3, 60))
    client = Client()
    answers = [client.post(address(asking, notes[0]), {"act": "look", "markup": "x"}) for _ in range(4)]
    assert [answer.status_code for answer in answers] == [200, 200, 200, 429]


def test_organisers_get_a_link_a_code_and_words_to_send(
    client: Client, notes: list[Note], board: Board, ada: Viewer
) -> None:
    client.force_login(ada.person)
    there = reverse("ask_room", args=[board.event.slug])
    assert "close-ups of 2 open notes" in as_text(client.get(there))
    assert client.post(there, {"message": "x" * 501, "days": "14"}).status_code == 422
    assert client.post(there, {"message": "Help us.", "days": "14"}).status_code == 302
    asking = Asking.objects.get()
    page = as_text(client.get(there))
    assert "Help us." in page
    assert page.count(address(asking)) >= 2
    assert '<svg class="qr"' in page
    client.post(there, {"act": "end", "asking": str(asking.pk)})
    assert not Asking.objects.open().exists()
    assert "Links that have ended" in as_text(client.get(there))


def test_an_organiser_of_another_event_ends_nothing_here(
    client: Client, asking: Asking, make_event: Callable, steward: Viewer, researcher: Viewer
) -> None:
    client.force_login(researcher.person)
    there = reverse("ask_room", args=[asking.event.slug])
    assert client.post(there, {"act": "end", "asking": str(asking.pk)}).status_code in (403, 404)
    other = make_event("other-day")
    client.force_login(steward.person)
    elsewhere = reverse("ask_room", args=[other.slug])
    assert client.post(elsewhere, {"act": "end", "asking": str(asking.pk)}).status_code == 404
    assert client.post(elsewhere, {"act": "end", "asking": "9" * 40}).status_code == 404
    assert Asking.objects.open().get() == asking


@pytest.mark.parametrize("number", [1, 3])
def test_the_page_of_a_link_asks_a_fixed_number_of_questions(
    client: Client,
    photo: Photo,
    station: Station,
    ada: Viewer,
    number: int,
    django_assert_num_queries: Callable,
) -> None:
    notes = [note_on(photo, station, by=ada) for _ in range(number)]
    asking = ask_the_room(photo.event, by=ada, message="", days=3)
    assert Region.objects.count() == number
    with django_assert_num_queries(5):
        client.get(address(asking))
    with django_assert_num_queries(7):
        client.get(address(asking, notes[0]))
