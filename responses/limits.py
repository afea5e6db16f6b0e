"""How fast a board fills and codes are tried: generous to a room behind one address, hard on a machine."""

from django.http import HttpRequest

from people.limits import Limit, TooMany, add, count, counted, network_of
from responses.models import Activity, Board, Cards, Drawing, Note, Picture, Stub

HAND = Limit("notes of a participant in ten seconds", 5, 10)
DAY = Limit("notes of a participant in a day", 200, 86_400)
BOARD = Limit("notes on a board in ten seconds", 200, 10)
# For those who did not join with the code. A room sits behind one address: see `count_note`.
NETWORK = Limit("notes of a network in a minute", 300, 60)
NEWCOMERS = Limit("new guests of a network in a minute", 60, 60)
# A stand is one tap, on several cards in turn, and a whole room takes it in the same moment.
STANDS = Limit("stands of a participant in ten seconds", 20, 10)
STANDS_HERE = Limit("stands on cards in ten seconds", 2000, 10)
STANDS_FROM_AFAR = Limit("stands of a network from afar", 600, 60)
# Reading a picture takes a second or two of the machine.
PICTURES = Limit("pictures of a participant in a minute", 6, 60)
PICTURES_HERE = Limit("pictures on a drawing in a minute", 60, 60)
PICTURES_FROM_AFAR = Limit("pictures from outside in an hour", 30, 3600)
PHOTOS = Limit("photographs of a person in an hour", 400, 3600)
CHANGES = Limit("changes of a note in an hour", 60, 3600)
# Somebody who reads note after note saves one every few seconds; a room of readers sits behind one address.
READINGS = Limit("readings of a reader in a minute", 30, 60)
READINGS_A_DAY = Limit("readings of a reader in a day", 2000, 86_400)
READINGS_HERE = Limit("readings of a network in a minute", 600, 60)
NEW_READERS = Limit("new readers of a network in a minute", 120, 60)
PREVIEWS = Limit("looks of a reader in a minute", 120, 60)
PREVIEWS_HERE = Limit("looks of a network in a minute", 1200, 60)
WRONG_ASKINGS = Limit("links that ask nobody in a minute", 20, 60)
WRONG_RECEIPTS = Limit("receipts mistyped in a minute", 10, 60)

# Ten wrong codes a minute, and ever fewer for a network that goes on. The wait ends after sixteen
# minutes at most: somebody who plays tricks in a room must not keep it out for the whole day.
WRONG_CODES = (
    Limit("wrong codes in a minute", 10, 60),
    Limit("wrong codes in four minutes", 20, 240),
    Limit("wrong codes in sixteen minutes", 40, 960),
)
# With so many in a minute from everywhere together, each network has few tries left.
WRONG_ANYWHERE = Limit("wrong codes anywhere in a minute", 100, 60)
WHEN_MANY = 2
EVERYWHERE = "everywhere"
# A network from which people join is a room, where codes are mistyped too: each join is a further try.
JOINED = Limit("joins of a network in a day", 1_000_000, 86_400)
JOINS = Limit("joins of an activity in ten seconds", 200, 10)
JOINS_A_SEAT = 3  # of one activity from one network in an hour


def count_note(request: HttpRequest, board: Board) -> None:
    """Count a note about to be sent to `board`; raises people.limits.TooMany.

    Whoever joined with the code is in the room, however many sit behind its one address:
    their network has a note a minute for each seat, and none of them is a newcomer.
    """
    network, token = network_of(request), board.token_of(request.viewer)
    held = [(HAND, token), (DAY, token), (BOARD, str(board.pk))]
    part = board.participants.filter(token=token).values_list("joined_at").first()
    if part and part[0]:
        held.append((Limit(NETWORK.name, max(NETWORK.most, board.seats), NETWORK.seconds), network))
    else:
        held.append((NETWORK, network))
    if request.viewer.person is None and part is None:
        held.append((NEWCOMERS, network))
    count(*held)


