"""XML a piece at a time."""

from collections.abc import Iterable
from xml.etree.ElementTree import Element, SubElement, tostring

from archive.qda.guids import guid_of
from archive.qda.plain import fit

DECLARATION = '<?xml version="1.0" encoding="utf-8"?>\n'
SPACE = "urn:QDA-XML:{}:1.0"


def told(name: str, text: str) -> Element:
    """An element that holds nothing but `text`."""
    element = Element(name)
    element.text = fit(text)
    return element


def pointing(name: str, guid: str) -> Element:
    """A reference to what has this GUID."""
    return Element(name, {"targetGUID": guid})


def add_codings(within: Element, codes: Iterable[str], *thing: str) -> None:
    """Code `within` with each of these codes; `thing` tells it from every other."""
    for code in codes:
        coding = SubElement(within, "Coding", {"guid": guid_of("coding", *thing, code)})
        coding.append(pointing("CodeRef", code))


def as_text(element: Element) -> str:
    return tostring(element, encoding="unicode") + "\n"


def opening(name: str, attributes: dict[str, str]) -> str:
    """The start tag of an element whose content comes piece by piece."""
    return tostring(Element(name, attributes), encoding="unicode").removesuffix(" />") + ">\n"
