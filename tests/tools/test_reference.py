"""What the documents promise to say: every command, setting, address, table and act, as the source has it."""

import ast
import re

import pytest

from tools.reference import PAGES
from tools.reference.addresses import routes
from tools.reference.commands import ours
from tools.reference.settings import explained, read_in, variables
from tools.reference.sources import REFERENCE, ROOT
from tools.reference.tables import models

# A word in the documents that looks like the name of a file of ours, or of a thing in one.
NAMED = re.compile(r"`((?:[a-z_]+/)+[a-z_]+\.(?:py|toml|html|js|md))(?:::(\w+))?`")
GUIDES = sorted((ROOT / "docs").rglob("*.md"), key=str)


@pytest.mark.parametrize("name", PAGES)
def test_the_reference_is_what_the_source_says(name: str) -> None:
    written = (REFERENCE / name).read_text()
    assert written == PAGES[name](), f"docs/reference/{name} is behind the source: run ./dev reference"


def test_every_variable_the_site_reads_is_explained() -> None:
    assert not set(variables()) - explained(), "missing in the tables of docs/running.md"


def test_no_variable_is_explained_that_nothing_reads() -> None:
    # The runner `./dev` reads these two itself.
    assert explained() - set(variables()) <= {"PORT", "HOST", "UV_PYTHON"}


def test_a_variable_that_somebody_begins_to_read_is_noticed() -> None:
    new = ast.parse('A = whole_number("NEW_ONE", 1)\nB = env.str("NEW_TWO", default="")\nC = print("NOT")')
    assert set(read_in(new)) == {"NEW_ONE", "NEW_TWO"}


def test_every_command_says_what_it_does() -> None:
    assert [name for name, command in ours() if len(command.help) < 20] == []


def test_every_table_and_every_command_is_in_the_reference() -> None:
    tables, commands = (REFERENCE / "tables.md").read_text(), (REFERENCE / "commands.md").read_text()
    assert all(f"{model._meta.app_label}.{model.__name__}\n" in tables for model in models())
    assert all(f"`{name}" in commands for name, _ in ours())


def test_every_address_of_the_access_list_is_in_the_reference() -> None:
    from django.urls import get_resolver

    written = (REFERENCE / "addresses.md").read_text()
    named = {pattern.name for _, pattern in routes(get_resolver()) if pattern.name}
    listed = set(re.findall(r"\| (\w+) \| (?:public|signed in|helper|organiser)", written))
    assert listed <= named
    assert len(listed) > 200


@pytest.mark.parametrize("path", [ROOT / "README.md", *GUIDES], ids=lambda path: path.name)
def test_what_a_document_names_is_there(path: object) -> None:
    for file, thing in NAMED.findall(path.read_text()):
        assert (ROOT / file).exists(), f"{path.name} names {file}, which is not there"
        if thing:
            assert re.search(rf"\b{thing}\b", (ROOT / file).read_text()), f"{file} has no {thing}"


@pytest.mark.parametrize(
    "path", [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *GUIDES], ids=lambda path: path.name
)
def test_no_link_of_a_document_leads_nowhere(path: object) -> None:
    links = re.findall(r"\]\((?!https?:|mailto:|#)([^)#\s]+)", path.read_text())
    assert [link for link in links if not (path.parent / link).exists()] == []
