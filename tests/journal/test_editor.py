"""The editor without a script: every button keeps what was typed, and nobody loses words."""

from collections.abc import Callable
from io import BytesIO

import pytest
from django.test import Client

from events.models import Event
from journal.editing import as_html, chosen, moved, new_block, put_in
from journal.models import Draft, Film, Version, Writing
from journal.posts import begin_post
from people.guests import Viewer
from responses.models import Board, Note
from tests.conftest import make_person
from tests.journal.test_attachments import PDF
from tests.photos import a_jpeg, make_photo
from tests.texts import Block, published, saved, words

MakeEvent = Callable[..., Event]
Sent = dict[str, str | list[str]]


@pytest.fixture
def event(make_event: MakeEvent) -> Event:
    return make_event(attendance=12)


@pytest.fixture
def desk(client: Client, ada: Viewer) -> Client:
    client.force_login(ada.person)
    return client


def sheet(*blocks: Block, act: str = "save", based_on: int = 0, number: int = 1, **more: str) -> Sent:
    """What the form sends with these blocks in it."""
    said: Sent = {"block": [block["id"] for block in blocks], "act": act, **more}
    said |= {"based_on": str(based_on), "number": str(number)}
    for block in blocks:
        said |= {f"{name}-{block['id']}": value for name, value in block.items() if name != "id"}
    return said


def kept(event: Event) -> list[Block]:
    return Draft.objects.get(writing__event=event).blocks


WRITE = "/events/wall-day/write/"


def test_looking_begins_nothing(desk: Client, event: Event) -> None:
    page = desk.get(WRITE).text
    assert "Before you publish" in page
    assert not Writing.objects.exists()


def test_words_without_marks_become_paragraphs() -> None:
    assert as_html("One & two.\r\nStill one.\n\n\nThree < four.") == (
        "<p>One &amp; two.<br>Still one.</p><p>Three &lt; four.</p>"
    )
    assert as_html("<p>Marked</p>\n\n<p>up</p>") == "<p>Marked</p>\n\n<p>up</p>"
    assert as_html("  \n ") == "  \n "


def test_saving_makes_a_version_that_readers_do_not_see(desk: Client, event: Event, client: Client) -> None:
    answer = desk.post(WRITE, sheet(words("We read the wall.")), follow=True)
    assert "Saved as version 1. Readers do not see it yet." in answer.text
    version = Version.objects.get()
    assert version.blocks[0]["html"] == "<p>We read the wall.</p>"
    desk.logout()
    assert "We read the wall." not in client.get("/events/wall-day/").text


def test_publishing_shows_it_and_a_correction_is_in_the_public_log(desk: Client, event: Event) -> None:
    desk.post(WRITE, sheet(words("<p>Six came.</p>"), act="publish"))
    assert "Six came." in desk.get("/events/wall-day/").text
    more = {"act": "publish", "why": "Seven came, not six.", "is_correction": "on"}
    desk.post(WRITE, sheet(words("<p>Seven came.</p>"), based_on=1, **more))
    page = desk.get("/events/wall-day/").text
    assert "Seven came, not six." in page
    assert "<p>Seven came.</p>" in page


def test_what_was_public_is_not_changed_without_saying_why(desk: Client, event: Event) -> None:
    desk.post(WRITE, sheet(words("<p>Six came.</p>"), act="publish"))
    answer = desk.post(WRITE, sheet(words("<p>Seven came.</p>"), act="publish", based_on=1))
    assert answer.status_code == 422
    assert "Say in a sentence what changed" in answer.text
    assert "Seven came." in answer.text
    desk.logout()
    assert "Six came." in desk.get("/events/wall-day/").text


def test_what_must_be_put_right_stops_publishing_and_is_listed(desk: Client, event: Event) -> None:
    answer = desk.post(WRITE, sheet(words("<h2></h2><p>Words.</p>"), act="publish"), follow=True)
    assert "not published yet: 1 thing to put right" in answer.text
    assert "A heading has no words" in answer.text
    assert Writing.objects.get().shown is None


