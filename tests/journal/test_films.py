"""Films that other websites keep: which addresses are taken, and what a reader's browser is told to load."""

from collections.abc import Callable

import pytest
from django.test import Client

from events.models import Event
from journal.films import PLAYERS, add_film, describe_film, film_at, page_address, player_address
from journal.models import Film, Writing
from journal.writing import writing_of
from people.guests import Viewer
from people.models import Act
from people.refusals import Refused
from tests.texts import names, published, words

MakeEvent = Callable[..., Event]
KEY = "aB3_-xYz901"
TAKEN = {
    f"https://www.youtube.com/watch?v={KEY}": ("youtube", KEY),
    f"https://youtube.com/watch?v={KEY}&t=42s": ("youtube", KEY),
    f"https://www.youtube.com/watch?app=desktop&v={KEY}": ("youtube", KEY),
    f"http://m.youtube.com/watch?v={KEY}": ("youtube", KEY),
    f"https://youtu.be/{KEY}?si=shared": ("youtube", KEY),
    f"youtu.be/{KEY}": ("youtube", KEY),
    f"https://www.youtube.com/embed/{KEY}": ("youtube", KEY),
    f"https://www.youtube.com/shorts/{KEY}": ("youtube", KEY),
    f"https://www.youtube.com/live/{KEY}/": ("youtube", KEY),
    f"https://www.youtube-nocookie.com/embed/{KEY}": ("youtube", KEY),
    f"  HTTPS://WWW.YOUTUBE.COM/watch?v={KEY}  ": ("youtube", KEY),
    "https://vimeo.com/123456789": ("vimeo", "123456789"),
    "https://www.vimeo.com/123456789/": ("vimeo", "123456789"),
    "https://player.vimeo.com/video/123456789": ("vimeo", "123456789"),
    "https://archive.org/details/a-film_of.1962": ("archive", "a-film_of.1962"),
    "https://www.archive.org/embed/a-film": ("archive", "a-film"),
    "archive.org/details/a-film": ("archive", "a-film"),
}
REFUSED = [
    "",
    "a film",
    KEY,
    f"https://evil-youtube.com/watch?v={KEY}",
    f"https://youtube.com.evil.example/watch?v={KEY}",
    f"https://youtube.com@evil.example/watch?v={KEY}",
    f"https://evil.example@youtube.com/watch?v={KEY}",
    f"https://evil.example/youtube.com/watch?v={KEY}",
    f"https://evil.example/?https://youtube.com/watch?v={KEY}",
    f"https://evil.example#@youtube.com/watch?v={KEY}",
    f"https://evil.example\\@youtube.com/watch?v={KEY}",
    f"https://youtube.com\\.evil.example/watch?v={KEY}",
    f"https://youtube.com:8443/watch?v={KEY}",
    f"https://youtube.com:x/watch?v={KEY}",
    f"https://youtube.com./watch?v={KEY}",
    f"https://y\u043eutube.com/watch?v={KEY}",  # a Cyrillic o
    f"https://youtube\u3002com/watch?v={KEY}",  # a full stop of another script
    f"https://you\ttube.com/watch?v={KEY}",
    f"https://you\ntube.com/watch?v={KEY}",
    f"javascript://youtube.com/watch?v={KEY}",
    f"data:text/html,youtube.com/watch?v={KEY}",
    f"ftp://youtube.com/watch?v={KEY}",
    f"//youtube.com/watch?v={KEY}",
    f"https://sub.youtube.com/watch?v={KEY}",
    f"https://[::1/watch?v={KEY}",
    f"https://127.0.0.1/watch?v={KEY}",
    "https://www.youtube.com/",
    "https://www.youtube.com/watch?v=",
    "https://www.youtube.com/watch?v=short",
    f"https://www.youtube.com/watch?v={KEY}more",
    f"https://www.youtube.com/watch?v=%22><script>{KEY}",
    f"https://www.youtube.com/redirect?q=evil&v={KEY}",
    "https://www.youtube.com/playlist?list=PL1234567890",
    f"https://youtu.be/{KEY}/../evil",
    "https://youtu.be.evil.example/" + KEY,
    "https://vimeo.com/channels/staff",
    "https://vimeo.com/123/../../evil",
    "https://evilvimeo.com/123456789",
    "https://vimeo.com.evil.example/123456789",
    "https://player.vimeo.com/video/abc",
    "https://archive.org/details/",
    "https://archive.org/details/../evil",
    "https://archive.org/details/a%2Fb",
    "https://web.archive.org/details/a-film",
    "https://archive.org.evil.example/details/a-film",
    "https://archive.org/search?query=a-film",
    f"https://youtube.com/watch?v={KEY}&{'x' * 600}",
]


