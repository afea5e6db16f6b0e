"""The boxes of a photograph as one form: a row for each box, new ones, and those that were suggested."""

import re
from collections.abc import Iterable, Iterator
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from responses.box_places import Places, choice_of
from responses.models import Photo, Region
from responses.photos.regions import MOST, Box
from responses.photos.saving import NEW, NotSaved, Row, boxes_of, sheet_of, state_of

SIDES = {
    "x": gettext_lazy("Left"),
    "y": gettext_lazy("Top"),
    "width": gettext_lazy("Width"),
    "height": gettext_lazy("Height"),
}
# Nobody's photograph is so large; and no longer a number than PostgreSQL holds.
MOST_PIXELS = 100_000
NOT_A_NUMBER = gettext_lazy("Type {} of the box as a whole number of pixels.")
# What the name of a row begins with: one of a saved box goes on with its identifier, a new one with a number.
OLD, FRESH = "box-", "new-"
NUMBER = re.compile(r"[0-9]{1,6}")
STATION_UNKNOWN = gettext_lazy("Choose one of the headings.")
NOTE_UNKNOWN = gettext_lazy("The note you chose is not there any more. Choose another.")


def grouped(choices: Iterable[tuple[str, Any]]) -> list[tuple[str, list[tuple[str, str]]]]:
    """Choices as templates draw them: each with the name of its group, empty for those in none."""
    return [(value, label) if isinstance(label, list) else ("", [(value, label)]) for value, label in choices]


class Pixels(forms.IntegerField):
    """One side of a box; `side` is the name that the scripts of the page know it by."""

    def __init__(self, side: str, word: str, least: int) -> None:
        wrong = NOT_A_NUMBER.format(f"“{word}”")
        super().__init__(
            label=word, min_value=least, max_value=MOST_PIXELS,
            error_messages=dict.fromkeys(("required", "invalid", "min_value", "max_value"), wrong),
            widget=forms.TextInput(attrs={"data-side": side, "inputmode": "numeric"}),
        )  # fmt: skip


class BoxForm(forms.Form):
    """One row; `region` is None for a new one."""

    use_required_attribute = False
    station = forms.ChoiceField(
        label=gettext_lazy("Heading"), required=False, error_messages={"invalid_choice": STATION_UNKNOWN}
    )
    shows = forms.CharField(label=gettext_lazy("Note it shows"), required=False, widget=forms.Select)
    sheet = forms.IntegerField(
        label=gettext_lazy("Number on a printed sheet"), required=False, min_value=1, max_value=999,
        error_messages=dict.fromkeys(
            ("invalid", "min_value", "max_value"),
            gettext_lazy("Type the number on the printed sheet, or leave it empty."),
        ),
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
    )  # fmt: skip
    remove = forms.BooleanField(
        label=gettext_lazy("Remove"),
        required=False,
        widget=forms.CheckboxInput(attrs={"data-box-remove": ""}),
    )
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, places: Places, name: str, region: Region | None, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, prefix=name, auto_id="%s", **kwargs)
        self.places, self.name, self.region = places, name, region
        for side, word in SIDES.items():
            self.fields[side] = Pixels(side, word, least=-MOST_PIXELS if side in "xy" else 1)
        self.fields["station"].choices = places.choices
        self.fields["shows"].widget.choices = self._notes(str(self["station"].value() or ""))

    def _notes(self, station: str) -> list[tuple[str, Any]]:
        """What it can show, what it shows now among it wherever that is."""
        choices, now = self.places.choices_under(station), self.region.note if self.region else None
        listed = {value for _, group in grouped(choices) for value, _ in group}
        return choices if now is None or now.identifier in listed else [*choices, choice_of(now)]

    @property
    def title(self) -> str:
        return _("Box %(number)s") % {"number": self.region.number} if self.region else _("New box")

    @property
    def kind(self) -> str:
        """In which list of the form the row stands, of saved boxes or new ones; `key` is its place."""
        return "box" if self.name.startswith(OLD) else "new"

    @property
    def key(self) -> str:
        return self.name.removeprefix(OLD).removeprefix(FRESH)

    @property
    def sides(self) -> Iterator[forms.BoundField]:
        return (self[side] for side in SIDES)

    @property
    def opens(self) -> bool:
        """Whether what is folded away has to be seen."""
        return any(self.errors.get(name) for name in (*SIDES, "sheet")) or bool(self.non_field_errors())

    @property
    def box(self) -> list[object] | None:
        """The sides as they are in the fields, for the drawing; None where they are no numbers."""
        typed = [self[side].value() for side in SIDES]
        return typed if all(str(side).lstrip("-").isdecimal() for side in typed) else None

    def clean_shows(self) -> str:
        shows, known = self.cleaned_data["shows"], self.places.notes.values()
        now = self.region.note.identifier if self.region and self.region.note else ""
        if shows not in ("", NEW, now) and all(note.identifier != shows for notes in known for note in notes):
            raise ValidationError(NOTE_UNKNOWN)
        return shows

    def row(self) -> Row:
        """What was typed, once it is valid."""
        typed = self.cleaned_data
        return Row(
            name=self.name,
            box=tuple(typed[side] for side in SIDES),
            identifier=self.name.removeprefix(OLD) if self.name.startswith(OLD) else "",
            station=self.places.stations.get(typed["station"]),
            shows=typed["shows"],
            sheet=typed["sheet"],
            is_removed=typed["remove"],
            seen=typed["seen"],
        )