def count_stand(request: HttpRequest, cards: Cards) -> None:
    """Count a stand about to be taken on `cards`; raises people.limits.TooMany.

    Whoever joined with the code is in the room, and their network counts for nothing.
    """
    network, token = network_of(request), cards.token_of(request.viewer)
    held = [(STANDS, token), (STANDS_HERE, str(cards.pk))]
    part = cards.participants.filter(token=token).values_list("joined_at").first()
    if not (part and part[0]):
        held.append((STANDS_FROM_AFAR, network))
    if request.viewer.person is None and part is None:
        held.append((NEWCOMERS, network))
    count(*held)


def count_picture(request: HttpRequest, drawing: Drawing) -> None:
    """Count a picture about to be read for `drawing`; raises people.limits.TooMany.

    Whoever joined with the code is in the room, and their network counts for nothing.
    """
    token = drawing.token_of(request.viewer)
    held = [(PICTURES, token), (PICTURES_HERE, str(drawing.pk))]
    if not drawing.participants.in_the_room().filter(token=token).exists():
        held.append((PICTURES_FROM_AFAR, network_of(request)))
    count(*held)


def count_photo(request: HttpRequest) -> None:
    """Count a photograph about to be kept, of whoever runs an event; raises people.limits.TooMany."""
    count((PHOTOS, request.viewer.key))


def count_change(note: Note | Picture | Stub) -> None:
    """Count a change of one's own note or picture, since each is kept; raises people.limits.TooMany."""
    count((CHANGES, note.identifier))


def count_reading(request: HttpRequest, board: Board, *, is_new: bool) -> None:
    """Count a reading about to be made of a note on `board`; raises people.limits.TooMany.

    `is_new` says that the reader had no cookie before: a machine that drops it each time is
    held back where a room of people, each new once, is not.
    """
    network, token = network_of(request), board.token_of(request.viewer)
    held = [(READINGS, token), (READINGS_A_DAY, token), (READINGS_HERE, network)]
    count(*held, *([(NEW_READERS, network)] if is_new else []))


def count_preview(request: HttpRequest) -> None:
    """Count a look at how typed markup reads; raises people.limits.TooMany."""
    network = network_of(request)
    own = [] if request.viewer.is_anybody else [(PREVIEWS, request.viewer.key)]
    count((PREVIEWS_HERE, network), *own)


def count_wrong_asking(request: HttpRequest) -> None:
    """Count a link that asks nobody to read; raises people.limits.TooMany."""
    count((WRONG_ASKINGS, network_of(request)))


def count_wrong_receipt(request: HttpRequest) -> None:
    """Count a receipt that fits no note; raises people.limits.TooMany."""
    count((WRONG_RECEIPTS, network_of(request)))


def refuse_guessing(request: HttpRequest) -> None:
    """Raise people.limits.TooMany for whoever tried wrong codes without end, before any code is looked up."""
    holder = _who_tries(request)
    tries = [(limit, holder) for limit in WRONG_CODES]
    *tried, anywhere, joined = counted(*tries, (WRONG_ANYWHERE, EVERYWHERE), (JOINED, holder))
    many = anywhere >= WRONG_ANYWHERE.most
    held = [
        limit.left()
        for limit, number in zip(WRONG_CODES, tried, strict=True)
        if number >= (WHEN_MANY if many else limit.most) + joined
    ]
    if held:
        raise TooMany(max(held))


def count_wrong_code(request: HttpRequest) -> None:
    """Count a code under which nothing is open."""
    holder = _who_tries(request)
    add(*((limit, holder) for limit in WRONG_CODES), (WRONG_ANYWHERE, EVERYWHERE))


def joins_of_network(activity: Activity) -> Limit:
    """How often one network may join `activity`; its holders begin with the activity's key and a space."""
    return Limit("joins of a network in an hour", JOINS_A_SEAT * activity.seats, 3600)


def count_join(request: HttpRequest, activity: Activity) -> None:
    """Count somebody about to join `activity`; raises people.limits.TooMany."""
    held = (joins_of_network(activity), f"{activity.pk} {network_of(request)}")
    count(held, (JOINS, str(activity.pk)))


def count_joined(request: HttpRequest) -> None:
    """Count somebody who did join: their network may mistype one code more."""
    add((JOINED, _who_tries(request)))


def _who_tries(request: HttpRequest) -> str:
    """The network; somebody who signed in is known, and answers for their own tries only."""
    return request.viewer.key if request.viewer.person else network_of(request)
