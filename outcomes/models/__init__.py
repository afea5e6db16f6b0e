"""What came of it: themes, statements, decisions, amendments, promises, calls, ties of principles."""

from outcomes.models.amendments import Amendment, AmendmentMark, AmendmentNote, AmendmentQuerySet
from outcomes.models.calls import (
    Call,
    CallQuerySet,
    CallUpdate,
    CallUpdateQuerySet,
    Signature,
    SignatureQuerySet,
)
from outcomes.models.decisions import Decision, DecisionQuerySet, DecisionUpdate
from outcomes.models.followers import FOLLOWED, OutcomeFollower
from outcomes.models.promises import Promise, PromiseQuerySet, PromiseUpdate
from outcomes.models.statements import (
    Declined,
    DeclinedQuerySet,
    Statement,
    StatementChange,
    StatementNote,
    StatementQuerySet,
)
from outcomes.models.themes import Theme, ThemeNote, ThemeQuerySet
from outcomes.models.ties import NoTie, Tie, TieQuerySet

__all__ = [
    "FOLLOWED",
    "Amendment",
    "AmendmentMark",
    "AmendmentNote",
    "AmendmentQuerySet",
    "Call",
    "CallQuerySet",
    "CallUpdate",
    "CallUpdateQuerySet",
    "Decision",
    "DecisionQuerySet",
    "DecisionUpdate",
    "Declined",
    "DeclinedQuerySet",
    "NoTie",
    "OutcomeFollower",
    "Promise",
    "PromiseQuerySet",
    "PromiseUpdate",
    "Signature",
    "SignatureQuerySet",
    "Statement",
    "StatementChange",
    "StatementNote",
    "StatementQuerySet",
    "Theme",
    "ThemeNote",
    "ThemeQuerySet",
    "Tie",
    "TieQuerySet",
]
