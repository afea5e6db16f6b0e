"""Each thread of pages keeps one connection to the database, and gets another when that is lost."""

import asyncio

import pytest
from django.core.wsgi import get_wsgi_application
from django.db import connection, connections
from django.http import HttpRequest, HttpResponse
from django.test import override_settings
from django.urls import path

from coproduce.serving.pages import Pages
from tests.coproduce.serving.calling import call, scope
from tests.loops import in_a_loop

OTHERS = """
    SELECT pg_terminate_backend(pid) FROM pg_stat_activity
    WHERE datname = current_database() AND pid <> pg_backend_pid()
"""


def which(request: HttpRequest) -> HttpResponse:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        return HttpResponse(cursor.fetchone()[0])


which.login_required = False
urlpatterns = [path("which/", which)]


async def ask(pages: Pages) -> set[bytes]:
    """The connections that ten requests met."""
    return {(await call(pages, scope("/which/", host="testserver"))).body for _ in range(10)}


async def ask_before_and_after_a_loss() -> tuple[set[bytes], set[bytes]]:
    pages = Pages(get_wsgi_application(), threads=1)
    before = await ask(pages)
    await asyncio.to_thread(cut_connections)
    after = await ask(pages)
    await asyncio.to_thread(cut_connections)
    return before, after


def cut_connections() -> None:
    with connection.cursor() as cursor:
        cursor.execute(OTHERS)
    connections.close_all()


@pytest.mark.django_db(transaction=True)
@override_settings(ROOT_URLCONF=__name__)
def test_threads_keep_their_connections_and_get_others_when_they_are_lost() -> None:
    """A thread, and the one for downloads beside it."""
    connections.close_all()
    before, after = in_a_loop(ask_before_and_after_a_loss())
    assert len(before) <= 2
    assert all(number.isdigit() for number in before | after)
    assert not before & after
