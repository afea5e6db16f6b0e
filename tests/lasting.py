"""What a whole module of tests stands on, made once."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import transaction
from pytest_django import DjangoDbBlocker


@contextmanager
def lasting(blocker: DjangoDbBlocker) -> Iterator[None]:
    """What is made in here stays until the context is left, and then was never there.

    Each test in between takes back its own part alone. For tests of a module without transactions of
    their own; the fixture that uses it asks for `django_db_setup` too.
    """
    around = transaction.atomic()
    # As the transaction around every test is marked: what insists on its own may begin within it.
    around._from_testcase = True
    with blocker.unblock(), around:
        yield
        transaction.set_rollback(True)
