from itertools import combinations

from PIL import Image, ImageChops, ImageColor, ImageStat

from archive.demo.drawn_wall import Box, DrawnNote, Wall, draw_wall
from tests.walls import HEADINGS, PICTURE, a_wall, known_notes

NEAR = 90  # how far the light and the grain may take a colour, of 255


def middle(picture: Image.Image, box: Box) -> Image.Image:
    """The middle of a box: what hangs askew fills it to more than nine tenths."""
    left, top, width, height = box
    return picture.crop((left + width * 0.1, top + height * 0.1, left + width * 0.9, top + height * 0.9))


def colour_of(picture: Image.Image) -> tuple[int, ...]:
    return tuple(ImageStat.Stat(picture).median)


def overlap(one: Box, other: Box) -> bool:
    return all(one[n] < other[n] + other[n + 2] and other[n] < one[n] + one[n + 2] for n in (0, 1))


def test_every_box_holds_its_note_and_no_other() -> None:
    notes, wall = known_notes(), a_wall()
    assert wall.picture.size == PICTURE
    assert len(wall.boxes) == len(notes) == 40
    for note, box in zip(notes, wall.boxes, strict=True):
        drawn = ImageColor.getrgb(note.drawn.colour)
        seen = colour_of(middle(wall.picture, box))
        assert all(abs(one - other) < NEAR for one, other in zip(drawn, seen, strict=True))
    assert not [pair for pair in combinations(wall.boxes, 2) if overlap(*pair)]


def test_a_box_reaches_to_the_edges_of_its_note() -> None:
    """Against the same wall without its notes: what differs in the picture is in the boxes, to a shadow."""
    notes = [DrawnNote("One"), DrawnNote("Two")]
    wall = draw_wall(notes, noise=0, size=(800, 600))
    bare = draw_wall([], noise=0, size=(800, 600))
    difference = ImageChops.difference(wall.picture, bare.picture).convert("L")
    left, top, right, bottom = difference.point(lambda value: 255 * (value > 30)).getbbox()
    boxes = wall.boxes
    assert abs(left - min(x for x, *_ in boxes)) < 3
    assert abs(top - min(y for _, y, *_ in boxes)) < 3
    # The shadows fall to the right and below.
    assert 0 <= right - max(x + width for x, _, width, _ in boxes) < 12
    assert 0 <= bottom - max(y + height for _, y, _, height in boxes) < 12


def test_one_seed_gives_one_picture() -> None:
    def drawn(seed: int) -> Wall:
        return a_wall(known_notes(2), seed=seed, size=(600, 450))

    assert drawn(1).as_jpeg() == drawn(1).as_jpeg()
    assert drawn(1).boxes != drawn(2).boxes


def test_a_smudged_word_differs_from_the_word() -> None:
    clean, smudged = (
        draw_wall([DrawnNote(words)], noise=0, size=(600, 450)).picture for words in ("Tea now", "Tea {now}")
    )
    assert ImageChops.difference(clean, smudged).getbbox()


def test_the_known_words_have_gaps_and_none() -> None:
    kinds = [note.markup for note in known_notes() if "[" in note.markup]
    assert sum(markup == "[no text]" for markup in kinds) == 4
    assert sum("[1 word]" in markup for markup in kinds) == 4
    assert {note.heading for note in known_notes()} == set(HEADINGS)