@pytest.mark.parametrize(
    "act", ["add-text:a1", "add-quotation:a1", "up:b2", "down:a1", "remove:b2", "preview", "x"]
)
def test_every_button_keeps_what_is_typed(desk: Client, event: Event, act: str) -> None:
    answer = desk.post(WRITE, sheet(words("One"), words("Two", "b2"), act=act))
    assert answer.status_code == 302
    assert "<p>One</p>" in [block.get("html") for block in kept(event)]


def test_parts_are_moved_put_in_and_taken_out() -> None:
    one, two, three = (new_block("text", html=name) for name in ("1", "2", "3"))
    assert moved([one, two, three], two["id"], -1) == [two, one, three]
    assert moved([one, two, three], one["id"], -1) == [one, two, three]
    assert moved([one, two], "none", 1) == [one, two]
    assert put_in([one, two], [three], one["id"]) == [one, three, two]
    assert put_in([one, two], [three], "") == [one, two, three]


def test_a_button_comes_back_to_the_part_it_was_about(desk: Client, event: Event) -> None:
    answer = desk.post(WRITE, sheet(words("One"), words("Two", "b2"), act="up:b2"))
    assert answer.headers["Location"] == f"{WRITE}#b-b2"
    answer = desk.post(WRITE, sheet(words("One"), words("Two", "b2"), act="add-quotation:a1", number=2))
    new = kept(event)[1]
    assert new["kind"] == "quotation"
    assert answer.headers["Location"] == f"{WRITE}#b-{new['id']}"


def test_a_draft_comes_back_and_can_be_thrown_away(desk: Client, event: Event) -> None:
    desk.post(WRITE, sheet(words("Half a thought"), act="keep"))
    assert "Half a thought" in desk.get(WRITE).text
    desk.post(WRITE, sheet(words("Half a thought"), act="drop", number=2))
    assert "Half a thought" not in desk.get(WRITE).text


def test_the_script_keeps_what_is_typed_and_is_told_when(desk: Client, event: Event) -> None:
    answer = desk.post(f"{WRITE}draft/", sheet(words("Typing")))
    assert answer.json()["number"] == 2
    assert ":" in answer.json()["kept"]
    late = desk.post(f"{WRITE}draft/", sheet(words("An older window"), number=0))
    assert late.status_code == 409
    assert "<p>Typing</p>" in kept(event)[0]["html"]
    assert desk.get(f"{WRITE}draft/").status_code == 405


def test_nobody_else_finds_the_editor_or_its_draft(
    client: Client, event: Event, ada: Viewer, researcher: Viewer
) -> None:
    saved(event, words(), by=ada)
    pages = ("", "draft/", "preview/", "together/", "photo/", "film/")
    for page in pages:
        assert client.get(f"{WRITE}{page}").status_code in (302, 405)
    client.force_login(researcher.person)
    for page in pages:
        answer = client.post(f"{WRITE}{page}", sheet(words("Mine now")))
        assert answer.status_code in (404, 405), page
    assert not Draft.objects.exists()


def test_one_organiser_never_sees_the_draft_of_another(desk: Client, event: Event, client: Client) -> None:
    other = make_person("Eve")
    event.organisers.create(person=other, position=2)
    desk.post(WRITE, sheet(words("Between me and me"), act="keep"))
    client.force_login(other)
    assert "Between me and me" not in client.get(WRITE).text


