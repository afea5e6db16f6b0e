"""The demo's drawing: what four invented groups drew, drawn here with a few thick lines."""

from collections.abc import Callable
from io import BytesIO
from uuid import uuid4

from PIL import Image, ImageDraw

from archive.demo.walls import guest
from coproduce.images.keeping import forget_original, store
from events.models import Event
from people.consent import consent_given
from people.guests import Viewer
from responses.drawing import Words, hang, make_drawing, withdraw_picture
from responses.drawing_desk import put_on_record
from responses.models import Drawing, Picture
from responses.room import open_activity

EVENT = "values-and-principles"
NAME = "Demo drawing: a day when it works"
QUESTION = "Draw a day on which working together went well. What sums it up?"
SIZE = (960, 720)
PAPER, INK, RED, GREEN, BLUE, SAND = "#fdfcf6", "#22242c", "#a61735", "#14622f", "#1f45a8", "#e9d9b0"
Pen = ImageDraw.ImageDraw


def table_with_a_free_chair(pen: Pen) -> None:
    pen.ellipse((300, 220, 660, 520), fill=SAND, outline=INK, width=9)
    for x, y, colour in ((440, 120, GREEN), (190, 300, BLUE), (440, 550, RED)):
        pen.rounded_rectangle((x, y, x + 80, y + 80), 22, fill=colour, outline=INK, width=7)
    for start in range(0, 360, 30):
        pen.arc((700, 300, 800, 400), start, start + 16, fill=INK, width=9)


def bridge_from_both_banks(pen: Pen) -> None:
    pen.rectangle((0, 470, 240, 720), fill=GREEN)
    pen.rectangle((720, 470, 960, 720), fill=GREEN)
    for y in (560, 620, 680):
        pen.line([(x, y + (8 if x % 120 else -8)) for x in range(250, 720, 60)], fill=BLUE, width=8)
    pen.line([(200, 470), (330, 380), (440, 350)], fill=INK, width=20, joint="curve")
    pen.line([(760, 470), (630, 380), (520, 350)], fill=INK, width=20, joint="curve")
    for x in (150, 800):
        pen.ellipse((x, 340, x + 50, 390), fill=RED, outline=INK, width=6)
        pen.line((x + 25, 390, x + 25, 468), fill=INK, width=10)


def cup_with_a_price(pen: Pen) -> None:
    pen.rounded_rectangle((280, 300, 560, 580), 50, fill=SAND, outline=INK, width=11)
    pen.arc((478, 350, 638, 510), 270, 90, fill=INK, width=22)
    for x in (340, 420, 500):
        pen.line([(x, 270), (x + 20, 220), (x - 10, 180), (x + 15, 130)], fill=BLUE, width=9, joint="curve")
    pen.line((420, 300, 640, 640), fill=RED, width=6)
    pen.rectangle((600, 600, 800, 690), fill=PAPER, outline=RED, width=8)
    pen.text((700, 646), "?", fill=RED, anchor="mm", font_size=76)


def one_line(pen: Pen) -> None:
    pen.line((100, 600, 860, 120), fill=INK, width=12)


# What draws it, what it shows, what sums it up, who drew it, and whether its line is on the record.
PICTURES = (
    (
        table_with_a_free_chair,
        "A round table with three chairs in green, blue and red, and a fourth that is only dotted.",
        "Keep a chair free for whoever comes late.",
        "The window table, invented",
        True,
    ),
    (
        bridge_from_both_banks,
        "A bridge that two people build from both banks of a river; the middle is still open.",
        "Build from both banks, and expect a gap.",
        "Four people and a flipchart, invented",
        False,
    ),
    (
        cup_with_a_price,
        "A steaming cup of tea with a price tag on a string. On the tag is a red question mark.",
        "Tea is kind. It is not a wage.",
        "",
        False,
    ),
)


def hang_drawings(*, by: Viewer) -> None:
    """An open drawing with three pictures of our own, and one that was withdrawn."""
    event = Event.objects.get(slug=EVENT)
    drawing = make_drawing(event, by=by, name=NAME, question=QUESTION, is_invented=True)
    open_activity(drawing, by=by)
    for number, (draw, alt, expression, group, is_on_record) in enumerate(PICTURES):
        picture = _hang(drawing, guest(number), draw, Words(alt, group, expression))
        if is_on_record:
            put_on_record(picture, by=by)
    withdrawn = _hang(drawing, guest(5), one_line, Words("One line across the sheet."))
    withdraw_picture(withdrawn, by=guest(5))


def _hang(drawing: Drawing, who: Viewer, draw: Callable[[Pen], None], words: Words) -> Picture:
    files = store(_sheet(draw))
    forget_original(files.folder)
    consent = consent_given(public=True, research=True)
    return hang(drawing, files, by=who, key=uuid4(), words=words, consent=consent)


def _sheet(draw: Callable[[Pen], None]) -> BytesIO:
    sheet = Image.new("RGB", SIZE, PAPER)
    draw(ImageDraw.Draw(sheet))
    file = BytesIO()
    sheet.save(file, "PNG")
    file.seek(0)
    return file
