"""The API as an OpenAPI 3.1 document, made of the same declarations that write its answers."""

from collections.abc import Sequence
from functools import cache

from django.conf import settings
from django.urls import reverse

from archive.api import counting, finding, problems, readings
from archive.api.all_kinds import KINDS
from archive.api.facts import MOMENT, WORDS, Schema, record, several
from archive.api.kinds import Kind
from archive.api.lists import REMOVED, parameters_of
from archive.api.parameters import FIELDS, Parameter
from archive.harvest.gone import GONE

Json = dict[str, object]
ROOT = "/api/v1"
ABOUT = (
    "What everybody may see of the archive, as JSON. Nothing changes its place in a list: walk on with "
    "`next` and you get everything that was there when you began once, whatever changes meanwhile. Keep "
    "what you took up to date with `since`, and take out what `/removed` names. Sixty questions a minute "
    "from one network."
)
REMOVED_SCHEMA = record(
    {"kind": {"type": "string", "enum": list(GONE)}, "id": WORDS, "since": MOMENT},
)
ID: Json = {
    "name": "identifier", "in": "path", "required": True, "description": "Its permanent id.",
    "schema": {"type": "string", "pattern": "^[0-9a-z]{1,20}$"},
}  # fmt: skip


@cache
def document() -> Json:
    """The whole document; the same for as long as the site runs."""
    return {
        "openapi": "3.1.0",
        "info": {"title": f"{settings.SITE_NAME}: the archive", "version": "1", "description": ABOUT},
        "servers": [{"url": settings.SITE_URL}],
        "externalDocs": {"url": settings.SITE_URL + reverse("api")},
        "paths": _paths(),
        "components": {"schemas": _schemas(), "responses": _problems(), "headers": _headers()},
    }


def item_schema(kind: Kind) -> Json:
    """What one item is: every fact it can have, the id always, and nothing else."""
    facts = {fact.name: dict(fact.schema) | {"description": fact.about} for fact in kind.facts}
    return {"type": "object", "properties": facts, "required": ["id"], "additionalProperties": False}


def list_schema(of: Schema) -> Json:
    following = {"type": ["string", "null"], "format": "uri", "description": "What follows; null at the end."}
    version = {"type": "string", "description": "The version of the data that this was made from."}
    return record({"items": several(of), "next": following, "data_version": version})


def _paths() -> Json:
    paths: Json = {}
    for kind in KINDS.values():
        item = {"$ref": f"#/components/schemas/{kind.one}"}
        paths[f"{ROOT}/{kind.name}"] = _list(kind.name, kind.about, parameters_of(kind), item)
        paths[f"{ROOT}/{kind.name}/{{identifier}}"] = _one(kind, item)
    paths[f"{ROOT}/notes/{{identifier}}/readings"] = _readings()
    about = "Counts of every note on the wall at each station, as on the pages, and what was said against it."
    paths[f"{ROOT}/tallies"] = _list("tallies", about, counting.PARAMETERS, _ref("tally"))
    about = "All kinds at once, as the search page finds them; words stand in the other lists."
    paths[f"{ROOT}/search"] = _list("search", about, finding.PARAMETERS, _ref("hit"))
    about = "What was public and is not any more, by when it went: please take it out of what you keep."
    paths[f"{ROOT}/removed"] = _list("removed", about, REMOVED, _ref("removal"))
    return paths


def _list(name: str, about: str, parameters: Sequence[Parameter], item: Json) -> Json:
    told = _answer("One page.", list_schema(item), *STANDARD, "Link")
    return _get(f"list_{name}", about, [_parameter(one) for one in parameters], told, "400", "429")


def _one(kind: Kind, item: Json) -> Json:
    told = _answer(f"The {kind.one}.", item, *STANDARD)
    return _get(
        f"one_{kind.one}", f"One {kind.one}.", [ID, _parameter(FIELDS)], told, "400", "404", "410", "429"
    )


def _readings() -> Json:
    told = _answer("Its readings, the first first.", list_schema(_ref("reading")), *STANDARD)
    about = "How the words of a note were read, each time."
    return _get("readings_of_note", about, [ID], told, "400", "404", "410", "429")


def _get(name: str, about: str, parameters: Sequence[Json], told: Json, *wrong: str) -> Json:
    problems_told = {status: {"$ref": f"#/components/responses/problem_{status}"} for status in wrong}
    answers = {"200": told, "304": {"description": "Nothing changed since you asked."}, **problems_told}
    return {
        "get": {"operationId": name, "summary": about, "parameters": list(parameters), "responses": answers},
    }


def _parameter(one: Parameter) -> Json:
    schema = several(one.schema) if one.is_repeated else one.schema
    more = {"style": "form", "explode": True} if one.is_repeated else {}
    return {"name": one.name, "in": "query", "description": one.about, "schema": schema, **more}


def _answer(about: str, schema: Json, *headers: str) -> Json:
    named = {name: {"$ref": f"#/components/headers/{name}"} for name in headers}
    return {
        "description": about,
        "headers": named,
        "content": {"application/json": {"schema": schema}},
    }


STANDARD = ("X-Data-Version", "X-Settled-Until", "ETag")


def _headers() -> Json:
    said = {
        "X-Data-Version": "The version of the data that this was made from.",
        "X-Settled-Until": "Up to when every change is in sight: ask with it as `since` next time.",
        "ETag": "A mark of the content, for If-None-Match.",
        "Link": "What follows, as rel=next.",
    }
    return {name: {"description": about, "schema": {"type": "string"}} for name, about in said.items()}


def _schemas() -> Json:
    of_kinds = {kind.one: item_schema(kind) for kind in KINDS.values()}
    others = {
        "tally": counting.SCHEMA,
        "hit": finding.SCHEMA,
        "reading": readings.SCHEMA,
        "removal": REMOVED_SCHEMA,
        "problem": problems.SCHEMA,
    }
    return {**of_kinds, **others}


WRONG = {
    "400": "What was asked is not understood; detail says what to do.",
    "404": "There is no such thing, or not for everybody.",
    "410": "It was public once and is not any more.",
    "429": "Too many questions at once; Retry-After says when it works again, in seconds.",
}


def _problems() -> Json:
    content = {problems.MEDIA_TYPE: {"schema": _ref("problem")}}
    return {
        f"problem_{status}": {"description": about, "content": content} for status, about in WRONG.items()
    }


def _ref(name: str) -> Json:
    return {"$ref": f"#/components/schemas/{name}"}
