"""Whatever is sent: an answer, never an error; and looking changes nothing."""

import time
from collections.abc import Callable
from itertools import count

import pytest
from django.apps import apps
from django.db import connection
from django.test import Client
from hypothesis import HealthCheck, Phase, example, given
from hypothesis import settings as tries
from hypothesis import strategies as st

from people.guests import Viewer
from people.refusals import Refused
from responses.words import words_that_fit
from tests.rules.places import FOR_MACHINES, addresses, pages
from tests.rules.scenes import Scene
from tests.rules.test_access import routes

# A form that fails is told whole, however long.
pytestmark = [pytest.mark.django_db, pytest.mark.filterwarnings("ignore:Generating overly large repr")]
ODD = st.sampled_from(
    [
        "", "\0", "\ud800", "\u202e", "1" * 30, "-1", "0", "1e400", "__class__", "' OR 1=1", "%s%n",
        "٣", "square", "[]", "\r\nX: y", "//evil.example", "a" * 5000, "e\u0301\u0323" * 2000,
    ]
)  # fmt: skip
NAMES = st.sampled_from(
    [
        "pick", "declined", "because", "filter", "themes",
        "mark", "order", "page", "words", "key", "public", "research", "shown", "code", "why",
        "act", "state", "alt", "group", "expression", "seen", "text", "digest", "confirm",
        "place_1", "theme", "language", "next", "participant", "withdrawn_at", "status", "v", "after",
        "screen",
        "station", "minutes", "phase", "seats", "note", "zone", "number", "first", "second",
        "signed", "options", "layout", "headings", "name", "question", "manifest",
        "markup", "box", "seat", "comment", "confidence", "days", "message", "asking", "reading",
        "brackets", "from_paper", "wants_better_photo", "place",
        "each", "size", "sheet", "asked", "ticked",
        "basis", "basis_note", "words_basis", "caption", "shows", "apply", "notes", "box-0-x", "box-0-width",
        "new", "new-1-x", "new-1-shows", "suggested", "keep", "under", "own", "matching", "ask",
        "about", "organisation", "position", "since", "until", "who", "letter", "keeps_credit",
        "email", "wants", "every", "website", "again",
        "date", "starts", "ends", "series", "organisations", "tags", "principle_sets", "takes_sign_ups",
        "capacity", "sign_up_until", "joining_note", "attendance", "attendance_stated", "summary", "at",
        "access_needs", "leads", "led_by", "about", "title", "time",
        "email", "token", "website", "reason", "is_named", "answers",
        "byline", "new_series", "parts", "part", "rows", "person_0", "name_0", "events", "when",
        "topic", "topics", "prompt", "opens_on", "closes_on", "is_transcript", "which", "picture",
        "block", "kind-a", "html-a", "photo-a", "based_on", "is_correction", "take-a", "photo", "film",
        "file", "photos", "address", "length", "alternative", "version", "story", "excerpt", "play",
        "was", "like", "which", "from", "loose",
        "one", "other", "year", "set", "sentence", "owner", "person", "due", "evidence", "shown_at",
        "kind", "will_do", "open_until", "statements", "statement", "event",
        "give", "take_back", "until", "decision", "instead_of", "like",
    ]
)  # fmt: skip
# Few tries of many fields: a page has some of the names, and meets an odd value in half of them.
FORMS = st.dictionaries(NAMES, ODD, min_size=60, max_size=150)
BOUNDED = tries(
    max_examples=5,
    deadline=None,
    # The error says where it came from; to find its smallest form would take minutes.
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
CHARSETS = ["idna", "utf-7", "utf-16", "unicode_escape", "latin-1"]
# A mail program ends mail for its owner and has seen no page: the secret in the address is all it has.
# A library's harvester may send its question as a form (OAI-PMH 2.0, 3.1.1.2): it has no cookie, is told
# what anybody is told, and changes nothing, whoever sent it.
WITHOUT_A_TOKEN = frozenset({"news_stop", "news_stop_note", "outcome_stop", "oai"})
# What a look may leave: rate counts, and the session of whoever signed in.
MAY_CHANGE = {"people_ratecount", "django_session", "usersessions_usersession", "cache"}


def printable(form: dict[str, str]) -> dict[str, str]:
    return {name: text.encode(errors="replace").decode() for name, text in form.items()}


def every_address(scene: Scene, but: frozenset[str] = frozenset()) -> list[str]:
    names = [name for name in pages() if name not in but | FOR_MACHINES]
    return [address for name in names for address in addresses(name, scene)]


def some_addresses(scene: Scene) -> Callable[[], list[str]]:
    """Each time one address of every route: the next of the things it shows."""
    turn = count()

    def next_ones() -> list[str]:
        at = next(turn)
        every = [list(addresses(name, scene)) for name in pages() if name not in FOR_MACHINES]
        return [places[at % len(places)] for places in every if places]

    return next_ones


@pytest.mark.parametrize("who", ["guest", "ada"])
def test_no_question_put_to_any_page_is_an_error(draft: Scene, client: Client, ada: Viewer, who: str) -> None:
    if who == "ada":
        client.force_login(ada.person)

    some = some_addresses(draft)

    @BOUNDED
    @given(FORMS)
    def ask(asked: dict[str, str]) -> None:
        for address in some():
            answer = client.get(address, printable(asked))
            assert answer.status_code < 500, address

    ask()


@pytest.mark.parametrize("who", ["guest", "ada"])
def test_no_form_sent_to_any_page_is_an_error(draft: Scene, client: Client, ada: Viewer, who: str) -> None:
    if who == "ada":
        client.force_login(ada.person)

    some = some_addresses(draft)

    @BOUNDED
    @example({})
    @given(FORMS)
    def post(typed: dict[str, str]) -> None:
        for address in some():
            answer = client.post(address, printable(typed))
            assert answer.status_code < 500, address

    post()


@pytest.mark.parametrize(
    "address",
    [
        "/r/%ff%fe/", "/r/x/v/99999999999999999999/", f"/r/x/v/{'9' * 5000}/", "/receipt/%E2%80%AE/",
        f"/receipt/{'z' * 3000}/", "/events/%ff/", "/?%ff=%fe", "/principles/a/b/v/99999999999/",
        "/journal/?page=" + "9" * 5000, "/events/a/boards/b/answer/%F0%9F%91%8B/", "/tags/%00/",
    ],
)  # fmt: skip
def test_odd_addresses_are_not_found_or_bad(client: Client, address: str) -> None:
    assert client.get(address).status_code in (200, 302, 400, 404, 429)


@pytest.mark.parametrize("charset", CHARSETS)
def test_another_encoding_is_refused_and_not_an_error(client: Client, charset: str) -> None:
    told = f"multipart/form-data; boundary=B; charset={charset}"
    body = b'--B\r\nContent-Disposition: form-data; name="code"\r\n\r\n\\ud800 +2AA-\r\n--B--\r\n'
    assert client.generic("POST", "/receipt/", body, content_type=told).status_code == 400
    assert (
        client.get("/?mark=x", headers={"content-type": f"text/html; charset={charset}"}).status_code == 400
    )


def test_a_form_of_countless_fields_is_refused(client: Client) -> None:
    body = "&".join(f"f{number}=1" for number in range(20_000))
    kind = "application/x-www-form-urlencoded"
    assert client.post("/receipt/", body, content_type=kind).status_code == 400


def test_a_megabyte_of_marks_on_a_note_is_refused_in_no_time() -> None:
    began = time.perf_counter()
    with pytest.raises(Refused, match="A note holds"):
        words_that_fit("a" + "\u0301\u0323" * 500_000)
    assert time.perf_counter() - began < 0.5


def digest() -> dict[str, str]:
    found = {}
    with connection.cursor() as cursor:
        for table in sorted({model._meta.db_table for model in apps.get_models()} - MAY_CHANGE):
            cursor.execute(
                f"SELECT md5(coalesce(string_agg(t::text, chr(10) ORDER BY t::text), '')) FROM \"{table}\" t"
            )
            found[table] = cursor.fetchone()[0]
    return found


@pytest.mark.parametrize("who", ["cleo", "ben", "ada"])
def test_looking_at_any_page_changes_nothing(
    draft: Scene,
    client: Client,
    ada: Viewer,
    ben: Viewer,
    who: str,
) -> None:
    if who == "ada":
        client.force_login(ada.person)
    before = digest()
    looks = [(client.get, address) for address in every_address(draft)]
    looks += [(look, one) for look in (client.head, client.options) for one in some_addresses(draft)()]
    for look, address in looks:
        answer = look(address, {"confirm": "yes", "state": "closed", "act": "correct", "words": "x"})
        b"".join(answer.streaming_content) if answer.streaming else answer.content
    assert [table for table, sum_ in digest().items() if before[table] != sum_] == []


def test_every_form_asks_for_its_token(draft: Scene, ada: Viewer) -> None:
    careful = Client(enforce_csrf_checks=True)
    careful.force_login(ada.person)
    before, statuses = digest(), set()
    for address in every_address(draft, but=WITHOUT_A_TOKEN):
        for send_as in (careful.post, careful.put, careful.patch, careful.delete):
            statuses.add(send_as(address).status_code)
    assert statuses == {403}
    assert digest() == before


def test_nothing_else_goes_without_a_token() -> None:
    exempt = {route.name for route in routes() if getattr(route.callback, "csrf_exempt", False)}
    assert exempt == WITHOUT_A_TOKEN


@pytest.mark.parametrize(
    "next_page",
    [
        "//evil.example",
        "https:evil.example",
        "/\\evil.example",
        "\thttps://evil.example",
        "https://testserver@evil.example",
        "javascript:alert(1)",
    ],
)
def test_the_theme_leads_to_no_other_site(client: Client, next_page: str) -> None:
    answer = client.get("/theme/", {"theme": "dark", "next": next_page})
    assert (answer.status_code, answer.headers.get("Location")) == (302, "/")


def test_what_anybody_sees_is_asked_for_again_each_time(client: Client) -> None:
    assert client.get("/")["Cache-Control"] == "no-cache"


def test_a_cookie_with_a_nul_character_is_a_bad_request(client: Client) -> None:
    for name in ("sessionid", "guest", "receipts", "anything"):
        client.cookies[name] = "a\0b"
        assert client.get("/").status_code == 400
        client.cookies.clear()
