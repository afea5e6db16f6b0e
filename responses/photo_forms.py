"""What those who run an event fill in about photographs."""

from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from events.models import Event
from people.guests import Viewer
from responses.drawing_forms import ACCEPTED
from responses.models import Board, Photo, Station
from responses.photos.covering import LONGEST_WHY as LONGEST_COVER_WHY
from responses.photos.covering import Box
from responses.photos.publishing import BASES, LONGEST, LONGEST_WHY, Said

NONE_CHOSEN = gettext_lazy("Choose a photograph, or take one.")
# Nobody's photograph is so wide; and no longer a number than PostgreSQL holds.
MOST_PIXELS = 100_000

Place = tuple[Board | None, Station | None]


class Places:
    """The boards of an event and their headings, as choices of one field; two queries."""

    def __init__(self, event: Event, viewer: Viewer) -> None:
        boards = Board.objects.visible_to(viewer).filter(event=event).prefetch_related("stations")
        self.of: dict[str, Place] = {"": (None, None)}
        self.choices: list[tuple[str, Any]] = [("", _("No board, or several"))]
        for board in boards:
            self._take(board)

    def _take(self, board: Board) -> None:
        self.of[board.identifier] = (board, None)
        group = [(board.identifier, _("%(name)s: several headings, or all") % {"name": board.name})]
        for station in board.stations.all():
            self.of[station.identifier] = (board, station)
            group.append((station.identifier, f"{board.name}: {station.heading}"))
        self.choices.append((board.name, group))


class PlaceField(forms.ChoiceField):
    """A board of an event, or one heading of it; gives (board, station), each or both None."""

    def __init__(self, places: Places, **options: Any) -> None:
        super().__init__(choices=places.choices, required=False, **options)
        self.places = places

    def clean(self, value: object) -> Place:
        return self.places.of[super().clean(value)]


