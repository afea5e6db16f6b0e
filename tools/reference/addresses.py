"""Every address, who may open it, and what its view says of itself."""

import inspect
import tomllib
from collections.abc import Iterator

from django.urls import URLPattern, URLResolver, get_resolver

from tools.reference.sources import ROOT, first_sentence, page, table

ACCESS = ROOT / "coproduce" / "access.toml"


def routes(resolver: URLResolver, before: str = "") -> Iterator[tuple[str, URLPattern]]:
    for pattern in resolver.url_patterns:
        where = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from routes(pattern, where)
        else:
            yield where, pattern


def rows(names: dict[str, str]) -> Iterator[tuple[str, ...]]:
    for where, pattern in routes(get_resolver()):
        if pattern.name in names:
            said = first_sentence(inspect.getdoc(inspect.unwrap(pattern.callback)))
            yield f"`/{where}`", pattern.name, names[pattern.name], said


def addresses() -> str:
    about = (
        "coproduce/access.toml says who may open an address; what it shows is the rule of sight's business."
    )
    parts = []
    for app, names in tomllib.loads(ACCESS.read_text()).items():
        parts += [f"## {app}", "", table(("address", "name", "who", "what"), rows(names))]
    return page("Addresses", about, *parts)
