"""The protocol: six verbs and its errors, each answer valid, whatever is asked."""

from collections.abc import Callable
from functools import cache

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from events.models import Event
from responses.models import Note, Station
from tests.archive.harvest.conftest import OAI, Ask
from tests.archive.schemas import schema

pytestmark = pytest.mark.django_db
BOTH = """<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema">
<xs:import namespace="http://www.openarchives.org/OAI/2.0/" schemaLocation="{}"/>
<xs:import namespace="http://www.openarchives.org/OAI/2.0/oai_dc/" schemaLocation="{}"/></xs:schema>"""
WRONG = {
    "": "badVerb",
    "verb=Steal": "badVerb",
    "verb=Identify&verb=Identify": "badVerb",
    "verb=Identify&x=1": "badArgument",
    "verb=ListRecords": "badArgument",
    "verb=GetRecord&metadataPrefix=oai_dc": "badArgument",
    "verb=ListRecords&metadataPrefix=oai_dc&metadataPrefix=oai_dc": "badArgument",
    "verb=ListRecords&metadataPrefix=oai_dc&from=yesterday": "badArgument",
    "verb=ListRecords&metadataPrefix=oai_dc&from=2026-1-2": "badArgument",
    "verb=ListRecords&metadataPrefix=oai_dc&from=2026-01-02&until=2025-01-02": "badArgument",
    "verb=ListRecords&metadataPrefix=oai_dc&from=2026-01-02&until=2027-01-02T00:00:00Z": "badArgument",
    "verb=ListRecords&metadataPrefix=oai_dc&from=0000-00-00": "badArgument",
    "verb=ListRecords&metadataPrefix=oai_dc&resumptionToken=x": "badArgument",
    "verb=ListRecords&metadataPrefix=marc": "cannotDisseminateFormat",
    "verb=ListRecords&metadataPrefix=oai_dc&set=cats": "noRecordsMatch",
    "verb=ListRecords&metadataPrefix=oai_dc&until=2001-01-01": "noRecordsMatch",
    "verb=ListRecords&resumptionToken=x": "badResumptionToken",
    "verb=ListSets&resumptionToken=x": "badResumptionToken",
    "verb=GetRecord&metadataPrefix=oai_dc&identifier=oai:testserver:note:x": "idDoesNotExist",
    "verb=GetRecord&metadataPrefix=oai_dc&identifier=oai:testserver:dataset:x": "idDoesNotExist",
    "verb=GetRecord&metadataPrefix=oai_dc&identifier=nonsense": "idDoesNotExist",
    "verb=ListMetadataFormats&identifier=oai:elsewhere:note:x": "idDoesNotExist",
}
WITHOUT_ATTRIBUTES = {"badVerb", "badArgument"}


@cache
def grammar() -> etree.XMLSchema:
    paths = [schema(name).as_uri() for name in ("OAI-PMH.xsd", "oai_dc.xsd")]
    return etree.XMLSchema(etree.fromstring(BOTH.format(*paths)))


@pytest.fixture(autouse=True)
def here(settings: object) -> None:
    settings.SITE_URL = "http://testserver"


@pytest.fixture
def on_record(make_event: Callable[..., Event], station: Station, post_note: Callable[..., Note]) -> Note:
    """An event with a note that holds what XML cannot."""
    make_event("second", name="Bell \x07 & <b>]]>", summary="\ufffe", date="2018-11")
    return post_note(station, "Who \x1b[31m decides & <why>?")


def test_every_answer_is_valid(ask: Ask, on_record: Note) -> None:
    identifier = f"oai:testserver:note:{on_record.identifier}"
    every = [
        ask("Identify"), ask("ListSets"), ask("ListMetadataFormats"),
        ask("ListMetadataFormats", identifier=identifier),
        ask("GetRecord", metadataPrefix="oai_dc", identifier=identifier),
        *(ask(verb, metadataPrefix="oai_dc") for verb in ("ListRecords", "ListIdentifiers")),
        *(ask(verb, metadataPrefix="oai_dc", set="response") for verb in ("ListRecords", "ListIdentifiers")),
    ]  # fmt: skip
    for tree in every:
        assert tree.find(f"{OAI}error") is None
        grammar().assertValid(tree.getroottree())


@pytest.mark.parametrize(("asked", "code"), WRONG.items())
def test_what_is_wrong_is_said_with_its_code(client: Client, asked: str, code: str, on_record: Note) -> None:
    for answer in (client.get(f"/oai?{asked}"), post(client, asked)):
        tree = etree.fromstring(answer.content)
        assert answer.status_code == 200
        assert tree.find(f"{OAI}error").get("code") == code
        assert tree.find(f"{OAI}error").text.endswith(".")
        assert (not tree.find(f"{OAI}request").attrib) == (code in WITHOUT_ATTRIBUTES)
        grammar().assertValid(tree.getroottree())


def post(client: Client, asked: str) -> object:
    return client.post("/oai", asked, content_type="application/x-www-form-urlencoded")


def test_a_question_may_be_sent_as_a_form_without_a_token(on_record: Note) -> None:
    careful = Client(enforce_csrf_checks=True)
    answer = post(careful, "verb=ListRecords&metadataPrefix=oai_dc")
    assert b"<record>" in answer.content


def test_a_nul_in_a_form_is_a_bad_argument(client: Client) -> None:
    answer = post(client, "verb=GetRecord&metadataPrefix=oai_dc&identifier=a%00b")
    assert b'code="badArgument"' in answer.content


def test_lists_without_a_set_leave_single_responses_out(harvest: Callable, on_record: Note) -> None:
    everything, responses = harvest(), harvest(set="response")
    assert not [name for name in everything if ":note:" in name]
    assert list(responses) == [f"oai:testserver:note:{on_record.identifier}"]
    assert {header.findtext(f"{OAI}setSpec") for header in responses.values()} == {"response"}


def test_it_says_how_it_keeps_what_was_deleted(ask: Ask) -> None:
    tree = ask("Identify")
    assert tree.findtext(f".//{OAI}deletedRecord") == "persistent"
    assert tree.findtext(f".//{OAI}granularity") == "YYYY-MM-DDThh:mm:ssZ"
    assert tree.findtext(f".//{OAI}baseURL") == "http://testserver/oai"


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.dictionaries(
        st.sampled_from(
            ["verb", "metadataPrefix", "set", "from", "until", "resumptionToken", "identifier", "x"]
        ),
        st.one_of(
            st.text(max_size=30),
            st.sampled_from(
                [
                    "ListRecords", "GetRecord", "oai_dc", "9999-12-31", "0001-01-01",
                    "oai:testserver:dataset:٣",
                    "oai:testserver:dataset:99999999999999999999", "WzFd", "W10", "bnVsbA", "W1tbW1s",
                    "WyJvYWlfZGMiLG51bGwsbnVsbCxudWxsLCIwMDAxLTAxLTAxVDAwOjAwOjAwKzE0OjAwIiwwLDAsMF0",
                ]
            ),
        ),
    )
)  # fmt: skip
def test_whatever_is_asked_the_answer_is_valid(client: Client, arguments: dict[str, str]) -> None:
    answer = client.post("/oai", {k: v.encode(errors="replace").decode() for k, v in arguments.items()})
    assert answer.status_code in (200, 429)
    if answer.status_code == 200:
        grammar().assertValid(etree.fromstring(answer.content).getroottree())
