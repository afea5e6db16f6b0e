"""What is said about a photograph, and putting it on the record or taking it off."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext_lazy

from coproduce.images.keeping import discard
from events.reach import must_transcribe
from people.consent import consent_on_basis, consent_on_paper
from people.guests import Viewer
from people.models import Consent
from people.refusals import Refused
from people.trace import leave_trace
from responses.changes import append_change, locked
from responses.models import Board, Change, Note, Photo, Reading, Region, Station
from responses.models.photos import RegionQuerySet
from responses.photos.adding import must_belong
from responses.photos.holding import standing_photo
from responses.photos.making import ask_to_make, forget_files
from responses.words import TURNS, tidy_words

LONGEST = {"alt": 500, "caption": 300, "basis_note": 300, "words_basis": 300}  # characters
LONGEST_WHY = 300
BASES = ("basis", "basis_note", "words_basis")
# These say that something was agreed or announced, and so where that can be looked up.
NEEDS_A_NOTE = {Photo.Basis.AGREED, Photo.Basis.NOTICE}
NO_ALT = gettext_lazy("Say what it shows in a sentence or two, for people who cannot see it.")
NO_BASIS = gettext_lazy("Say on what basis people on it may be shown.")
NO_NOTE = gettext_lazy(
    "Say where that is written down, for example “Sign-in sheet of the day, kept by the host”."
)
UNDER_18 = gettext_lazy("Under-18s may take part on this board, so none of its photographs are published.")
NOT_MADE = gettext_lazy("It is still being made ready. That takes a minute or two.")
FAILED = gettext_lazy("It could not be made ready: {}")
NOT_FOR_ALL = ngettext_lazy(
    "It shows a note that not everybody may read.",
    "It shows %(number)s notes that not everybody may read.",
    "number",
)


@dataclass(frozen=True, slots=True)
class Said:
    """What is said about a photograph: see the fields of `Photo` of the same names."""

    alt: str = ""
    caption: str = ""
    basis: str = ""
    basis_note: str = ""
    words_basis: str = ""
    board: Board | None = None
    station: Station | None = None


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a photograph cannot be published now; `regions` are the boxes that show too much."""

    sentence: str
    regions: Sequence[Region] = field(default=())


class NotPublished(Refused):
    """A photograph that was not published, for every one of its `reasons`."""

    def __init__(self, reasons: Sequence[Reason]) -> None:
        super().__init__(" ".join(str(reason.sentence) for reason in reasons))
        self.reasons = reasons


def describe_photo(photo: Photo, said: Said, *, by: Viewer | None) -> Photo:
    """Keep what is said about a photograph.

    On what basis people and words on it may be shown is said by those who run the event. Refuses
    too many characters, a board or heading of another event, another board where boxes show notes
    of the first, and taking away what a published photograph needs.
    """
    lines = {name: _line(getattr(said, name), most) for name, most in LONGEST.items()}
    board = said.station.board if said.station and said.board is None else said.board
    with standing_photo(photo, by=by, guard=must_transcribe) as photo:
        _must_leave_its_basis(photo, said, by)
        must_belong(photo.event, board, said.station)
        _must_fit_its_boxes(photo, board)
        photo.board, photo.station, photo.basis = board, said.station, said.basis
        for name, line in lines.items():
            setattr(photo, name, line)
        if photo.published_at and (lacking := _lacking(photo)):
            raise NotPublished([Reason(_("It is on the record, which needs this.")), *lacking])
        photo.save(update_fields=[*LONGEST, "board", "station", "basis"])
        leave_trace("described", photo, by=by)
    return photo


def _must_leave_its_basis(photo: Photo, said: Said, by: Viewer | None) -> None:
    changed = any(getattr(photo, name) != getattr(said, name) for name in BASES)
    if changed and by is not None and not photo.event.is_run_by(by):
        raise Refused(_("Only those who run this event say on what basis a photograph may be shown."))


def _must_fit_its_boxes(photo: Photo, board: Board | None) -> None:
    known = Q(note__isnull=False) | Q(station__isnull=False)
    here = Q(note__board=board) | Q(note=None, station__board=board)
    if photo.regions.filter(known).exclude(here).exists():
        raise Refused(_("Its boxes show notes of another board. Take those notes off the boxes first."))


def reasons_against(photo: Photo) -> list[Reason]:
    """Everything that keeps a photograph from being published, in the order to put it right."""
    return reasons_for([photo])[photo.pk]


def reasons_for(photos: Sequence[Photo]) -> dict[int, list[Reason]]:
    """For each photograph, by its key, what `reasons_against` says; the same two queries for all."""
    keys = [photo.pk for photo in photos]
    open_ones = set(Photo.objects.filter(pk__in=keys).without_under_18s().values_list("pk", flat=True))
    shown: dict[int, list[Region]] = {key: [] for key in keys}
    for region in showing_too_much(Region.objects.filter(photo__in=keys)):
        shown[region.photo_id].append(region)
    return {photo.pk: _reasons(photo, photo.pk in open_ones, shown[photo.pk]) for photo in photos}


def _reasons(photo: Photo, is_open: bool, shown: Sequence[Region]) -> list[Reason]:
    reasons = []
    if photo.making == Photo.Making.FAILED:
        reasons.append(Reason(FAILED.format(photo.trouble)))
    elif not photo.is_made:
        reasons.append(Reason(NOT_MADE))
    reasons += _lacking(photo)
    if not is_open:
        reasons.append(Reason(UNDER_18))
    if shown:
        reasons.append(Reason(NOT_FOR_ALL % {"number": len(shown)}, shown))
    return reasons