def initial_of(region: Region) -> dict[str, object]:
    """How a saved box stands in the fields of its row."""
    return dict(zip(SIDES, region.box, strict=True)) | {
        "station": region.station.identifier if region.station else "",
        "shows": region.note.identifier if region.note else "",
        "sheet": sheet_of(region.note),
        "seen": state_of(region),
    }


class BoxForms:
    """All rows of a photograph: as they are saved, or as they were typed in `data`."""

    def __init__(self, photo: Photo, data: QueryDict | None = None) -> None:
        self.photo, self.places = photo, Places(photo)
        self.data = data.copy() if data is not None else None
        self.loose: list[str] = []  # troubles that no row has
        self.suggested = [box for typed in self._listed("suggested") if (box := _box_in(typed))]
        self.kept = {box for typed in self._listed("keep") if (box := _box_in(typed))}
        self._build()

    def _listed(self, name: str) -> list[str]:
        return list(dict.fromkeys(self.data.getlist(name)))[:MOST] if self.data else []

    def _build(self) -> None:
        there = {f"{OLD}{region.identifier}": region for region in boxes_of(self.photo)}
        typed = [f"{OLD}{identifier}" for identifier in self._listed("box")]
        # What somebody added meanwhile stands in the list too.
        self.forms = [self._form(name, region, is_typed=name in typed) for name, region in there.items()]
        self.forms += [self._form(name, None) for name in typed if name not in there]
        self.forms += [self._form(f"{FRESH}{number}", None) for number in self._numbers()]

    def _form(self, name: str, region: Region | None, *, is_typed: bool = True) -> BoxForm:
        if self.data is not None and is_typed:
            return BoxForm(self.places, name, region, self.data)
        return BoxForm(self.places, name, region, initial=initial_of(region))

    def _numbers(self) -> list[str]:
        return [number for number in self._listed("new") if NUMBER.fullmatch(number)]

    @property
    def next(self) -> int:
        """The number for the next new row."""
        return 1 + max(map(int, self._numbers()), default=0)

    @property
    def blank(self) -> BoxForm:
        """What scripts make new rows from."""
        station = self.photo.station
        known = {"station": station.identifier if station else ""}
        return BoxForm(self.places, f"{FRESH}__n__", None, initial=known)

    @property
    def errors(self) -> list[tuple[BoxForm, str, str]]:
        """Each trouble with its row and the id of the field to go to."""
        bound = (form for form in self.forms if form.is_bound)
        return [
            (form, f"row-{form.name}" if name == "__all__" else form[name].id_for_label, sentence)
            for form in bound
            for name, sentences in form.errors.items()
            for sentence in sentences
        ]

    @property
    def notes_under(self) -> Iterator[tuple[str, list[tuple[str, Any]]]]:
        """What a box can show, for each heading, and where it has none."""
        stations = ("", *self.places.stations)
        return ((station, grouped(self.places.choices_under(station))) for station in stations)

    @property
    def headings(self) -> list[tuple[str, list[tuple[str, str]]]]:
        return grouped(self.places.choices)

    @property
    def kept_places(self) -> list[int]:
        """Which of the suggestions are ticked, counted from 0."""
        return [at for at, box in enumerate(self.suggested) if box in self.kept]

    def add(self) -> None:
        """One more row, with a box in the middle of the picture."""
        name, photo = f"{FRESH}{self.next}", self.photo
        across, down = photo.width // 8, photo.height // 8
        box = ((photo.width - across) // 2, (photo.height - down) // 2, across, down)
        self._put(name, dict(zip(SIDES, box, strict=True)))
        if photo.station:
            self._put(name, {"station": photo.station.identifier})
        self.data.appendlist("new", str(self.next))
        self._build()

    def _put(self, name: str, fields: dict[str, object]) -> None:
        for field, value in fields.items():
            self.data[f"{name}-{field}"] = str(value)

    def place_all(self, station: str) -> None:
        """Every box without a heading goes under this one."""
        for form in self.forms:
            if form.is_bound and not form["station"].value():
                self._put(form.name, {"station": station})
        self._build()

    def note_all(self) -> None:
        """Every box under a heading that shows no note gets a new one."""
        for form in self.forms:
            if form.is_bound and form["station"].value() and not form["shows"].value():
                self._put(form.name, {"shows": NEW})
        self._build()

    def is_valid(self) -> bool:
        return all(form.is_valid() for form in self.forms if form.is_bound)

    def rows(self) -> list[Row]:
        """What to save: the rows as typed, and the suggestions that were ticked."""
        rows = [form.row() for form in self.forms if form.is_bound]
        ticked = enumerate(box for box in self.suggested if box in self.kept)
        return rows + [Row(f"suggested-{at}", box, station=self.photo.station) for at, box in ticked]

    def take(self, trouble: NotSaved) -> None:
        """Say beside each row what kept it from being saved, so that saving again does what is said."""
        names = dict(trouble.troubles)
        for name, now in trouble.now.items():
            if not now and name.startswith(OLD):
                names[self._as_new(name)] = names.pop(name)
            else:
                self._put(name, {"seen": now})
        self._build()
        self.is_valid()
        for form in self.forms:
            if sentence := names.pop(form.name, ""):
                form.add_error(None, sentence)
        self.loose = list(names.values())

    def _as_new(self, name: str) -> str:
        """The row of a box that is gone becomes that of a new one; its name."""
        number, form = self.next, BoxForm(self.places, name, None, self.data)
        self._put(f"{FRESH}{number}", {key: form[key].value() or "" for key in form.fields if key != "seen"})
        self.data.setlist("box", [one for one in self.data.getlist("box") if f"{OLD}{one}" != name])
        self.data.appendlist("new", str(number))
        return f"{FRESH}{number}"

    def suggest(self, boxes: Iterable[Box]) -> None:
        """Offer these, all ticked."""
        self.suggested = list(boxes)
        self.kept = set(self.suggested)


def _box_in(typed: str) -> Box | None:
    """The box that a hidden field carries as four numbers."""
    parts = typed.split(",")
    if len(parts) != 4 or not all(part.isascii() and part.isdecimal() and len(part) < 7 for part in parts):
        return None
    return tuple(map(int, parts))
