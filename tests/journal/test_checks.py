"""What stands in the way of publishing a text, and what would make it better."""

from collections.abc import Callable
from itertools import product

import pytest

from events.models import Event
from journal.blocks import read_blocks
from journal.checks import Finding, findings
from journal.models import Attachment, Film, Illustration, Writing
from journal.posts import begin_post
from journal.writing import writing_of
from people.guests import Viewer
from responses.models import Board, Note, Photo
from responses.photos.publishing import Said, describe_photo
from tests.photos import make_photo
from tests.texts import Block, names, quoted, words

MakeEvent = Callable[..., Event]
NO_WORDS = "There are no words yet"


@pytest.fixture
def writing(make_event: MakeEvent, ada: Viewer) -> Writing:
    return writing_of(make_event(attendance=12), by=ada)


def found(writing: Writing, *blocks: Block, by: Viewer) -> list[Finding]:
    return findings(writing, read_blocks(list(blocks)), by)


def musts(writing: Writing, *blocks: Block, by: Viewer) -> list[str]:
    return [finding.sentence for finding in found(writing, *blocks, by=by) if finding.must]


def test_a_plain_text_has_nothing_to_put_right(writing: Writing, ada: Viewer) -> None:
    html = '<h2>After</h2><p>We met.</p><h3>Later</h3><p><a href="https://example.org">The list</a></p>'
    assert found(writing, words(html), by=ada) == []


@pytest.mark.parametrize("blocks", [[], [quoted("Longer.", "One table")], [words("<p> </p>")]])
def test_a_text_without_words_waits(writing: Writing, ada: Viewer, blocks: list[Block]) -> None:
    assert NO_WORDS in musts(writing, *blocks, by=ada)[0]


@pytest.mark.parametrize(
    ("html", "must", "said"),
    [
        ("<h3>Later</h3><p>x</p>", True, "smaller heading with no larger one before it"),
        ("<h2></h2><p>x</p>", True, "A heading has no words"),
        ("<h2> <strong></strong> </h2><p>x</p>", True, "A heading has no words"),
        ('<p>x <a href="https://example.org"></a></p>', True, "A link has no words"),
        ('<p>Read <a href="https://example.org">here</a></p>', False, "does not say where it leads"),
        ('<p><a href="https://example.org">Read more …</a></p>', False, "does not say where it leads"),
        ('<p><a href="https://example.org">Click HERE</a></p>', False, "does not say where it leads"),
        ('<p><a href="https://example.org">https://example.org/a/b</a></p>', False, "letter by letter"),
    ],
)
def test_headings_and_links_say_where_one_is(
    writing: Writing, ada: Viewer, html: str, must: bool, said: str
) -> None:
    (finding,) = found(writing, words(html), by=ada)
    assert (finding.must, finding.block_id) == (must, "a1")
    assert said in finding.sentence


def test_headings_follow_each_other_across_the_parts_of_a_text(writing: Writing, ada: Viewer) -> None:
    first, second = words("<h2>One</h2>", "a"), words("<h3>Two</h3>", "b")
    assert found(writing, first, quoted("Longer.", "One table"), second, by=ada) == []
    assert found(writing, second, first, by=ada)[0].block_id == "b"


def test_a_quotation_should_say_whose_words_it_is(writing: Writing, ada: Viewer) -> None:
    (finding,) = found(writing, words(), quoted("Make it longer."), by=ada)
    assert (finding.must, finding.block_id) == (False, "q1")


def test_a_record_should_say_how_many_came_or_that_nobody_counted(make_event: MakeEvent, ada: Viewer) -> None:
    for number, (stated, counted) in enumerate(product(("", "not recorded"), (None, 0))):
        event = make_event(f"day-{number}", attendance_stated=stated, attendance=counted)
        said = found(writing_of(event, by=ada), words(), by=ada)
        assert bool(said) is (stated == "" and counted is None)
        assert all(not finding.must and finding.help_url.endswith("/edit/") for finding in said)


def test_a_photograph_waits_for_its_words_and_its_basis(writing: Writing, ada: Viewer) -> None:
    photo = make_photo(writing.event, ada)
    block = names("photo", photo.identifier)
    both = found(writing, words(), block, by=ada)
    assert [(finding.must, finding.block_id) for finding in both] == [(True, "n1")] * 2
    assert all(finding.help_url.endswith(f"{photo.identifier}/edit/") for finding in both)
    said = Said(alt="A wall.", basis=Photo.Basis.AGREED)
    describe_photo(photo, said, by=ada)
    assert "Say where that is written down" in musts(writing, words(), block, by=ada)[0]
    describe_photo(photo, Said(alt="A wall.", basis=Photo.Basis.NOBODY), by=ada)
    assert musts(writing, words(), block, by=ada) == []


def test_a_photograph_that_is_not_made_ready_waits(writing: Writing, ada: Viewer) -> None:
    photo = make_photo(writing.event, ada, made=False)
    assert "being made ready" in musts(writing, words(), names("photo", photo.identifier), by=ada)[0]


def test_a_picture_waits_for_its_words_and_its_basis(ada: Viewer) -> None:
    writing = writing_of(begin_post("Afterwards", by=ada), by=ada)
    picture = Illustration.objects.create(writing=writing, files="f", width=9, height=9)
    block = names("illustration", picture.identifier)
    assert len(musts(writing, words(), block, by=ada)) == 2
    Illustration.objects.update(alt="A bowl.", basis=Illustration.Basis.NOBODY)
    assert musts(writing, words(), block, by=ada) == []


def test_films_and_files_say_what_they_are(writing: Writing, ada: Viewer) -> None:
    film = Film.objects.create(writing=writing, host="vimeo", key="1", title="A film", alternative=" ")
    file = Attachment.objects.create(writing=writing, title="", file_name="a.pdf", kind="pdf", size=1)
    blocks = [names("film", film.identifier, "f"), names("file", file.identifier, "g")]
    assert len(musts(writing, words(), *blocks, by=ada)) == 2
    Film.objects.update(alternative="They sing.")
    Attachment.objects.update(title="The sheets")
    assert musts(writing, words(), *blocks, by=ada) == []


@pytest.mark.parametrize("kind", ["photo", "film", "file", "note", "story"])
def test_what_names_nothing_is_to_be_taken_out(writing: Writing, ada: Viewer, kind: str) -> None:
    assert "Take this part out" in musts(writing, words(), names(kind, "bcdf"), by=ada)[0]


def test_a_film_of_another_text_names_nothing_here(
    writing: Writing, ada: Viewer, make_event: MakeEvent
) -> None:
    other = writing_of(make_event("other"), by=ada)
    film = Film.objects.create(writing=other, host="vimeo", key="1", title="A film", alternative="Song.")
    assert musts(writing, words(), names("film", film.identifier), by=ada)


def test_only_what_everybody_may_read_is_cited(
    writing: Writing, ada: Viewer, make_board: Callable[..., Board], post_note: Callable[..., Note]
) -> None:
    station = make_board(event=writing.event).stations.get()
    for public in (True, False):
        note = post_note(station, public=public)
        assert bool(musts(writing, words(), names("note", note.identifier), by=ada)) is not public
