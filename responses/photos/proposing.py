"""Which note of a transcript a box may show, for a person to confirm.

Boxes and notes of one heading are laid beside each other in their order, as two copies of one
text are: what readers read in a box weighs most, and where one side has something that the other
lacks, what follows is not shifted. Words that are much alike are found out of that order too.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from coproduce.images.paper import in_reading_order
from responses.models import Board, Note, Origin, Region, TextState
from responses.models.notes import words_as_plain
from responses.photos.matching import boxes_to_match, lines_without_picture
from responses.readings.agreement import likeness

BY_ORDER = 0.35  # the likeness that place alone gives, at most
MISSING = 0.12  # what it costs that one side lacks something
UNLIKE = 0.3  # words less alike than this are of two notes
ALIKE = 0.75  # words as alike as this are of one note wherever it stands
MOST = 100  # boxes, or notes, of one heading that are compared
UNLIKE_ALL = gettext_lazy("No note of the transcript is like what was read.")
NO_PLACE = gettext_lazy("Nobody has read it, and there are fewer notes than boxes. Look for it yourself.")
NONE_LEFT = gettext_lazy("Every note of the transcript under this heading has a picture.")


@dataclass(frozen=True, slots=True)
class Proposal:
    """A box and the note it may show, None where none is likely; `why` says so in a few words.

    `likeness` is between 0 and 1. `others` are the notes of the heading that have no picture.
    """

    region: Region
    note: Note | None
    likeness: float
    why: str
    others: Sequence[Note] = ()

    @property
    def read(self) -> str:
        """What was read in the box so far, as plain words."""
        return words_as_plain(words_in(self.region), Origin.PAPER)


def proposals(board: Board) -> list[Proposal]:
    """A proposal for each box of the board that shows no note of the transcript, by heading and order."""
    boxes, lines = defaultdict(list), defaultdict(list)
    for region in boxes_to_match(board):
        boxes[region.station].append(region)
    for note in lines_without_picture(board).select_related("station"):
        note.board = board
        lines[note.station_id].append(note)
    stations = sorted(boxes, key=lambda station: station.position)
    return [one for station in stations for one in _under(in_order(boxes[station]), lines[station.pk])]


def in_order(boxes: Sequence[Region]) -> list[Region]:
    """Boxes photograph by photograph, on each as one reads."""
    by_photo = defaultdict(list)
    for region in sorted(boxes, key=lambda region: (region.photo.position, region.photo_id)):
        by_photo[region.photo_id].append(region)
    return [
        region for group in by_photo.values() for region in in_reading_order(group, lambda region: region.box)
    ]


def _under(boxes: list[Region], lines: list[Note]) -> list[Proposal]:
    boxes, lines = boxes[:MOST], lines[:MOST]
    words = [words_in(region) for region in boxes]
    alike = {
        (box, line): likeness(words[box], lines[line].text)
        for box, line in product(range(len(boxes)), range(len(lines)))
        if words[box] and lines[line].text
    }
    pairs = _elsewhere(_beside(len(boxes), len(lines), alike), alike)
    return [_proposal(region, at, pairs.get(at), boxes, lines, alike) for at, region in enumerate(boxes)]


def _proposal(
    region: Region, box: int, line: int | None, boxes: list[Region], lines: list[Note], alike: "Alike"
) -> Proposal:
    if line is None:
        why = (UNLIKE_ALL if words_in(region) else NO_PLACE) if lines else NONE_LEFT
        return Proposal(region, None, 0, why, lines)
    words = alike.get((box, line))
    if words is not None:
        return Proposal(
            region,
            lines[line],
            words,
            _("%(value)s %% of what was read is alike.") % {"value": round(100 * words)},
            lines,
        )
    if len(boxes) == len(lines):
        return Proposal(region, lines[line], BY_ORDER, _("By its place: as many boxes as notes."), lines)
    likely = BY_ORDER * min(len(boxes), len(lines)) / max(len(boxes), len(lines))
    return Proposal(
        region,
        lines[line],
        likely,
        _("By its place: %(number)s boxes, %(number_2)s notes.")
        % {"number": len(boxes), "number_2": len(lines)},
        lines,
    )


def words_in(region: Region) -> str:
    """What was read in a box so far: the longest reading of the note that was made for it."""
    if region.note is None:
        return ""
    read = (TextState.READ, TextState.PARTLY)
    texts = (one.text for one in region.note.readings.all() if one.text_state in read)
    return max(texts, key=len, default="")


type Pairs = dict[int, int]  # from the place of a box to that of its line
type Alike = dict[tuple[int, int], float]  # of a box and a line that both have words


def _beside(boxes: int, lines: int, alike: Alike) -> Pairs:
    """Each box and its line, both going on in their order: the way that gains most in all."""
    best = [[0.0] * (lines + 1) for _ in range(boxes + 1)]
    last: dict[tuple[int, int], tuple[int, int]] = {}
    for box, line in product(range(boxes + 1), range(lines + 1)):
        steps = [(1, 1), (1, 0), (0, 1)]
        ways = [(best[box - b][line - n] + _gain(box, line, b + n == 2, boxes, lines, alike), (b, n))
                for b, n in steps if box >= b and line >= n]  # fmt: skip
        if ways:
            best[box][line], last[box, line] = max(ways)
    pairs, box, line = {}, boxes, lines
    while step := last.get((box, line)):
        if step == (1, 1):
            pairs[box - 1] = line - 1
        box, line = box - step[0], line - step[1]
    return pairs


def _gain(box: int, line: int, is_pair: bool, boxes: int, lines: int, alike: Alike) -> float:
    """What it gains to pair the box and the line before these places, or to leave one of them out."""
    if not is_pair:
        return -MISSING
    words = alike.get((box - 1, line - 1))
    if words is None:
        return BY_ORDER * (1 - abs((box - 1) / boxes - (line - 1) / lines))
    return words if words >= UNLIKE else -1


def _elsewhere(pairs: Pairs, alike: Alike) -> Pairs:
    """The pairs, but with words that are much alike together wherever they stand."""
    pairs = dict(pairs)
    for (box, line), words in sorted(alike.items(), key=lambda one: -one[1]):
        holder = next((one for one, other in pairs.items() if other == line), None)
        is_better = alike.get((box, pairs.get(box, -1)), 0) < words > alike.get((holder, line), 0)
        if words >= ALIKE and holder != box and is_better:
            pairs.pop(holder, None)
            pairs[box] = line
    return pairs
