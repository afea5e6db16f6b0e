"""Three harvesters that others wrote get every record, and are told what was deleted."""

import warnings
from collections.abc import Callable

import pytest
from pytest_django.live_server_helper import LiveServer

from archive.harvest import lists
from events.models import Event
from people.guests import Viewer
from responses.board import withdraw_note
from responses.models import Note, Station

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def notes(
    station: Station, post_note: Callable[..., Note], dee: Viewer, monkeypatch: pytest.MonkeyPatch
) -> dict[str, bool]:
    """Seven notes in pages of three, by their identifier with whether they were withdrawn."""
    monkeypatch.setattr(lists, "MOST", 3)
    made = [post_note(station, f"Words {number}.", by=dee) for number in range(7)]
    withdraw_note(made[4], by=dee)
    return {f"oai:localhost:note:{note.identifier}": note is made[4] for note in made}


def test_sickle(live_server: LiveServer, notes: dict[str, bool]) -> None:
    with warnings.catch_warnings():
        # Its pattern is written without an r in front.
        warnings.simplefilter("ignore", SyntaxWarning)
        from sickle import Sickle
    found = Sickle(f"{live_server.url}/oai").ListRecords(metadataPrefix="oai_dc", set="response")
    assert {record.header.identifier: record.header.deleted for record in found} == notes


def test_scythe(live_server: LiveServer, notes: dict[str, bool]) -> None:
    from oaipmh_scythe import Scythe

    with Scythe(f"{live_server.url}/oai") as scythe:
        found = list(scythe.list_records(metadata_prefix="oai_dc", set_="response"))
    assert {record.header.identifier: bool(record.header.deleted) for record in found} == notes


def test_a_client_that_posts(live_server: LiveServer, notes: dict[str, bool]) -> None:
    from oaipmh.client import Client
    from oaipmh.metadata import MetadataRegistry, oai_dc_reader

    registry = MetadataRegistry()
    registry.registerReader("oai_dc", oai_dc_reader)
    client = Client(f"{live_server.url}/oai", registry)
    found = list(client.listRecords(metadataPrefix="oai_dc", set="response"))
    assert {header.identifier(): header.isDeleted() for header, _record, _about in found} == notes
    events = [record for _header, record, _about in client.listRecords(metadataPrefix="oai_dc")]
    assert [record.getField("title") for record in events] == [[Event.objects.get().name]]
