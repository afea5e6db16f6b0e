"""Notes that were searched for as one TEI corpus: valid, nothing named twice, and no word too many."""

import pytest
from lxml import etree

from archive.editions import pieces_of
from archive.tei import from_tei
from archive.tei.corpus import write_corpus
from people.guests import Viewer
from responses.models import Note, Origin, TextState
from tests.archive.take.conftest import NEVER, PUBLIC, RESEARCH, Wall, taking, trusted, wall
from tests.archive.test_tei import HOSTILE, ID, TEI, is_valid, responses

__all__ = ["trusted", "wall"]
pytestmark = pytest.mark.django_db


def corpus(question: str = "", viewer: Viewer | None = None) -> etree._Element:
    asked = taking(question, viewer, restricted=True) if viewer else taking(question)
    tree = etree.fromstring(b"".join(write_corpus(asked)))
    assert is_valid(tree)
    named = [one.get(ID) for one in tree.iter() if isinstance(one.tag, str) and one.get(ID)]
    assert len(named) == len(set(named))
    return tree


def test_everything_is_a_valid_corpus_with_a_part_for_each_event(wall: Wall) -> None:
    tree = corpus()
    assert len(tree.findall(f"{TEI}TEI")) == 2
    assert len(responses(tree)) == wall.number


def test_only_what_was_searched_for_is_in_it(wall: Wall) -> None:
    tree = corpus(f"q={PUBLIC}&event=wall-day")
    assert list(responses(tree)) == [wall.public.identifier]
    assert "4 not in this file, which has what was searched for" in etree.tostring(tree, encoding="unicode")


def test_words_go_into_it_by_consent(wall: Wall, trusted: Viewer) -> None:
    said = etree.tostring(corpus(), encoding="unicode")
    assert not [word for word in (RESEARCH, *NEVER) if word in said]
    assert RESEARCH in etree.tostring(corpus("", trusted), encoding="unicode")


def test_whatever_people_write_is_read_back(wall: Wall) -> None:
    for typed in HOSTILE:
        Note.objects.filter(pk=wall.public.pk).update(text=typed)
        found = responses(corpus("event=wall-day"))[wall.public.identifier]
        assert from_tei(found) == pieces_of(typed, TextState.READ, Origin.OWN_DEVICE)


def test_nothing_found_is_a_valid_corpus_too(wall: Wall) -> None:
    assert responses(corpus("q=nobodysaidthis")) == {}
