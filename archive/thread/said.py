"""What somebody left on boards, polls, cards and drawings, as pieces of a thread."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from archive.thread.came import came_of
from archive.thread.pieces import Came, Kind, Piece
from events.models import Event
from outcomes.standing import Standing, with_standing
from people.guests import Viewer
from responses.models import Choice, Moderation, Note, Option, Participant, Picture, Round, Stand, Stub
from responses.receipts import hash_of

Codes = Sequence[str]


def held(viewer: Viewer, codes: Codes) -> Q:
    """What was left with this cookie or account, or whose receipt is among `codes`."""
    with_receipt = Q(receipt_hash__in=[hash_of(code) for code in codes])
    own = Q(participant__in=Participant.objects.of(viewer))
    return with_receipt if viewer.is_anybody else own | with_receipt


def notes_of(viewer: Viewer, codes: Codes) -> Iterator[Piece]:
    """Notes, each with what came of it; a fixed number of queries however many there are."""
    notes = list(_notes(Note.objects.filter(held(viewer, codes))))
    came, code_of = came_of(notes, viewer), {hash_of(code): code for code in codes}
    for note in notes:
        yield _note(note, viewer, code_of.get(note.receipt_hash, ""), came.get(note.pk, []))


def _notes(notes: QuerySet[Note]) -> QuerySet[Note]:
    shown = notes.select_related(
        "board__event__series", "station", "consent", "participant", "merged_into__station"
    )
    return with_standing(shown).prefetch_related("wordings__principle").order_by("added_at", "pk")


def _note(note: Note, viewer: Viewer, code: str, came: list[Came]) -> Piece:
    is_by_cookie = bool(note.participant and note.participant.token == note.board.token_of(viewer))
    name, key = ("my_note", note.identifier) if is_by_cookie else ("receipt", code)
    facts = {
        "kind": Kind.NOTE, "identifier": note.identifier, "at": note.added_at, "event": note.board.event,
        "name": f"{note.label}, {note.station.heading}", "own_address": reverse(name, args=[key]),
        "address": note.get_absolute_url(),
    }  # fmt: skip
    if note.withdrawn_at:
        return Piece(
            **facts,
            gone=_("%(ending)s on %(day)s.")
            % {"ending": note.get_ending_display(), "day": _day(note.withdrawn_at)},
        )
    return Piece(
        **facts, note=note, marks=((note.mark, note.get_mark_display()),), words=note.plain,
        said=tuple(_of_note(note)), standing=_standing(note), came=came,
    )  # fmt: skip


def _of_note(note: Note) -> Iterator[str]:
    for wording in note.wordings.all():
        yield _("It answered %(principle)s when it read: “%(text)s” (wording %(version)s)") % {
            "principle": wording.principle,
            "text": wording.text,
            "version": wording.version,
        }
    if note.merged_into:
        yield _("It was put together with note %(label)s, which says the same.") % {
            "label": note.merged_into.label
        }
    if note.moderation == Moderation.WAITING:
        yield _("It waits for an organiser to look at it.")
    elif note.moderation == Moderation.HIDDEN:
        yield _("The organisers hid it: %(moderation_why)s") % {"moderation_why": note.moderation_why}


def _standing(note: Note) -> Standing | None:
    counts = note.merged_into_id is None and note.moderation == Moderation.SHOWN and not note.board.covers
    return Standing(note.standing) if counts else None


def sheets_of(codes: Codes) -> Iterator[Piece]:
    """Notes on paper that are not on record yet, by the code on the stub."""
    code_of = {hash_of(code): code for code in codes}
    waiting = Stub.objects.filter(receipt_hash__in=code_of, note=None)
    for stub in waiting.select_related("station__board__event__series"):
        back = stub.withdrawn_at
        yield Piece(
            kind=Kind.SHEET, identifier=stub.identifier, at=stub.printed_at, event=stub.station.board.event,
            name=_("Sheet %(stub)s, %(heading)s") % {"stub": stub, "heading": stub.station.heading},
            own_address=reverse("receipt", args=[code_of[stub.receipt_hash]]),
            gone=_("Taken back on %(day)s.") % {"day": _day(back)} if back else "",
            said=() if back else (_("It is not on record yet. It waits on paper."),),
        )  # fmt: skip


def pictures_of(viewer: Viewer, codes: Codes) -> Iterator[Piece]:
    """Drawings that were hung."""
    code_of = {hash_of(code): code for code in codes}
    for picture in Picture.objects.filter(held(viewer, codes)).for_showing().order_by("added_at", "pk"):
        yield _picture(picture, viewer, code_of.get(picture.receipt_hash, ""))


def _picture(picture: Picture, viewer: Viewer, code: str) -> Piece:
    by = picture.participant
    is_by_cookie = bool(by and by.token == picture.drawing.token_of(viewer))
    name, key = ("my_picture", picture.identifier) if is_by_cookie else ("picture_receipt", code)
    facts = {
        "kind": Kind.PICTURE, "identifier": picture.identifier, "at": picture.added_at,
        "event": picture.drawing.event, "name": f"{picture.label}, {picture.drawing.name}",
        "own_address": reverse(name, args=[key]), "address": picture.get_absolute_url(),
    }  # fmt: skip
    if picture.withdrawn_at:
        return Piece(**facts, gone=_("Withdrawn on %(day)s.") % {"day": _day(picture.withdrawn_at)})
    words = " ".join(filter(None, (picture.group and f"{picture.group}:", picture.alt)))
    files = picture.files_address if is_by_cookie else f"{facts['own_address']}files/"
    return Piece(**facts, picture=picture, files_address=files, words=words, came=tuple(_recorded(picture)))


def _recorded(picture: Picture) -> Iterator[Came]:
    if quotation := picture.quotation:
        yield Came(
            picture.added_at, f"quotation-{quotation.pk}", _("What sums it up is on the record of the event"),
            picture.expression, picture.drawing.event.get_absolute_url(),
        )  # fmt: skip


def options_of(viewer: Viewer) -> Iterator[Piece]:
    """Suggestions that were made."""
    own = Option.objects.of(viewer).select_related("poll__event__series", "agenda_item")
    for option in own.order_by("added_at", "pk"):
        facts = {
            "kind": Kind.OPTION, "identifier": option.identifier, "at": option.added_at,
            "event": option.poll.event, "name": f"{option.label}, {option.poll.name}",
            "address": option.get_absolute_url(),
        }  # fmt: skip
        if option.withdrawn_at:
            yield Piece(**facts, gone=_("Withdrawn on %(day)s.") % {"day": _day(option.withdrawn_at)})
        else:
            yield Piece(**facts, words=option.text, came=tuple(_taken_up(option)))


def _taken_up(option: Option) -> Iterator[Came]:
    if not option.answered_at:
        return
    key, item, day = f"option-{option.identifier}", option.agenda_item, option.poll.event.get_absolute_url()
    if item:
        yield Came(
            option.answered_at, key, _("It became part of the day"), item.title, f"{day}#day-{item.pk}",
            more=tuple(filter(None, [option.answer])),
        )  # fmt: skip
    else:
        yield Came(
            option.answered_at, key, _("It was not taken up"), option.answer, option.get_absolute_url()
        )


def choices_of(viewer: Viewer) -> Iterator[Piece]:
    """What was chosen in polls, one piece for each; words that one may not read any more are left out."""
    chosen = Choice.objects.of(viewer).select_related("option__poll__event__series", "option__agenda_item")
    by_poll: defaultdict[int, list[Choice]] = defaultdict(list)
    for choice in chosen.order_by("option__poll", "rank", "pk"):
        by_poll[choice.option.poll_id].append(choice)
    readable = Option.objects.visible_to(viewer).filter(poll__in=by_poll).values_list("pk", flat=True)
    shown, events = set(readable), _seen((made[0].option.poll.event for made in by_poll.values()), viewer)
    for made in by_poll.values():
        if made[0].option.poll.event_id in events:
            yield _chosen(made, shown)


def _chosen(made: list[Choice], shown: set[int]) -> Piece:
    poll, options = made[0].option.poll, [choice.option for choice in made if choice.option_id in shown]
    unread = len(made) - len(options)
    lines = [f"{choice.rank}. {choice.option}" if choice.rank else str(choice.option)
             for choice in made if choice.option_id in shown]  # fmt: skip
    if unread:
        said = ngettext("One that cannot be read any more", "%(number)s that cannot be read", unread)
        lines.append(said % {"number": unread})
    return Piece(
        kind=Kind.CHOICE, identifier=poll.identifier, at=max(choice.at for choice in made), event=poll.event,
        name=_("What you chose, %(name)s") % {"name": poll.name}, address=poll.get_absolute_url(),
        said=tuple(lines),
        came=sorted((one for option in options for one in _taken_up(option)), key=lambda one: one.at),
    )  # fmt: skip


def stands_of(viewer: Viewer) -> Iterator[Piece]:
    """Stands that were taken, one piece for each card."""
    own = Stand.objects.filter(participant__in=Participant.objects.of(viewer))
    by_card: defaultdict[int, list[Stand]] = defaultdict(list)
    for stand in own.select_related("card__cards__event__series", "zone").order_by("card__position", "pk"):
        by_card[stand.card_id].append(stand)
    events = _seen((taken[0].card.cards.event for taken in by_card.values()), viewer)
    for taken in by_card.values():
        if taken[0].card.cards.event_id in events:
            yield _stood(taken)


def _stood(taken: list[Stand]) -> Piece:
    card, rounds = taken[0].card, list(Round)
    in_order = sorted(taken, key=lambda stand: rounds.index(Round(stand.round)))
    return Piece(
        kind=Kind.STAND, identifier=card.identifier, at=max(stand.at for stand in taken),
        event=card.cards.event, name=_("Where you stood, %(name)s") % {"name": card.cards.name},
        words=card.prompt,
        address=card.cards.get_absolute_url(),
        said=tuple(f"{stand.get_round_display()}: {stand.zone.name}" for stand in in_order),
    )  # fmt: skip


def _seen(events: Iterable[Event], viewer: Viewer) -> set[int]:
    """Those of `events`, by their primary keys, that `viewer` may see."""
    keys = {event.pk for event in events}
    return set(Event.objects.visible_to(viewer).filter(pk__in=keys).values_list("pk", flat=True))


def _day(at: datetime) -> str:
    return date_format(localtime(at), "j F Y")
