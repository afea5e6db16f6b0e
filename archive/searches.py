"""Acts on saved searches: keeping one under a name, giving it another, throwing it away."""

from django.db import transaction
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy

from archive.models import SavedSearch
from archive.search.query import Query
from people.guests import Viewer
from people.models import Person
from people.refusals import Refused
from people.trace import leave_trace

MOST = 100  # for each person
LONGEST_NAME = 100  # characters
LONGEST_QUERY = 2000  # characters of its address
SIGN_IN = gettext_lazy("Sign in first: a search is kept with an account.")
NO_NAME = gettext_lazy("Give the search a name.")
NAME_TOO_LONG = format_lazy(gettext_lazy("Use at most {most} characters for the name."), most=LONGEST_NAME)
EMPTY = gettext_lazy("Search for something or choose something first: an empty search finds everything.")
TOO_MUCH = gettext_lazy("Choose less before you keep this search: its address is too long to keep.")
TOO_MANY = format_lazy(gettext_lazy("You keep {most} searches already. Throw one away first."), most=MOST)
NOT_YOURS = gettext_lazy("Only whoever keeps a search can change it.")


@transaction.atomic
def save_search(query: Query, name: str, *, by: Viewer) -> SavedSearch:
    """Keep `query` for `by` under `name`; one that is kept already takes the new name.

    Refuses where there is no account, no name or nothing searched, and past MOST of them.
    """
    if by.person is None:
        raise Refused(SIGN_IN)
    if query.is_empty:
        raise Refused(EMPTY)
    if len(query.querystring) > LONGEST_QUERY:
        raise Refused(TOO_MUCH)
    person, name = Person.objects.select_for_update().get(pk=by.person.pk), _named(name)
    kept = SavedSearch.objects.filter(person=person)
    if known := kept.filter(query=query.querystring).first():
        return rename_search(known, name, by=by)
    if kept.count() >= MOST:
        raise Refused(TOO_MANY)
    saved = SavedSearch.objects.create(person=person, name=name, query=query.querystring)
    leave_trace("saved", saved, by=by)
    return saved


@transaction.atomic
def rename_search(saved: SavedSearch, name: str, *, by: Viewer) -> SavedSearch:
    _must_be_own(saved, by)
    saved.name = _named(name)
    saved.save(update_fields=["name"])
    leave_trace("renamed", saved, by=by)
    return saved


@transaction.atomic
def throw_search_away(saved: SavedSearch, *, by: Viewer) -> None:
    _must_be_own(saved, by)
    leave_trace("thrown_away", saved, by=by)
    saved.delete()


def _must_be_own(saved: SavedSearch, by: Viewer) -> None:
    if by.person is None or saved.person_id != by.person.pk:
        raise Refused(NOT_YOURS)


def _named(name: str) -> str:
    """The name as it is kept, in one line; PostgreSQL cannot hold a NUL character."""
    name = " ".join(name.replace("\0", "").split())
    if not name:
        raise Refused(NO_NAME)
    if len(name) > LONGEST_NAME:
        raise Refused(NAME_TOO_LONG)
    return name
