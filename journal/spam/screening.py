"""What is made of a text somebody sends: taken or not, and the reasons to look closely."""

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from coproduce.marking import gettext_noop
from journal.spam import learning, rules
from journal.spam.doubles import was_seen_before
from journal.spam.limits import count_sent
from journal.spam.tokens import Found, check_token
from journal.spam.trust import MOST_LINKS, Trust, trust_of
from people.guests import Viewer
from people.limits import TooMany

WHY_NOT = {
    Found.TOO_FAST: gettext_lazy(
        "That came within three seconds. Read it through once more, then send it again."
    ),
    Found.TOO_OLD: gettext_lazy(
        "This page was open for twelve hours. What you wrote is still here: send it again."
    ),
    Found.FOREIGN: gettext_lazy(
        "This page has to be sent once more. What you wrote is still here: send it again."
    ),
}
SEEN_BEFORE = gettext_noop("Much the same was sent here before.")
NEWCOMER = gettext_noop("Nothing by this writer was shown on two days yet.")

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Verdict:
    """What is made of a text.

    `refused` is a sentence for whoever sent it, and then nothing is kept; `retry_after` (seconds) is set
    where it was too much at once. `pretend` says that a robot sent it: answer as if it had been taken, and
    keep nothing. `reasons` are sentences for whoever moderates; `likeness` (0 to 1) only sorts their queue.
    """

    refused: str = ""
    pretend: bool = False
    reasons: Sequence[str] = field(default_factory=list)
    likeness: float = 0
    trust: Trust = Trust.NEWCOMER
    retry_after: int = 0

    @property
    def may_show(self) -> bool:
        """Whether a comment may be shown before anybody looked at it. A story never may."""
        return self.trust > Trust.NEWCOMER and not self.reasons and not self.refused and not self.pretend


def screen(
    text: str,
    *,
    fields: Mapping[str, str],
    token: str,
    page: str,
    trap: str,
    by: Viewer,
    network: str,
) -> Verdict:
    """Judge what was sent with a form of `page`.

    `fields` are the other words that were typed, by name (not an e-mail address, which is shown to
    nobody); `token` is that of `tokens.form_token(page)`; `trap` is what the field for robots holds;
    `network` is `people.limits.network_of`. Call it once the form is valid: it counts against limits.
    """
    if trap.strip():
        return _logged("trap", Verdict(pretend=True))
    if (found := check_token(token, page)) != Found.GOOD:
        return _logged(found.value, Verdict(refused=WHY_NOT[found]))
    try:
        count_sent(by, network, token)
    except TooMany as busy:
        wait = in_words(busy.retry_after)
        said = _("That was a lot at once. Everything you typed is here: send it in %(wait)s.") % {
            "wait": wait
        }
        return _logged("limit", Verdict(refused=said, retry_after=busy.retry_after))
    return look_at(text, fields=fields, trust=trust_of(by))


def look_at(text: str, *, fields: Mapping[str, str], trust: Trust, but: object = None) -> Verdict:
    """The reasons to look closely at words; `but` is the row that holds them already, where there is one."""
    words = "\n".join([*fields.values(), text])
    reasons = rules.reasons_in(words, most_links=MOST_LINKS[trust])
    if was_seen_before(text, but=but):
        reasons.append(SEEN_BEFORE)
    like = learning.likeness(words, len(reasons))
    if trust == Trust.NEWCOMER:
        reasons.append(NEWCOMER)
    return Verdict(reasons=reasons, likeness=like, trust=trust)


def in_words(seconds: int) -> str:
    """A wait, as it is said."""
    if seconds < 100:
        return ngettext("%(number)s second", "%(number)s seconds", seconds) % {"number": seconds}
    minutes = -(-seconds // 60)
    return ngettext("%(number)s minute", "%(number)s minutes", minutes) % {"number": minutes}


def _logged(layer: str, verdict: Verdict) -> Verdict:
    """The verdict; a line in the log says which layer stopped something, and nothing of it."""
    log.info("A text was not taken: %s.", layer)
    return verdict
