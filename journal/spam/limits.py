"""How much one writer, one network and one form may send: generous to a room, hard on a machine."""

from journal.models import Comment, Story
from journal.spam.writers import writer_of
from people.guests import Viewer
from people.limits import DAY, Limit, count

HAND = Limit("texts of a writer in ten minutes", 5, 600)
A_DAY = Limit("texts of a writer in a day", 30, DAY)
# A room sits behind one address, and so does a village: wide, and only a backstop.
NETWORK = Limit("texts of a network in an hour", 60, 3600)
# Sent again after an error, by the back button, from a tab left open: a few times, and not hundreds.
ONE_FORM = Limit("texts with one form in half a day", 10, DAY // 2)
CHANGES = Limit("changes of a text in an hour", 20, 3600)


def count_sent(by: Viewer, network: str, token: str) -> None:
    """Count a text about to be taken; raises people.limits.TooMany."""
    writer = writer_of(by)
    held = [(HAND, writer), (A_DAY, writer)] if writer else []
    count(*held, (NETWORK, network), (ONE_FORM, token[-43:]))


def count_change(sent: Comment | Story) -> None:
    """Count a change of something sent in, since each is looked at; raises people.limits.TooMany."""
    count((CHANGES, sent.identifier))