def showing_too_much(regions: RegionQuerySet) -> Sequence[Region]:
    """Those boxes that show a note which not everybody may read."""
    shown = regions.uncovered().not_for_everybody().in_order()
    return shown.select_related("note__station", "note__consent")


def _lacking(photo: Photo) -> list[Reason]:
    """What has to be said of a photograph and is not."""
    lacking = []
    if not photo.alt:
        lacking.append(Reason(NO_ALT))
    if not photo.basis:
        lacking.append(Reason(NO_BASIS))
    elif photo.basis in NEEDS_A_NOTE and not photo.basis_note:
        lacking.append(Reason(NO_NOTE))
    return lacking


def publish_photo(photo: Photo, *, by: Viewer | None) -> None:
    """Put a photograph on the record; raises NotPublished with every reason against it."""
    with standing_photo(photo, by=by) as photo:
        if reasons := reasons_against(photo):
            raise NotPublished(reasons)
        if photo.published_at is None:
            photo.published_at = timezone.now()
            photo.save(update_fields=["published_at"])
            leave_trace("published", photo, by=by)


def unpublish_photo(photo: Photo, *, by: Viewer | None) -> None:
    """Take a photograph off the record; nothing of it is deleted."""
    with standing_photo(photo, by=by) as photo:
        if photo.published_at:
            photo.published_at = None
            photo.save(update_fields=["published_at"])
            leave_trace("taken_off_the_record", photo, by=by)


def make_again(photo: Photo, *, by: Viewer | None) -> None:
    """Try once more to make a photograph ready that could not be made ready."""
    with standing_photo(photo, by=by, guard=must_transcribe) as photo:
        if photo.making == Photo.Making.FAILED:
            photo.making, photo.trouble = Photo.Making.WAITING, ""
            photo.save(update_fields=["making", "trouble"])
            ask_to_make(photo)
            leave_trace("made_again", photo, by=by)


def take_down_photo(photo: Photo, why: str, *, by: Viewer | None) -> None:
    """Delete every file of a photograph and what is said about it; a row stays that says so.

    The reason is kept with the row, for those who run the event and the stewards.
    """
    if not (why := " ".join(tidy_words(why).split())):
        raise Refused(_("Say in a sentence why it has to go."))
    with standing_photo(photo, by=by) as photo:
        forget_files.enqueue(photo.files)
        discard(photo.files)
        photo.files = photo.digest = photo.alt = photo.caption = photo.basis_note = photo.trouble = ""
        photo.covers, photo.zoom, photo.published_at = [], 0, None
        photo.taken_down_at, photo.why = timezone.now(), why[:LONGEST_WHY]
        photo.save()
        photo.regions.uncovered().update(covered_at=timezone.now())
        leave_trace("taken_down", photo, by=by, why=photo.why)


def unasked_notes(photo: Photo, basis_before: str) -> Sequence[Note]:
    """The notes on its boxes that stand as the photograph says, and not as anybody chose.

    They are those that nobody was asked about yet, and those that went public on the basis it gave
    before. A note that came with a transcript has the basis of that.
    """
    standing = [consent_on_paper()]
    standing += Consent.objects.filter(wording=None, public=True, basis=basis_before) if basis_before else []
    imported = Reading.objects.filter(witness=Reading.Witness.IMPORTED_RECORD)
    # One that ended for a match stands again when that is undone.
    ended = Note.objects.filter(ending=Note.Ending.NO_NOTE, pk__in=photo.regions.values("before"))
    shown = Note.objects.standing().filter(regions__in=photo.regions.all())
    on_it = Note.objects.filter(Q(pk__in=shown.values("pk")) | Q(pk__in=ended.values("pk")))
    on_it = on_it.filter(consent__in=standing)
    kept_open = on_it.exclude(readings__in=imported).filter(board__may_include_under_18s=False)
    return list(kept_open.select_related("board").distinct().order_by("board", "pk"))


def apply_words_basis(photo: Photo, *, by: Viewer | None, basis_before: str = "") -> int:
    """Let the notes on its boxes stand as the photograph says now; how many changed.

    Those whose writers chose for themselves stay as they are.
    """
    changed = 0
    # Boards before the photograph: see responses.photos.
    for board in {note.board for note in unasked_notes(photo, basis_before)}:
        with locked(board) as board, standing_photo(photo, by=by) as held:
            consent = consent_on_basis(held.words_basis) if held.words_basis else consent_on_paper()
            for note in unasked_notes(held, basis_before):
                if note.board_id == board.pk and note.consent_id != consent.pk:
                    _change_consent(note, board, consent, by=by)
                    changed += 1
    return changed


def _change_consent(note: Note, board: Board, consent: Consent, *, by: Viewer | None) -> None:
    note.consent, note.consented_at = consent, timezone.now()
    note.save(update_fields=["consent", "consented_at"])
    append_change(board, Change.Kind.CONSENT_CHANGED, by=by, note=note)
    leave_trace(Change.Kind.CONSENT_CHANGED, note, by=by)


def _line(typed: str, most: int) -> str:
    kept = (letter for letter in tidy_words(typed[: 10 * most]) if letter not in TURNS)
    line = " ".join("".join(kept).split())
    if len(line) > most:
        raise Refused(
            _("That is %(number)s characters where %(most)s fit. Say it shorter.")
            % {"number": len(line), "most": most}
        )
    return line
