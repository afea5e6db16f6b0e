"""What a package says to whoever opens it: what it is, how to read it, and how to cite it."""

from collections.abc import Iterable

from django.conf import settings

from archive.take.moment import About
from archive.take.pack import Packed
from archive.take.table import Field, Table

README = """# {title}

{site}, {address}
Version of the data: {version}

{rights}

## What is in it

{tables}

`data-dictionary.md` says what every column means. `datapackage.json` says the same to programs, with the
size and SHA-256 of each table: a file that was cut off or changed does not match it.

## How to cite it

{site}. {work}. Version of {day}. {url}

Cite a single note by its `permalink`, and by its label and event. What it said at an earlier reading keeps an
address of its own.

## Terms

Each row of `notes.csv` has the terms of its own in `licence` and `rights`: what whoever wrote it lets others
do. Beyond that no licence is given. No name is on any note. Please try to find none.

A note can be withdrawn at any time. Before you publish, fetch the data again and leave out what is not in it
any more: the permanent address of a withdrawn note says so, and shows no words.

## Before you count

- Every note that counts has a row, also one without words, and one whose words are kept to its board:
  `words_withheld` says why they are not here. Leaving out rows without words changes every count.
- `stated_count` of a station is what its record says. It can differ from the rows here; neither is corrected.
- `not_recorded` is a value of its own. A percentage has to say of what it is one.
- A note answers the wording in `wordings`, which may not be today's.
- A board with `may_include_under_18s` may hold notes of children: in a table of your own, show no count below
  five from it.
- What is `is_invented` is demonstration, and nobody said it.

## How paper notes were transcribed

Nothing is corrected. `[no text]` is a note without words, `[illegible]` one nobody could read, `[...]` or
`[2 words]` a gap, `[word?]` a best guess and `[one/other?]` several with the likeliest first, `~~word~~`
struck out, `[inserted: word]` added by the writer, `*word*` stressed, `[drawing: arrow]` a sign,
`[note: ...]` a reader's remark, `[removed: ...]` taken out by the organisers. The column `plain` says the
same in words.

## How the files are written

Tables are CSV as RFC 4180 has it: UTF-8 without a mark, commas, CRLF, every character as it was. An empty
cell is a value that was not recorded or does not apply. Times are UTC. A cell may begin with a sign that a
spreadsheet takes for a formula: open the tables by importing them as text.
"""


def readme(told: About, tables: Iterable[Packed]) -> str:
    return README.format(
        title=told.work.title,
        site=settings.SITE_NAME,
        address=settings.SITE_URL,
        version=told.data_version,
        rights=told.rights,
        tables="\n".join(f"- `{one.name}`: {one.rows} rows" for one in tables),
        work=told.work.title,
        day=told.day,
        url=told.work.url,
    )


def dictionary(tables: Iterable[Table]) -> str:
    """Every column of every table, and what its values mean."""
    return "# What every column means\n" + "".join(map(_of_table, tables))


def _of_table(table: Table) -> str:
    key = ", ".join(f"`{name}`" for name in table.key)
    lines = "".join(map(_of_field, table.fields))
    return f"\n## {table.title} (`{table.name}.csv`)\n\n{table.about} Told apart by {key}.\n\n{lines}"


def _of_field(field: Field) -> str:
    points = f" Points to `{field.at[1]}` in `{field.at[0]}.csv`." if field.at else ""
    values = "".join(f"  - `{value}`{': ' + label if label else ''}\n" for value, label in field.values)
    return f"- `{field.name}` ({field.type}): {field.meaning}{points}\n{values}"
