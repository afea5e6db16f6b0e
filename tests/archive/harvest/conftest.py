"""Harvesting what was made a moment ago."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from lxml import etree

from archive.harvest import settled

OAI = "{http://www.openarchives.org/OAI/2.0/}"
Ask = Callable[..., etree._Element]


@pytest.fixture(autouse=True)
def nothing_to_wait_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settled, "A_MOMENT", timedelta(0))


@pytest.fixture
def ask(client: Client, db: None) -> Ask:
    def ask(verb: str, **arguments: str) -> etree._Element:
        """The answer to a request; an argument called `since` is its `from`."""
        said = {"from" if name == "since" else name: one for name, one in arguments.items()}
        answer = client.get("/oai", {"verb": verb, **said})
        assert answer.status_code == 200
        return etree.fromstring(answer.content)

    return ask


@pytest.fixture
def harvest(ask: Ask) -> Callable[..., dict[str, etree._Element]]:
    def harvest(verb: str = "ListRecords", **arguments: str) -> dict[str, etree._Element]:
        """Every header of a list by its identifier, from page to page; each stands there once."""
        headers: list[etree._Element] = []
        tree = ask(verb, metadataPrefix="oai_dc", **arguments)
        while True:
            headers += tree.iter(f"{OAI}header")
            token = tree.find(f".//{OAI}resumptionToken")
            if token is None or not token.text:
                break
            tree = ask(verb, resumptionToken=token.text)
        found = {header.findtext(f"{OAI}identifier"): header for header in headers}
        assert len(found) == len(headers)
        return found

    return harvest
