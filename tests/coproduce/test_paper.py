"""Coloured paper is found on a wall: how much of it, and little where there is none."""

from random import Random
from time import process_time

import pytest
from PIL import Image, ImageDraw

from archive.demo.drawn_wall import BLUE, CANARY, GREEN, PINK, DrawnNote, Wall, draw_wall
from coproduce.images.paper import Box, find_paper, in_reading_order, share_in_common, without_doubles

WORDS = ("keys", "cups", "night shift", "share", "ask", "wait for it", "write", "say", "leave", "open")
COLOURS = (CANARY, PINK, BLUE, GREEN)
MARKS = ("tick", "heart", "bubble", "square", "")
NOTES = 40
SAME = 0.6  # with so much in common a box is around a note
OVERLAPPING = 300
SEEDS = range(1, 7)
# Of a processor, for a picture of 960 pixels; it takes a quarter of a second on two slow cores.
SECONDS = 5


def a_wall(seed: int, *, sheets: int = 2, skew: float = 5, noise: int = 18) -> Wall:
    luck = Random(seed)
    notes = [
        DrawnNote(
            " ".join(luck.choices(WORDS, k=luck.randint(2, 14))), luck.choice(MARKS), luck.choice(COLOURS),
            number % sheets,
        )
        for number in range(NOTES)
    ]  # fmt: skip
    return draw_wall(notes, headings=WORDS[:sheets], seed=seed, skew=skew, noise=noise, size=(1920, 1440))


def halved(picture: Image.Image) -> Image.Image:
    return picture.resize((picture.width // 2, picture.height // 2), Image.Resampling.LANCZOS)


def found_on(picture: Image.Image) -> list[Box]:
    """What is found, within its time."""
    start = process_time()
    found = find_paper(picture)
    assert process_time() - start < SECONDS
    return found


def scores(found: list[Box], wanted: list[Box]) -> tuple[float, int]:
    """The share of the notes that were found, and how many boxes are around none."""
    hits = sum(any(share_in_common(box, other) > SAME for other in found) for box in wanted)
    strays = sum(not any(share_in_common(box, other) > SAME for other in wanted) for box in found)
    return hits / len(wanted), strays


def test_nearly_all_notes_of_many_walls_are_found(record_property: pytest.FixtureRequest) -> None:
    shares, strays = [], []
    for seed in SEEDS:
        wall = a_wall(seed, sheets=1 + seed % 4, skew=2 + seed, noise=6 + 4 * seed)
        wanted = [tuple(side // 2 for side in box) for box in wall.boxes]
        share, stray = scores(found_on(halved(wall.picture)), wanted)
        shares.append(share)
        strays.append(stray)
    record_property("share of notes found", min(shares))
    record_property("boxes around no note", sum(strays))
    assert min(shares) >= 0.95
    assert sum(strays) <= 2


def test_boxes_are_in_pixels_of_the_picture_however_large_it_is() -> None:
    wall = a_wall(3)
    share, stray = scores(find_paper(wall.picture), wall.boxes)
    assert (share, stray) == (1, 0)


def flat(colour: str = "#dcd8cf", size: tuple[int, int] = (960, 720)) -> Image.Image:
    return Image.new("RGB", size, colour)


def with_grain(picture: Image.Image, noise: int = 10) -> Image.Image:
    grain = Random(1).randbytes(picture.width * picture.height)
    layer = Image.frombytes("L", picture.size, grain).point(lambda value: value * noise // 255)
    return Image.composite(Image.new("RGB", picture.size, "white"), picture, layer)


@pytest.mark.parametrize("colour", ["#dcd8cf", CANARY, "#111111", "#ffffff"])
@pytest.mark.parametrize("noise", [0, 10, 60])
def test_nothing_is_found_on_a_wall_of_one_colour(colour: str, noise: int) -> None:
    assert found_on(with_grain(flat(colour), noise)) == []


def test_little_is_found_where_all_notes_overlap() -> None:
    picture, luck = flat(), Random(1)
    pen = ImageDraw.Draw(picture)
    for _ in range(OVERLAPPING):
        x, y = luck.randint(0, 900), luck.randint(0, 660)
        pen.rectangle((x, y, x + 70, y + 70), fill=luck.choice(COLOURS))
    assert len(found_on(with_grain(picture))) < OVERLAPPING / 3


def test_grey_and_white_paper_is_not_coloured() -> None:
    picture = flat("#8a8a8a")
    ImageDraw.Draw(picture).rectangle((100, 100, 200, 200), fill="#f4f4f4")
    assert found_on(picture) == []


def test_notes_edge_to_edge_come_apart_by_colour_and_by_size() -> None:
    picture = flat()
    pen = ImageDraw.Draw(picture)
    wanted = [(x, y, 80, 80) for y in (60, 300) for x in (100, 180, 400, 600)]
    for number, (x, y, width, height) in enumerate(wanted):
        pen.rectangle((x, y, x + width - 1, y + height - 1), fill=CANARY if y == 300 else COLOURS[number % 2])
    assert scores(found_on(with_grain(picture)), wanted) == (1, 0)


@pytest.mark.parametrize("size", [(1, 1), (3, 900), (16, 16)])
def test_a_tiny_picture_holds_nothing(size: tuple[int, int]) -> None:
    assert found_on(flat(size=size)) == []


def test_a_picture_of_noise_takes_no_longer() -> None:
    noise = Image.frombytes("RGB", (960, 960), Random(1).randbytes(960 * 960 * 3))
    assert len(found_on(noise)) <= 5


def test_reading_order_is_row_by_row_though_notes_hang_askew() -> None:
    rows = [[(x * 100, y * 100 + (x * 37) % 40 - 20, 80, 80) for x in range(5)] for y in range(3)]
    boxes = [box for row in rows for box in row]
    assert in_reading_order(sorted(boxes, key=str)) == boxes


def test_of_two_boxes_around_one_note_the_larger_stays() -> None:
    assert without_doubles([(10, 10, 50, 50), (0, 0, 80, 80), (90, 0, 80, 80)]) == [
        (0, 0, 80, 80),
        (90, 0, 80, 80),
    ]
