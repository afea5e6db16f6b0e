"""What a note says as TEI elements, and back: `from_tei(to_tei(pieces))` gives the same pieces.

White space counts in here, so nothing is indented.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from xml.etree.ElementTree import Element, SubElement

from responses.transcription import (
    Gap,
    Guess,
    Illegible,
    Inserted,
    LineBreak,
    NoText,
    Piece,
    Remark,
    Removed,
    Sign,
    Stressed,
    Struck,
    Words,
)

NAMESPACE = "{http://www.tei-c.org/ns/1.0}"
WHOLE = "whole note"
# What XML 1.0 cannot hold, and the line end that it would change.
UNWRITABLE = re.compile("([\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff])")
NESTS: dict[type, tuple[str, dict[str, str]]] = {
    Struck: ("del", {"rend": "strikethrough"}),
    Inserted: ("add", {}),
    Stressed: ("hi", {"rend": "emphasis"}),
}
NESTED = {name: kind for kind, (name, _) in NESTS.items()}


def to_tei(pieces: Iterable[Piece], within: Element) -> None:
    """Write `pieces` into the element `within`, after what it holds."""
    for piece in pieces:
        _write(piece, within)


def from_tei(element: Element) -> tuple[Piece, ...]:
    """The pieces that `element` (an `ab`, a `lem`, an `rdg`) holds; of several readings the accepted one.

    Raises ValueError for an element that `to_tei` never writes.
    """
    accepted = element.find(f"{NAMESPACE}app/{NAMESPACE}lem")
    pieces = _merged(_read(element if accepted is None else accepted))
    return pieces or ((NoText(),) if element.get("subtype") == "no_text" else ())


def add_text(element: Element, text: str) -> None:
    """Put `text` after what `element` holds; a character that XML cannot hold is named by its number."""
    for part in UNWRITABLE.split(text):
        if UNWRITABLE.fullmatch(part):
            SubElement(element, "g", type="control", n=f"{ord(part):04X}")
        else:
            _append(element, part)


def add_label(element: Element, text: str) -> None:
    """The same for elements that hold no named characters except within others."""
    for part in UNWRITABLE.split(text):
        if UNWRITABLE.fullmatch(part):
            add_text(SubElement(element, "hi"), part)
        else:
            _append(element, part)


def _append(element: Element, text: str) -> None:
    if len(element):
        element[-1].tail = (element[-1].tail or "") + text
    else:
        element.text = (element.text or "") + text


def _write(piece: Piece, within: Element) -> None:
    match piece:
        case Words(text):
            add_text(within, text)
        case LineBreak():
            SubElement(within, "lb")
        case Gap():
            _write_gap(piece, within)
        case Guess(candidates):
            holder = within if len(candidates) == 1 else SubElement(within, "choice")
            for candidate in candidates:
                add_text(SubElement(holder, "unclear"), candidate)
        case Struck(inside) | Inserted(inside) | Stressed(inside):
            name, attributes = NESTS[type(piece)]
            element = SubElement(within, name, attributes)
            for each in inside:
                _write(each, element)
        case _:
            _write_label(piece, within)


def _write_gap(gap: Gap, within: Element) -> None:
    extent = {"extent": "unknown"} if gap.extent is None else {"quantity": str(gap.extent)}
    if gap.unit:
        extent["unit"] = f"{gap.unit}s"
    element = SubElement(within, "gap", {"reason": "illegible"} | extent)
    if not gap.certain:
        SubElement(element, "certainty", locus="name", cert="unknown")


def _write_label(piece: Sign | Remark | Removed | NoText | Illegible, within: Element) -> None:
    match piece:
        case Sign(description):
            add_label(SubElement(SubElement(within, "figure"), "figDesc"), description)
        case Remark(text):
            add_text(SubElement(within, "note", type="transcriber"), text)
        case Removed(what):
            gap = SubElement(within, "gap", reason="redacted", extent="unknown")
            add_label(SubElement(gap, "desc"), what)
        case NoText():
            SubElement(within, "space", extent=WHOLE)
        case Illegible():
            SubElement(within, "gap", reason="illegible", extent=WHOLE)


def _read(element: Element) -> Iterator[Piece]:
    """The pieces within `element`; words may come in several."""
    yield Words(element.text or "")
    for child in element:
        yield from _read_child(child)
        yield Words(child.tail or "")


def _read_child(child: Element) -> Iterator[Piece]:
    name = child.tag.removeprefix(NAMESPACE)
    if name in NESTED:
        yield NESTED[name](_merged(_read(child)))
    elif name in READ:
        yield READ[name](child)
    else:
        raise ValueError(f"A note of ours holds no element called {name}.")


def _read_gap(gap: Element) -> Gap | Illegible | Removed:
    if gap.get("reason") == "redacted":
        return Removed(_text_of(gap[0]))
    if gap.get("extent") == WHOLE:
        return Illegible()
    quantity, unit = gap.get("quantity"), gap.get("unit", "").removesuffix("s")
    return Gap(int(quantity) if quantity else None, unit or None, certain=not len(gap))


def _text_of(element: Element) -> str:
    """All the text within, with the characters that only have a number."""
    if element.tag == f"{NAMESPACE}g":
        return chr(int(element.get("n"), 16))
    parts = [element.text or ""]
    for child in element:
        parts += [_text_of(child), child.tail or ""]
    return "".join(parts)


def _merged(pieces: Iterable[Piece]) -> tuple[Piece, ...]:
    """`pieces` with neighbouring words as one, and without empty ones."""
    merged: list[Piece] = []
    for piece in pieces:
        if not isinstance(piece, Words):
            merged.append(piece)
        elif merged and isinstance(merged[-1], Words):
            merged[-1] = Words(merged[-1].text + piece.text)
        elif piece.text:
            merged.append(piece)
    return tuple(merged)


# What an element inside a note stands for; those that hold other pieces are in NESTED.
READ: dict[str, Callable[[Element], Piece]] = {
    "g": lambda element: Words(_text_of(element)),
    "lb": lambda _: LineBreak(),
    "gap": _read_gap,
    "space": lambda _: NoText(),
    "unclear": lambda element: Guess((_text_of(element),)),
    "choice": lambda element: Guess(tuple(map(_text_of, element))),
    "figure": lambda element: Sign(_text_of(element[0])),
    "note": lambda element: Remark(_text_of(element)),
}