@pytest.fixture
def writing(make_event: MakeEvent, ada: Viewer) -> Writing:
    return writing_of(make_event(), by=ada)


@pytest.fixture
def film(writing: Writing, ada: Viewer) -> Film:
    address = f"https://youtu.be/{KEY}"
    return add_film(
        writing, address, by=ada, title="The wall", length="4 minutes", alternative="Hands on paper."
    )


@pytest.mark.parametrize("address", TAKEN)
def test_the_address_of_a_film_names_its_host_and_key(address: str) -> None:
    assert film_at(address) == TAKEN[address]


@pytest.mark.parametrize("address", REFUSED)
def test_what_only_looks_like_an_address_of_a_film_is_refused(address: str) -> None:
    with pytest.raises(Refused, match="not the address of a film"):
        film_at(address)


@pytest.mark.parametrize("host", Film.Host)
def test_players_and_pages_stand_at_the_host_and_nowhere_else(host: Film.Host) -> None:
    film = Film(host=host, key="a/../?b#c")
    assert player_address(film).startswith(f"{PLAYERS[host]}/")
    for address in (player_address(film), page_address(film)):
        assert "a/.." not in address
        assert "#" not in address


def test_a_film_needs_a_title_and_words_for_those_who_cannot_watch_it(writing: Writing, ada: Viewer) -> None:
    address = f"https://youtu.be/{KEY}"
    with pytest.raises(Refused, match="title"):
        add_film(writing, address, by=ada, title=" ", alternative="Hands.")
    with pytest.raises(Refused, match="cannot watch"):
        add_film(writing, address, by=ada, title="The wall", alternative=" \n")
    assert not Film.objects.exists()


def test_only_those_who_write_put_in_films(writing: Writing, film: Film, cleo: Viewer) -> None:
    with pytest.raises(Refused):
        add_film(writing, f"https://youtu.be/{KEY}", by=cleo, title="Mine", alternative="Mine.")
    with pytest.raises(Refused):
        describe_film(film, by=cleo, title="Mine", alternative="Mine.")


def test_adding_leaves_a_trace_without_its_words(film: Film) -> None:
    act = Act.objects.get(subject_kind="film")
    assert (act.verb, act.subject) == ("added", film.identifier)
    assert "wall" not in act.why


def test_readers_find_a_film_once_its_text_is_published(
    client: Client, writing: Writing, film: Film, ada: Viewer
) -> None:
    assert client.get(film.get_absolute_url()).status_code == 404
    published(writing.event, words(), names("film", film.identifier), by=ada)
    page = client.get(film.get_absolute_url())
    for said in ("The wall", "4 minutes", "Hands on paper.", "YouTube, another website"):
        assert said in page.text, said


def test_nothing_of_another_website_loads_before_somebody_asks(
    client: Client, writing: Writing, film: Film, ada: Viewer
) -> None:
    published(writing.event, words(), names("film", film.identifier), by=ada)
    before, after = client.get(film.get_absolute_url()), client.get(f"{film.get_absolute_url()}?play=1")
    assert "<iframe" not in before.text
    assert "frame-src" not in before["Content-Security-Policy"]
    assert "<iframe" in after.text
    assert "frame-src https://www.youtube-nocookie.com" in after["Content-Security-Policy"]
    assert "vimeo" not in after["Content-Security-Policy"]
    assert "frame-src" not in client.get(writing.event.get_absolute_url())["Content-Security-Policy"]


def test_a_film_that_left_the_text_is_not_shown_any_more(
    client: Client, writing: Writing, film: Film, ada: Viewer
) -> None:
    published(writing.event, words(), names("film", film.identifier), by=ada)
    published(writing.event, words(), by=ada)
    assert client.get(film.get_absolute_url()).status_code == 404
