"""Rows like one that is there already, for what is measured beside the ORM."""

from django.db.backends.utils import CursorWrapper
from django.db.models import Model


def like(pattern: Model) -> dict[str, object]:
    """The columns and values of a row, without the primary key and what the database works out."""
    ours = [field for field in pattern._meta.local_concrete_fields if not field.generated]
    fields = [field for field in ours if not field.primary_key and not field.has_db_default()]
    return {field.column: getattr(pattern, field.attname) for field in fields}


def insert(cursor: CursorWrapper, model: type[Model], row: dict[str, object], table: str = "") -> int:
    """Insert `row` into the model's table, or another of its shape; returns the primary key."""
    columns, places = ", ".join(row), ", ".join(["%s"] * len(row))
    table = table or model._meta.db_table
    cursor.execute(f"INSERT INTO {table} ({columns}) VALUES ({places}) RETURNING id", list(row.values()))
    return cursor.fetchone()[0]
