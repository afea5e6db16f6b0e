"""One person, put on record without an account: their account takes over what names the record."""

from django.db import IntegrityError, models, transaction
from django.utils.translation import gettext as _

from people.guests import Viewer
from people.models import Person
from people.refusals import Refused
from people.sessions import end_sessions
from people.trace import leave_trace

# The trace is only added to. Whoever has no account leaves none, and what is there stays as written.
STAYS = frozenset({"people.act", "journal.judgement"})
OWN_WORDS = ("name", "about", "website")


def claim_record(record: Person, *, by: Viewer) -> Person:
    """Let the account of `by` take over `record`; returns the account.

    Call it for somebody who showed that the record is theirs: who opened the letter about it.
    """
    if by.person is None:
        raise Refused(_("Sign in first, so that the record becomes part of your account."))
    return _take_over(record, by.person, by=by)


def join_record(record: Person, account: Person, *, by: Viewer) -> Person:
    """Let `account` take over `record`, since a steward knows that they are the same person."""
    if not by.is_steward:
        raise Refused(_("Only stewards can say that a record belongs to somebody else's account."))
    _take_over(record, account, by=by)
    if account != by.person:
        # The record may have brought rights along.
        end_sessions(account)
    return account


def links_to_people() -> list[models.ForeignKey]:
    """Every column, of the project and of its packages, that names a person by their record."""
    relations = Person._meta.get_fields(include_hidden=True)
    return [one.field for one in relations if one.auto_created and (one.one_to_many or one.one_to_one)]


@transaction.atomic
def _take_over(record: Person, account: Person, *, by: Viewer) -> Person:
    pair = Person.objects.select_for_update().order_by("pk").in_bulk([record.pk, account.pk])
    record, account = pair[record.pk], pair[account.pk]
    _must_be_claimable(record, account)
    for link in links_to_people():
        if link.model._meta.label_lower not in STAYS:
            _move(link, record, account)
    _hand_over_words(record, account)
    record.merged_into, record.is_listed = account, False
    record.save()
    leave_trace("claimed", record, by=by)
    return account


def _must_be_claimable(record: Person, account: Person) -> None:
    if record.merged_into_id:
        raise Refused(_("This record was claimed before."))
    if record.email or record.pk == account.pk:
        raise Refused(_("Somebody signs in with this record, so it can belong to nobody else."))
    if not account.email or account.merged_into_id:
        raise Refused(_("Only an account can take over a record."))


def _move(link: models.ForeignKey, record: Person, account: Person) -> None:
    """Let the account stand where the record stood; where it stands already, once is enough."""
    for row in link.model._base_manager.filter(**{link.name: record}):
        try:
            with transaction.atomic():
                link.model._base_manager.filter(pk=row.pk).update(**{link.name: account})
        except IntegrityError:
            _keep_one(link, row, account)


def _keep_one(link: models.ForeignKey, row: models.Model, account: Person) -> None:
    """The account's row stays. A role that would have lasted longer on the record lasts as long."""
    if "until" in {field.name for field in row._meta.fields}:
        held = link.model._base_manager.filter(**{link.name: account}, **_the_rest(link, row))
        later = held if row.until is None else held.filter(until__lt=row.until)
        later.update(until=row.until)
    row.delete()


def _the_rest(link: models.ForeignKey, row: models.Model) -> dict[str, object]:
    """What, beside the person, makes this row one of its kind."""
    alike = [rule.fields for rule in row._meta.constraints if isinstance(rule, models.UniqueConstraint)]
    names = next(fields for fields in alike if link.name in fields)
    return {name: getattr(row, name) for name in names if name != link.name}


def _hand_over_words(record: Person, account: Person) -> None:
    """What the account does not say of itself it takes from the record, which then says nothing."""
    for name in OWN_WORDS:
        if not getattr(account, name):
            setattr(account, name, getattr(record, name))
        setattr(record, name, "")
    account.save(update_fields=OWN_WORDS)
