"""The forms in which notes and the whole archive are taken away.

A form is a name and a function that writes bytes; another one is another line in FORMS.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy

from archive.qda import codes, project
from archive.take import bag, deposit, package, references, tabular
from archive.take.looking_through import look_through
from archive.take.rows import Taking
from archive.tei import corpus

FEW, MANY = 5_000, 50_000  # rows that are answered at once; more is made by a worker


def _nothing() -> str:
    return ""


@dataclass(frozen=True, slots=True)
class Form:
    """A form that notes take: `write` gives the file piece by piece, within one snapshot.

    `at_once` is how many rows are answered while somebody waits; a worker makes more than that.
    `most` is how many there can be at all. `missing` says why it cannot be made here, if it cannot.
    """

    name: str
    label: str
    suffix: str
    media_type: str
    write: Callable[[Taking], Iterator[bytes]]
    good_for: str = ""
    at_once: int = MANY
    most: int | None = None
    # How many bytes a row takes on the average, where that can be said beforehand.
    row_size: int = 0
    is_of_everything: bool = False
    # Whether photographs are in it, or named: they can leave sight while no note does.
    holds_photos: bool = False
    missing: Callable[[], str] = _nothing
    # What is kept beside the file for those who look after it.
    beside: Callable[[Taking], Iterator[bytes]] | None = None


def _no_parquet() -> str:
    return "" if tabular.has_parquet() else tabular.NO_PARQUET


CSV = "text/csv; charset=utf-8; header=present"
ROWS = (
    Form(
        "spreadsheet", gettext_lazy("CSV for spreadsheets"), "-for-spreadsheets.csv",
        CSV, tabular.csv_for_spreadsheets,
        gettext_lazy("Excel, LibreOffice and Numbers. Nothing in it can act as a formula."),
        row_size=460,
    ),
    Form(
        "csv", "CSV, exact", ".csv", CSV, tabular.csv_exact,
        gettext_lazy("R, Python, SPSS and Stata. Every character as it was."),
        row_size=400,
    ),
    Form(
        "xlsx", gettext_lazy("Excel workbook"), ".xlsx",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", tabular.xlsx,
        format_lazy(
            gettext_lazy("Excel, with the meaning of each column. At most {most} rows, Excel’s own limit."),
            most=f"{tabular.MOST_XLSX:,}",
        ),
        at_once=FEW, most=tabular.MOST_XLSX, row_size=170,
    ),
    Form(
        "jsonl", "JSON Lines", ".jsonl", "application/jsonl; charset=utf-8", tabular.json_lines,
        gettext_lazy("Programs that read a line at a time. True numbers, lists and empty values."),
        row_size=830,
    ),
    Form(
        "json", "JSON", ".json", "application/json", tabular.json_array,
        gettext_lazy("Programs that read all at once."),
        row_size=830,
    ),
    Form(
        "parquet", "Parquet", ".parquet", "application/vnd.apache.parquet", tabular.parquet,
        gettext_lazy("DuckDB, Arrow and pandas. Small, and quick to count a million rows."),
        missing=_no_parquet, row_size=110,
    ),
    Form(
        "ris", "RIS", ".ris", "application/x-research-info-systems", references.ris,
        gettext_lazy("Zotero, EndNote and Mendeley: a reference for each note that everybody can open."),
        at_once=FEW, row_size=640,
    ),
    Form(
        "bibtex", "BibTeX", ".bib", "application/x-bibtex; charset=utf-8", references.bibtex,
        gettext_lazy("LaTeX and JabRef: the same references."), at_once=FEW, row_size=690,
    ),
    Form(
        "csl", "CSL-JSON", ".csl.json", "application/vnd.citationstyles.csl+json", references.csl_json,
        gettext_lazy("Pandoc, Quarto and citation programs: the same references."), at_once=FEW, row_size=750,
    ),
)  # fmt: skip
PACKAGES = (
    Form(
        "package", "Data Package", "-package.zip", "application/zip", package.write_package,
        gettext_lazy(
            "R, Python and DuckDB: these notes with all tables around them, typed and "
            "described, and checksums."
        ),
        at_once=0, is_of_everything=True,
    ),
    Form(
        "bag", gettext_lazy("Bag for deposit"), "-bag.zip", "application/zip", bag.write_bag,
        gettext_lazy(
            "A repository: the same as an RO-Crate in a BagIt bag, ready for Zenodo or a "
            "data archive."
        ),
        at_once=0, is_of_everything=True,
    ),
    Form(
        "datacite", "DataCite JSON", ".datacite.json", "application/json", deposit.write_datacite,
        gettext_lazy("The form of a repository: who, what, when and under which terms."),
    ),
)  # fmt: skip
# Each event as a text, for programs that code words or encode them.
TEXTS = (
    Form(
        "qdpx", "REFI-QDA project", ".qdpx", "application/zip", project.write_project,
        gettext_lazy(
            "NVivo, ATLAS.ti, MAXQDA: a text for each event, and each note coded by "
            "principle and mark."
        ),
        at_once=FEW, holds_photos=True,
    ),
    Form(
        "qdc", "REFI-QDA codebook", ".qdc", "application/xml", codes.write_codebook,
        gettext_lazy("The same programs: principles, marks and states of the words as codes, without notes."),
    ),
    Form(
        "tei", "TEI corpus", ".tei.xml", "application/tei+xml", corpus.write_corpus,
        gettext_lazy(
            "Editors of texts: each note encoded with its gaps, guesses and other readings, "
            "event by event."
        ),
        at_once=FEW, holds_photos=True,
    ),
)  # fmt: skip
FORMS: tuple[Form, ...] = (*ROWS, *TEXTS, *PACKAGES)
# The bag as it goes out under a number; nobody but stewards asks for it.
RELEASE = Form(
    "release", gettext_lazy("Release"), "-release.zip", "application/zip", bag.write_bag,
    at_once=0, is_of_everything=True, beside=look_through,
)  # fmt: skip


def form_called(name: str) -> Form:
    """Raises KeyError for a name that no form has."""
    return {form.name: form for form in (*FORMS, RELEASE)}[name]
