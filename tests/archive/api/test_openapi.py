"""The OpenAPI document: valid, and true of every answer."""

import json
import warnings

import jsonschema
import pytest
from django.core.management import call_command
from django.test import Client
from hypothesis import HealthCheck, given, settings
from openapi_spec_validator import validate

from archive.api.all_kinds import KINDS
from archive.api.openapi import document

LISTS = (*KINDS, "search", "tallies", "removed")


def check(schema_name: str, said: dict) -> None:
    of_all = json.loads(json.dumps(document()).replace("#/components/schemas/", "#/$defs/"))
    schema = {"$ref": f"#/$defs/{schema_name}", "$defs": of_all["components"]["schemas"]}
    jsonschema.Draft202012Validator(schema, format_checker=jsonschema.FormatChecker()).validate(said)


@pytest.mark.django_db
def test_the_document_is_valid_and_served(client: Client) -> None:
    served = client.get("/api/openapi.json").json()
    validate(served)
    assert served == json.loads(json.dumps(document()))
    assert {f"/api/v1/{name}" for name in LISTS} <= set(served["paths"])


@pytest.mark.django_db
def test_every_answer_of_the_demo_is_as_the_document_says(client: Client) -> None:
    call_command("seed", verbosity=0)
    for name in LISTS:
        page = client.get(f"/api/v1/{name}?limit=200").json()
        whole = document()["paths"][f"/api/v1/{name}"]["get"]["responses"]["200"]["content"]
        items = whole["application/json"]["schema"]["properties"]["items"]["items"]["$ref"]
        assert page["items"] or name == "removed", name
        for item in page["items"]:
            check(items.rpartition("/")[2], item)
        if name in KINDS:
            one = client.get(f"/api/v1/{name}/{page['items'][0]['id']}").json()
            assert one == page["items"][0]
    notes = client.get("/api/v1/notes").json()["items"]
    for reading in client.get(f"/api/v1/notes/{notes[0]['id']}/readings").json()["items"]:
        check("reading", reading)


@pytest.mark.django_db
def test_every_problem_is_as_the_document_says(client: Client) -> None:
    for address in ("/api/v1/notes?x=1", "/api/v1/notes/x", "/api/v1/cats"):
        check("problem", client.get(address).json())


@pytest.mark.django_db(transaction=True)
def test_no_question_that_fits_the_document_gets_an_answer_that_does_not(live_server: object) -> None:
    """Made-up questions, over the network as any program asks."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import schemathesis
        from schemathesis.specs.openapi import checks

    kept = [
        checks.status_code_conformance,
        checks.content_type_conformance,
        checks.response_schema_conformance,
        checks.response_headers_conformance,
    ]
    for found in schemathesis.openapi.from_dict(document()).get_all_operations():

        @given(case=found.ok().as_strategy())
        @settings(max_examples=6, deadline=None, suppress_health_check=list(HealthCheck))
        def ask(case: schemathesis.Case) -> None:
            answer = case.call(base_url=live_server.url)
            assert answer.status_code < 500
            case.validate_response(answer, checks=kept)

        ask()