class SeveralFiles(forms.FileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """As many files as were chosen."""

    widget = SeveralFiles

    def clean(self, data: object, initial: object = None) -> list[UploadedFile]:
        files = data if isinstance(data, list) else [data] if data else []
        if not files:
            raise ValidationError(NONE_CHOSEN)
        return files


class AddForm(forms.Form):
    """Photographs to add, and what they show."""

    photos = FilesField(label=gettext_lazy("Photographs"), widget=SeveralFiles(attrs={"accept": ACCEPTED}))
    key = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, places: Places, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["shows"] = PlaceField(
            places,
            label=_("What do they show?"),
            help_text=_("A heading, where each shows one sheet only. You can change this for each later."),
        )
        self.order_fields(["shows", "photos", "key"])

    def clean_key(self) -> UUID:
        """The key that a script made for its one file; else a new one: the file itself is known again."""
        try:
            return UUID(self.cleaned_data["key"])
        except ValueError:
            return uuid4()


class DescribeForm(forms.Form):
    """What is said about one photograph."""

    alt = forms.CharField(
        label=gettext_lazy("What it shows"),
        help_text=gettext_lazy(
            "For people who cannot see it: what it is, the heading, and how many notes there are. "
            "Not what the notes say; they are read one by one. For example: “A flipchart sheet headed Time, "
            "with eleven yellow and pink notes.”"
        ),
        required=False,
        max_length=LONGEST["alt"],
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    caption = forms.CharField(
        label=gettext_lazy("What stands under it"),
        help_text=gettext_lazy("A line for everybody, for example when and where it was taken."),
        required=False,
        max_length=LONGEST["caption"],
    )
    basis = forms.ChoiceField(
        label=gettext_lazy("People on it"),
        help_text=gettext_lazy("On what basis may they be shown? Needed to publish."),
        choices=Photo.Basis.choices,
        widget=forms.RadioSelect,
        required=False,
    )
    basis_note = forms.CharField(
        label=gettext_lazy("Where that is written down"),
        help_text=gettext_lazy(
            "For example: “Sign-in sheet of the day, kept by the host”. It stands on the record."
        ),
        required=False,
        max_length=LONGEST["basis_note"],
    )
    words_basis = forms.CharField(
        label=gettext_lazy("May everybody read the notes on it? On what basis?"),
        help_text=gettext_lazy(
            "For example: “The room was told before anybody wrote.” Left empty, a note that is made "
            "from this photograph is read by those who run the event alone, and while one such note can be "
            "seen on it, the photograph is not published."
        ),
        required=False,
        max_length=LONGEST["words_basis"],
    )

    def __init__(self, places: Places, photo: Photo, unasked: int, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("initial", _as_it_is(photo))
        super().__init__(*args, **kwargs)
        self.photo = photo
        self.fields["alt"].needed = _("needed to publish")  # said beside the label in place of “optional”
        self.fields["shows"] = PlaceField(places, label=_("Which board or heading"))
        if unasked:
            # The first basis is meant for what is there already; a changed one only where that is said.
            is_first = not photo.words_basis
            self.fields["apply"] = forms.BooleanField(
                label=_apply_to(unasked), required=False, initial=is_first
            )
        self.order_fields(["alt", "caption", "shows", "basis", "basis_note", "words_basis", "apply"])

    def leave_basis(self) -> None:
        """Ask only what it shows: on what basis it may be shown is for those who run the event."""
        for name in (*BASES, "apply"):
            self.fields.pop(name, None)

    def said(self) -> Said:
        board, station = self.cleaned_data["shows"]
        asked = {name: self.cleaned_data[name] for name in (*LONGEST, "basis") if name in self.fields}
        left = {name: getattr(self.photo, name) for name in BASES if name not in self.fields}
        return Said(board=board, station=station, **asked, **left)


def _as_it_is(photo: Photo) -> dict[str, str]:
    shows = photo.station or photo.board
    texts = {name: getattr(photo, name) for name in (*LONGEST, "basis")}
    return texts | {"shows": shows.identifier if shows else ""}


def _apply_to(unasked: int) -> str:
    return ngettext(
        "This holds too for the note made from it before, except where whoever wrote one has chosen",
        "This holds too for the %(unasked)s notes made from it before, except where whoever wrote one "
        "has chosen",
        unasked,
    ) % {"unasked": unasked}


class TakePhotoDownForm(forms.Form):
    why = forms.CharField(
        label=gettext_lazy("Why does it have to go?"),
        max_length=LONGEST_WHY,
        help_text=gettext_lazy(
            "Kept for those who run this event and the stewards. Nobody can bring the photograph back."
        ),
        error_messages={"required": gettext_lazy("Say in a sentence why it has to go.")},
    )


class CoverForm(forms.Form):
    """Boxes as numbers, in pixels of the photograph, and why they have to be covered."""

    why = forms.CharField(
        label=gettext_lazy("Why is it covered?"),
        max_length=LONGEST_COVER_WHY,
        help_text=gettext_lazy(
            "For example: “A face.” or “A name on a badge.” Do not write the name. Kept for the stewards."
        ),
        error_messages={
            "required": gettext_lazy("Say in a sentence why it is covered. It is kept for the stewards.")
        },
    )


SIDES = ("x", "y", "width", "height")
SAID_OF_SIDES = (
    gettext_lazy("From the left"),
    gettext_lazy("From the top"),
    gettext_lazy("Width"),
    gettext_lazy("Height"),
)


class BoxRow(forms.Form):
    """One box; all four numbers, or none."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, label in zip(SIDES, SAID_OF_SIDES, strict=True):
            least = 1 if name in {"width", "height"} else -MOST_PIXELS
            number = forms.IntegerField(label=label, required=False, min_value=least, max_value=MOST_PIXELS)
            number.widget.attrs |= {"data-side": name}
            self.fields[name] = number

    def clean(self) -> dict[str, Any]:
        typed = super().clean()
        given = [typed.get(name) is not None for name in SIDES]
        if any(given) and not all(given) and not self.errors:
            raise ValidationError(_("Type all four numbers, or empty all four."))
        return typed

    @property
    def box(self) -> Box | None:
        """Left, top, width and height; None for an empty row."""
        numbers = tuple(self.cleaned_data.get(name) for name in SIDES)
        return None if None in numbers else numbers
