"""The four styles say who, when, what and where, and change nobody's words."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archive.cite.creators import body, person
from archive.cite.of_data import dataset
from archive.cite.styles import STYLES, in_style
from archive.cite.work import KINDS
from tests.archive.cite.works import a_work

TODAY = date(2026, 11, 22)


def test_a_note_in_each_style() -> None:
    said = {name: in_style(a_work(creators=(body("The Loaf"),)), name, TODAY) for name in STYLES}
    where = "<i>Wall day, The wall, POW-15</i>. Coproduce"
    at = "https://memory.example/r/76mj3zr5q7/v/2/"
    assert said == {
        "harvard": f"The Loaf (2019) ‘Say who decides’, {where}. Available at: {at} "
        "(Accessed: 22 November 2026).",
        "apa": "The Loaf. (2019). <i>Say who decides</i> (Version 2) [Sticky note, from paper]. "
        f"Coproduce (Wall day, The wall, POW-15). {at}",
        "chicago": "The Loaf. 2019. ‘Say who decides’. Sticky note, from paper. Version 2. March 6. "
        f"Wall day, The wall, POW-15. Coproduce. {at}.",
        "mla": "The Loaf. ‘Say who decides’. Sticky note, from paper. Version 2, 6 Mar. 2019, Coproduce, "
        f"Wall day, The wall, POW-15, {at}.",
    }


@pytest.mark.parametrize("name", STYLES)
def test_words_are_printed_as_they_were_written(name: str) -> None:
    said = in_style(a_work("who DECIDES & why <b>not</b> {us} \\ i see"), name, TODAY)
    assert "who DECIDES &amp; why &lt;b&gt;not&lt;/b&gt; {us} \\ i see" in said


@pytest.mark.parametrize("name", STYLES)
@given(title=st.text(alphabet=st.characters(exclude_categories=("Cs", "Cc", "Co")), min_size=1, max_size=60))
@settings(max_examples=25)
def test_no_words_become_markup(name: str, title: str) -> None:
    said = in_style(a_work(f"<{title}>"), name, TODAY)
    assert "<" not in said.replace("<i>", "").replace("</i>", "")


@pytest.mark.parametrize("name", STYLES)
@pytest.mark.parametrize("issued", ["2018-11-05/2018-11-07", "2016/2017", "2018", "2018-11", ""])
@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_with_every_precision_of_date_can_be_printed(name: str, kind: str, issued: str) -> None:
    said = in_style(a_work(kind=kind, issued=issued, creators=(person("Ada Okoro"),)), name, TODAY)
    assert "Say who decides" in said
    assert "Okoro" in said
    assert issued[:3] in said


@pytest.mark.parametrize("name", STYLES)
def test_what_has_no_author_is_said_once_and_by_the_site(name: str) -> None:
    said = in_style(a_work(creators=()), name, TODAY)
    assert said.startswith("Coproduce")
    assert said.count("Say who decides") == 1


@pytest.mark.parametrize("name", ["apa", "chicago", "mla"])
def test_a_set_of_data_names_its_version(name: str) -> None:
    work = dataset("Notes with “power”", "/search/?q=power", "2026-11-22T10:00:00.000000Z")
    assert "version 2026-11-22T10:00:00.000000Z" in in_style(work, name, TODAY)