def test_whoever_is_overtaken_sees_both_texts_and_loses_nothing(
    desk: Client, event: Event, ada: Viewer
) -> None:
    eve = Viewer(person=make_person("Eve"))
    event.organisers.create(person=eve.person, position=2)
    saved(event, words("<p>Base.</p>"), words("<p>Second.</p>", "b2"), by=ada)
    saved(event, words("<p>Theirs.</p>"), words("<p>Second.</p>", "b2"), by=eve)
    mine = sheet(words("<p>Mine.</p>"), words("<p>Second.</p>", "b2"), based_on=1)
    landed = desk.post(WRITE, mine, follow=True)
    assert landed.redirect_chain[-1][0] == f"{WRITE}together/"
    for said in ("Theirs.", "Mine.", "Nothing of yours is lost"):
        assert said in landed.text
    assert landed.status_code == 409
    desk.post(f"{WRITE}together/", {"act": "choose", "take-a1": "both"})
    page = desk.get(WRITE).text
    assert "Theirs." in page
    assert "Mine." in page
    assert Draft.objects.get().based_on == 2


def test_changes_of_different_parts_are_put_together_by_one_button(
    desk: Client, event: Event, ada: Viewer
) -> None:
    eve = Viewer(person=make_person("Eve"))
    event.organisers.create(person=eve.person, position=2)
    saved(event, words("<p>Base.</p>"), words("<p>Second.</p>", "b2"), by=ada)
    saved(event, words("<p>Theirs.</p>"), words("<p>Second.</p>", "b2"), by=eve)
    landed = desk.post(
        WRITE, sheet(words("<p>Base.</p>"), words("<p>Mine.</p>", "b2"), based_on=1), follow=True
    )
    assert "Put theirs and mine together" in landed.text
    desk.post(f"{WRITE}together/", {"act": "merge"})
    assert [block["html"] for block in kept(event)] == ["<p>Theirs.</p>", "<p>Mine.</p>"]


def test_what_nobody_chose_between_stays_twice() -> None:
    mine, theirs = [words("<p>Mine</p>"), words("<p>New</p>", "m2")], [words("<p>Theirs</p>")]
    both = [block["html"] for block in chosen(mine, theirs, {})]
    assert sorted(both) == ["<p>Mine</p>", "<p>New</p>", "<p>Theirs</p>"]
    one = chosen(mine, theirs, {"a1": "mine", "m2": "theirs"})
    assert [block["html"] for block in one] == ["<p>Mine</p>"]


def test_photographs_are_picked_several_at_once(desk: Client, event: Event, ada: Viewer) -> None:
    photos = [make_photo(event, ada) for _ in range(2)]
    page = desk.get(f"{WRITE}photo/?after=")
    assert page.text.count('name="photo"') == 2
    desk.post(f"{WRITE}photo/?after=", {"photo": [photo.identifier for photo in photos]})
    assert [block.get("photo") for block in kept(event) if block["kind"] == "photo"] == [
        photo.identifier for photo in photos
    ]


def test_the_photographs_of_another_event_are_not_there(
    desk: Client, event: Event, make_event: MakeEvent, ada: Viewer
) -> None:
    other = make_photo(make_event("other-day"), ada)
    answer = desk.post(f"{WRITE}photo/", {"photo": [other.identifier]}, follow=True)
    assert "Choose photographs from your device" in answer.text
    assert not Draft.objects.exists()


def test_a_film_is_put_in_after_the_part_that_was_chosen(desk: Client, event: Event) -> None:
    desk.post(WRITE, sheet(words("One"), words("Two", "b2"), act="keep"))
    film = {"address": "https://youtu.be/dQw4w9WgXcQ", "title": "Film", "alternative": "Six people talk."}
    desk.post(f"{WRITE}film/?after=a1", film)
    assert [block["kind"] for block in kept(event)] == ["text", "film", "text"]
    assert "Six people talk." in Film.objects.get().alternative
    assert "Film" in desk.get(f"{WRITE}preview/").text


def test_a_film_that_is_none_says_so_and_keeps_what_was_typed(desk: Client, event: Event) -> None:
    film = {"address": "https://evil.example/", "title": "My title", "alternative": "Words."}
    answer = desk.post(f"{WRITE}film/", film)
    assert answer.status_code == 422
    assert "not the address of a film" in answer.text
    assert "My title" in answer.text


