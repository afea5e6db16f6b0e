"""Placing every line of a transcript: heading, note, caption, loose line or closing text."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from . import headings
from .judgement import Survey, blanks_under, opens_a_station
from .lines import MAX_NOTES, MAX_REPEAT, Look, Row, bullet_body, repeated


@dataclass(slots=True)
class Draft:
    """A note being gathered: its source lines, its text after the bullet, and for how many it stands."""

    rows: list[Row]
    body: list[str]
    parts: int = 1


@dataclass(slots=True)
class Heading:
    """A station being gathered; `rows` holds its heading line and every line that took it up again."""

    name: str
    stated: int | None
    rows: list[Row]
    drafts: list[Draft] = field(default_factory=list)
    counted: int = 0

    @property
    def is_complete(self) -> bool:
        return self.stated is None or self.counted >= self.stated


@dataclass(slots=True)
class Wall:
    """Everything after the preamble, placed. `unexpanded`: repeats too large to be carried out."""

    whole: Survey
    stations: list[Heading] = field(default_factory=list)
    captions: list[tuple[Row, int]] = field(default_factory=list)
    loose: list[tuple[Row, int]] = field(default_factory=list)
    closing: list[Row] = field(default_factory=list)
    unexpanded: list[Row] = field(default_factory=list)
    open_note: Draft | None = None
    is_apart: bool = True
    current: int = -1
    total: int = 0
    last_placed: int = 0
    places: dict[str, int] = field(default_factory=dict)


def place(whole: Survey, start: int) -> Wall:
    """Place the lines from the first heading on."""
    wall = Wall(whole)
    _open_station(wall, whole.rows[start])
    for at in range(start + 1, len(whole.rows)):
        if _is_the_end(wall, at):
            wall.closing.extend(row for row in whole.rows[at:] if row.look is not Look.BLANK)
            break
        _place_row(wall, at)
    _set_closing_apart(wall)
    return wall


def _place_row(wall: Wall, at: int) -> None:
    row = wall.whole.rows[at]
    match row.look:
        case Look.BLANK:
            wall.open_note, wall.is_apart = None, True
        case Look.BULLET:
            _add_note(wall, row, bullet_body(row.bare) or "")
        case Look.EMPTIES if _is_own_note(wall, row):
            _add_note(wall, row, row.bare)
        case Look.COUNTED:
            _open_station(wall, row)
        case Look.RULE:
            _set_loose(wall, row)
        case Look.CAPITALS if _is_caption_here(wall, row):
            wall.captions.append((row, wall.current))
            wall.open_note, wall.is_apart = None, True
        case _:
            _place_words(wall, at)


def _place_words(wall: Wall, at: int) -> None:
    row, station = wall.whole.rows[at], wall.stations[wall.current]
    is_heading = row.look is Look.OTHER and opens_a_station(
        wall.whole,
        at,
        is_apart=wall.is_apart,
        is_complete=station.is_complete,
        is_empty=not station.counted,
    )
    if is_heading:
        _open_station(wall, row)
    elif wall.open_note:
        wall.open_note.rows.append(row)
        wall.open_note.body.append(row.bare)
        wall.last_placed = row.number
    else:
        _set_loose(wall, row)


def _open_station(wall: Wall, row: Row) -> None:
    name, stated = headings.counted_heading(row.bare) or (row.bare.rstrip(" :"), None)
    place = headings.same_place(name)
    earlier = wall.places.get(place)
    if earlier is not None and _takes_up(wall.stations[earlier], stated):
        wall.current = earlier
        wall.stations[earlier].rows.append(row)
        wall.stations[earlier].stated = wall.stations[earlier].stated or stated
    else:
        wall.current = wall.places[place] = len(wall.stations)
        wall.stations.append(Heading(name, stated, [row]))
    wall.open_note, wall.is_apart, wall.last_placed = None, True, row.number


def _takes_up(earlier: Heading, stated: int | None) -> bool:
    """Whether a repeated heading continues its station: two different counts make two stations."""
    return stated is None or earlier.stated in (None, stated)


def _add_note(wall: Wall, row: Row, body: str) -> None:
    draft = Draft([row], [body])
    if repeat := repeated(body):
        mark, number = repeat
        if number <= MAX_REPEAT and wall.total + number <= MAX_NOTES:
            draft.body, draft.parts = [mark], number
        else:
            wall.unexpanded.append(row)
    station = wall.stations[wall.current]
    station.drafts.append(draft)
    station.counted += draft.parts
    wall.total += draft.parts
    # What stands for several notes is whole: nothing can be written under it.
    wall.open_note = draft if draft.parts == 1 and not repeat else None
    wall.is_apart, wall.last_placed = wall.open_note is None, row.number


def _set_loose(wall: Wall, row: Row) -> None:
    wall.loose.append((row, wall.current))
    wall.open_note, wall.is_apart = None, False


def _is_own_note(wall: Wall, row: Row) -> bool:
    """An unbulleted `[no text]` is a note; `[illegible]` under a note is that note's next line."""
    is_no_text = not row.bare.casefold().startswith(("[illeg", "[unclear"))
    return wall.open_note is None or is_no_text or bool(repeated(row.bare))


def _is_caption_here(wall: Wall, row: Row) -> bool:
    """People write notes in capitals too: right under a note, a caption has to name a station."""
    return wall.open_note is None or _names_a_station(wall, row)


def _names_a_station(wall: Wall, row: Row) -> bool:
    names = (wall.places, wall.whole.known, wall.whole.counted)
    return any(key in keys for key in headings.heading_keys([row.bare]) for keys in names)


def _is_the_end(wall: Wall, at: int) -> bool:
    """`Next steps` alone on its line, with no heading to come, ends the wall for good."""
    row = wall.whole.rows[at]
    if row.look is not Look.OTHER or not headings.is_closing_title(row.bare):
        return False
    is_alone = wall.is_apart and wall.open_note is None and blanks_under(wall.whole.rows, at) > 0
    return is_alone and at > wall.whole.last_counted and wall.stations[wall.current].counted > 0


def _set_closing_apart(wall: Wall) -> None:
    """What follows the last note closes the record; so do capitals below that name no station."""
    late = [row for row, _ in wall.loose if row.number > wall.last_placed]
    wall.loose = [entry for entry in wall.loose if entry[0].number <= wall.last_placed]
    if late:
        captions, first = wall.captions, late[0].number
        is_kept = [row.number < first or _names_a_station(wall, row) for row, _ in captions]
        wall.captions = [entry for entry, kept in zip(captions, is_kept, strict=True) if kept]
        late += [row for (row, _), kept in zip(captions, is_kept, strict=True) if not kept]
    wall.closing = sorted(late + wall.closing, key=lambda row: row.number)


def captions_of(wall: Wall) -> Sequence[list[str]]:
    """For each station the captions that name it, and those beside it that name none."""
    beside: list[list[str]] = [[] for _ in wall.stations]
    for row, current in wall.captions:
        beside[_station_of(wall, row, current)].append(row.bare)
    return beside


def _station_of(wall: Wall, row: Row, current: int) -> int:
    named = (
        wall.places.get(headings.same_place(text)) for text in (row.bare, *headings.heading_names(row.bare))
    )
    return next((at for at in named if at is not None), current)
