"""Citations as files are read back as they were meant, whatever stands in a title."""

import json

import bibtexparser
import pytest
import rispy
from bibtexparser.middlewares import LatexDecodingMiddleware
from hypothesis import given
from hypothesis import strategies as st

from archive.cite.bibtex import to_bibtex
from archive.cite.creators import Creator, body, person
from archive.cite.csl import to_csl
from archive.cite.dates import parts_of, slashed, year_of
from archive.cite.lines import on_one_line
from archive.cite.ris import to_ris
from archive.cite.work import KINDS, Work, shortened
from tests.archive.cite.works import ADDRESS, a_work

HOSTILE = [
    r"{unbalanced \ & % $ # _ ~ ^ @misc{x,",
    'TY  - JOUR\r\nER  - \r\nTI  - "Another" one',
    "}} , title = {gone}",
    "</script><!-- <b>bold</b> ]]>",
    "Zwölf Boxkämpfer 😀 “quoted” — it’s\u2028next\u2029line\x00\x1b",
    "AU  - Somebody, Else",
]
ANY_WORDS = st.text(alphabet=st.characters(exclude_categories=("Cs",)), max_size=200) | st.sampled_from(
    HOSTILE
)
# What the reader of BibTeX takes for LaTeX of its own, or for a sign that looks like another one.
LOOKALIKES = str.maketrans({"ˆ": "^", "˜": "~"})


def read_ris(text: str) -> list[dict]:
    return rispy.loads(text)


def read_bibtex(text: str) -> list[bibtexparser.model.Entry]:
    library = bibtexparser.parse_string(text, append_middleware=[LatexDecodingMiddleware()])
    assert library.failed_blocks == []
    assert library.strings == []
    return library.entries


@given(title=ANY_WORDS, name=ANY_WORDS)
def test_any_words_come_back_from_ris_in_one_record(title: str, name: str) -> None:
    (record,) = read_ris("".join(to_ris([a_work(title, creators=(body(name),))])))
    assert record.get("title", "") == on_one_line(title)
    assert record["type_of_reference"] == "MANSCPT"
    assert len(record.get("authors", [])) == 1


@given(title=ANY_WORDS)
def test_any_words_come_back_from_csl(title: str) -> None:
    (item,) = json.loads("".join(to_csl([a_work(title)])))
    assert item.get("title", "") == on_one_line(title)


@pytest.mark.parametrize("title", HOSTILE)
def test_hostile_words_come_back_from_bibtex_in_one_entry(title: str) -> None:
    (entry,) = read_bibtex("".join(to_bibtex([a_work(title)])))
    assert entry.fields_dict["title"].value.translate(LOOKALIKES) == on_one_line(title)


@given(title=ANY_WORDS)
def test_no_words_break_out_of_a_bibtex_entry(title: str) -> None:
    library = bibtexparser.parse_string(
        "".join(to_bibtex([a_work(title), a_work("The next one.", version=3)]))
    )
    assert library.failed_blocks == []
    assert [entry.key for entry in library.entries] == ["note-76mj3zr5q7-v2", "note-76mj3zr5q7-v3"]
    assert set(library.entries[0].fields_dict) == set(library.entries[1].fields_dict) | (
        set() if on_one_line(title) else {"title"}
    )


def test_many_are_written_one_after_another() -> None:
    works = [a_work(), a_work("Another.", kind="post", identifier="b7trcc3tk4")]
    assert [one["title"] for one in read_ris("".join(to_ris(works)))] == ["Say who decides.", "Another."]
    assert len(read_bibtex("".join(to_bibtex(works)))) == 2
    assert len(json.loads("".join(to_csl(works)))) == 2
    assert json.loads("".join(to_csl([]))) == []


def test_ris_has_the_tags_that_zotero_files() -> None:
    text = "".join(to_ris([a_work()]))
    assert "TY  - MANSCPT\r\n" in text
    assert "AU  - Bread and Roses Leeds,\r\n" in text
    assert "DA  - 2019/03/06\r\n" in text
    assert "AV  - Wall day, The wall, POW-15\r\n" in text
    assert "DB  - Coproduce\r\n" in text
    assert "M3  - sticky note, from paper\r\n" in text
    assert "ET  - 2\r\n" in text
    assert text.endswith("ER  - \r\n\r\n")
    assert not {kind.ris for kind in KINDS.values()} & {"GEN", "UNPB", "JOUR"}


def test_a_body_stays_whole_in_bibtex() -> None:
    assert "author = {{Bread and Roses, Leeds}}" in "".join(to_bibtex([a_work()]))


def test_csl_names_people_and_bodies_apart() -> None:
    creators = (person("Ada Okoro"), person("Ludwig van Beethoven"), body("The Loaf"))
    (item,) = json.loads("".join(to_csl([a_work(creators=creators, issued="2018-11-05/2018-11-07")])))
    assert item["author"] == [
        {"family": "Okoro", "given": "Ada"},
        {"family": "van Beethoven", "given": "Ludwig"},
        {"literal": "The Loaf"},
    ]
    assert item["issued"] == {"date-parts": [[2018, 11, 5], [2018, 11, 7]]}
    assert item["type"] == "manuscript"


@pytest.mark.parametrize("name", ["Cher", "Ada Okoro and Ben", "The Loaf (Leeds)", "Okoro, Ada", "A; B"])
def test_what_is_no_plain_name_of_one_person_is_not_taken_apart(name: str) -> None:
    assert person(name) == Creator(name)


@pytest.mark.parametrize(
    ("work", "address", "edition"),
    [
        (a_work(), f"{ADDRESS}v/2/", "2"),
        (a_work().latest, ADDRESS, ""),
        (a_work(version=None, version_url=""), ADDRESS, ""),
    ],
)
def test_the_address_is_that_of_the_version_unless_the_latest_is_asked_for(
    work: Work, address: str, edition: str
) -> None:
    assert (work.address, work.edition) == (address, edition)
    (item,) = json.loads("".join(to_csl([work])))
    assert (item["URL"], item.get("version", "")) == (address, edition)


@pytest.mark.parametrize(
    ("stated", "edtf"),
    [("2016–17", "2016/2017"), ("2018", "2018"), ("c. 2019, revised 2021", "2019"), ("", ""), ("soon", "")],
)
def test_a_stated_year_is_read_as_far_as_it_goes(stated: str, edtf: str) -> None:
    assert year_of(stated) == edtf


@pytest.mark.parametrize(
    ("edtf", "ris", "parts"),
    [
        ("2019-03-06", "2019/03/06", [[2019, 3, 6]]),
        ("2018-11", "2018/11//", [[2018, 11]]),
        ("2018", "2018///", [[2018]]),
        ("2016/2017", "2016///", [[2016], [2017]]),
        ("", "", []),
    ],
)
def test_a_date_is_as_precise_as_it_is_known(edtf: str, ris: str, parts: list) -> None:
    assert (slashed(edtf), parts_of(edtf)) == (ris, parts)


def test_long_words_are_cut_between_words() -> None:
    cut = shortened("word " * 60)
    assert len(cut) <= 120
    assert cut.endswith("word…")
    assert shortened("x" * 500) == "x" * 119 + "…"