def test_a_note_is_cited_by_its_address_and_only_a_public_one(
    desk: Client, board: Board, post_note: Callable[..., Note]
) -> None:
    note = post_note(board.stations.get(), "Say who decides.")
    private = post_note(board.stations.get(), "Between us.", public=False)
    where = f"/events/{board.event.slug}/write/note/"
    desk.post(where, {"note": f"https://example.org{note.get_absolute_url()}"})
    assert kept(board.event)[-1]["note"] == note.identifier
    for typed in (private.identifier, "nothing", "/r/x/", "javascript:alert(1)"):
        answer = desk.post(where, {"note": typed})
        assert answer.status_code == 422, typed


@pytest.mark.django_db(transaction=True)
def test_files_and_pictures_are_put_in(desk: Client, event: Event, ada: Viewer) -> None:
    file = BytesIO(PDF)
    file.name = "slides.pdf"
    desk.post(f"{WRITE}file/", {"file": file, "title": "The slides"})
    assert kept(event)[-1]["kind"] == "file"
    post = begin_post("After", by=ada)
    picture = BytesIO(a_jpeg(64, 48))
    picture.name = "bowl.jpg"
    where = f"/journal/{post.slug}/write/illustration/"
    desk.post(where, {"picture": picture, "alt": "A bowl.", "basis": "nobody"})
    assert Draft.objects.get(writing__post=post).blocks[-1]["kind"] == "illustration"


def test_an_event_takes_no_picture_of_a_post_and_a_post_no_quotation(
    desk: Client, event: Event, ada: Viewer
) -> None:
    assert desk.get(f"{WRITE}illustration/").status_code == 404
    post = begin_post("After", by=ada)
    sent = sheet({"id": "q1", "kind": "quotation", "text": "x", "said_by": "", "quotation": ""})
    assert desk.post(f"/journal/{post.slug}/write/", sent).status_code == 422


def test_a_hostile_form_is_a_sentence_and_no_error(desk: Client, event: Event) -> None:
    hostile = [
        {"block": ["../../x", "a" * 5000], "act": "save"},
        {"block": ["a1"], "kind-a1": "evil", "act": "save"},
        {"block": ["a1"], "kind-a1": "text", "html-a1": "x" * 200_000, "act": "save"},
        {"block": ["a1"] * 500, "act": "save"},
        {"act": "up:", "number": "9" * 40, "based_on": "-1"},
        {"act": "publish"},
        {"block": ["a1"], "kind-a1": "text", "html-a1": "\0<script>alert(1)</script>"},
    ]
    for sent in hostile:
        assert desk.post(WRITE, sent).status_code in (200, 302, 422), sent


def test_the_style_of_the_editing_box_is_allowed_there_and_nowhere_else(desk: Client, event: Event) -> None:
    assert "sha256-PlumsSlv" in desk.get(WRITE).headers["Content-Security-Policy"]
    assert "sha256-" not in desk.get("/events/wall-day/").headers["Content-Security-Policy"]


@pytest.mark.parametrize("number", [1, 3])
def test_the_editor_takes_as_many_queries_for_one_part_of_each_kind_as_for_three(
    number: int, desk: Client, event: Event, ada: Viewer, django_assert_num_queries: Callable
) -> None:
    photos = [make_photo(event, ada) for _ in range(number)]
    blocks = [words(f"<p>{at}</p>", f"w{at}") for at in range(number)]
    blocks += [
        {"id": f"p{at}", "kind": "photo", "photo": photo.identifier} for at, photo in enumerate(photos)
    ]
    published(event, *[block for block in blocks if block["kind"] == "text"], by=ada)
    saved(event, *blocks, by=ada, why="More.")
    desk.get(WRITE)
    with django_assert_num_queries(14):
        desk.get(WRITE)
