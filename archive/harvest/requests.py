"""What a harvester asks: the verb, its arguments, and what is wrong with them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from django.http import QueryDict

from archive.harvest.changes import Place
from archive.harvest.kinds import BY_SPEC
from archive.harvest.tokens import NoToken, read_token

PREFIX = "oai_dc"
LISTS = frozenset({"metadataPrefix", "set", "from", "until", "resumptionToken"})
# Each verb with the arguments it needs and all it takes.
VERBS: Mapping[str, tuple[frozenset[str], frozenset[str]]] = {
    "Identify": (frozenset(), frozenset()),
    "ListMetadataFormats": (frozenset(), frozenset({"identifier"})),
    "ListSets": (frozenset(), frozenset({"resumptionToken"})),
    "GetRecord": (frozenset({"identifier", "metadataPrefix"}), frozenset({"identifier", "metadataPrefix"})),
    "ListIdentifiers": (frozenset({"metadataPrefix"}), LISTS),
    "ListRecords": (frozenset({"metadataPrefix"}), LISTS),
}
DAY, SECOND = "%Y-%m-%d", "%Y-%m-%dT%H:%M:%SZ"
# What PostgreSQL and Python both can hold, with a day to spare.
FIRST, LAST = datetime(1, 1, 2, tzinfo=UTC), datetime(9999, 12, 30, tzinfo=UTC)


class OaiError(Exception):
    """One of the errors of the protocol: its code, and a sentence for whoever reads it."""

    def __init__(self, code: str, sentence: str) -> None:
        super().__init__(sentence)
        self.code = code


@dataclass(frozen=True, slots=True)
class Window:
    """What of a list is asked for: `since` counts in, `before` does not; `place` was told last."""

    spec: str | None
    since: datetime | None
    before: datetime | None
    since_said: str | None = None
    until_said: str | None = None
    place: Place | None = None
    cursor: int = 0


def read_request(given: QueryDict) -> tuple[str, dict[str, str]]:
    """The verb and its arguments; raises OaiError with badVerb or badArgument."""
    verbs = given.getlist("verb")
    if len(verbs) != 1 or verbs[0] not in VERBS:
        raise OaiError("badVerb", f"The verb has to be one of {', '.join(VERBS)}, and stand there once.")
    verb = verbs[0]
    arguments = {name: given[name] for name in given if name != "verb"}
    _must_fit(verb, arguments, [name for name in given if len(given.getlist(name)) > 1])
    return verb, arguments


def _must_fit(verb: str, arguments: dict[str, str], repeated: Sequence[str]) -> None:
    needed, taken = VERBS[verb]
    if strange := sorted(set(arguments) - taken):
        raise OaiError("badArgument", f"{verb} takes no {strange[0][:50]}.")
    if repeated:
        raise OaiError("badArgument", f"{repeated[0][:50]} stands there more than once.")
    if any("\0" in one for one in arguments.values()):
        raise OaiError("badArgument", "An argument holds a NUL character.")
    if "resumptionToken" in arguments:
        if len(arguments) > 1:
            raise OaiError("badArgument", "A resumptionToken stands alone: it says all that was asked.")
    elif lacking := sorted(needed - set(arguments)):
        raise OaiError("badArgument", f"{verb} needs {lacking[0]}.")


def read_window(arguments: dict[str, str]) -> Window:
    """What of a list is asked for, also by a token; raises OaiError."""
    if "resumptionToken" in arguments:
        return _window_of_token(arguments["resumptionToken"])
    must_be_known(arguments["metadataPrefix"])
    since, until = arguments.get("from"), arguments.get("until")
    if since and until and len(since) != len(until):
        raise OaiError("badArgument", "from and until have to be said alike: as days, or to the second.")
    window = _window(arguments.get("set"), since, until)
    if window.since and window.before and window.since >= window.before:
        raise OaiError("badArgument", "until is before from.")
    return window


def must_be_known(prefix: str) -> None:
    if prefix != PREFIX:
        raise OaiError("cannotDisseminateFormat", f"Records are told as {PREFIX} here.")


def _window(spec: str | None, since: str | None, until: str | None) -> Window:
    if spec is not None and spec not in BY_SPEC:
        raise OaiError("noRecordsMatch", f"There is no such set. These are: {', '.join(BY_SPEC)}.")
    starts = None if since is None else _moment(since)[0]
    return Window(spec, starts, None if until is None else _moment(until)[1], since, until)


def _window_of_token(written: str) -> Window:
    try:
        token = read_token(written)
        must_be_known(token.prefix)
        window = _window(token.spec, token.since, token.until)
    except (NoToken, OaiError):
        raise OaiError("badResumptionToken", "This is no token of this site. Begin the list again.") from None
    return replace(window, place=token.place, cursor=token.cursor)


def _moment(said: str) -> tuple[datetime, datetime]:
    """When a day or second begins and when it is over; raises OaiError."""
    for form, lasts in ((DAY, timedelta(days=1)), (SECOND, timedelta(seconds=1))):
        try:
            starts = datetime.strptime(said, form).replace(tzinfo=UTC)
        except ValueError:
            continue
        if starts.strftime(form).zfill(len(said)) == said and FIRST <= starts <= LAST:
            return starts, starts + lasts
    raise OaiError("badArgument", "from and until are said as 2026-11-22 or 2026-11-22T17:38:46Z, in UTC.")
