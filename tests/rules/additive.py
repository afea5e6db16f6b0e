"""Whether a migration leaves the running code, which is one release older, able to work."""

import inspect
import re
from importlib import import_module
from types import ModuleType

from django.db.migrations import operations
from django.db.migrations.operations.base import Operation
from django.db.models import NOT_PROVIDED, Field

# Whoever takes something away says in a comment which release stopped using it.
MARK = "# contract:"
TAKES_AWAY = (
    operations.RemoveField, operations.DeleteModel, operations.RenameField, operations.RenameModel,
    operations.AlterModelTable,
)  # fmt: skip
BREAKING_SQL = re.compile(
    r"\b(DROP\s+(TABLE|COLUMN|VIEW)|RENAME|ALTER\s+(COLUMN\s+)?\S+\s+TYPE|SET\s+NOT\s+NULL|TRUNCATE)\b",
    re.IGNORECASE,
)


def flaws_of(module: ModuleType) -> list[str]:
    """A sentence for each operation that running code would not survive; none where it is a contraction."""
    if MARK in inspect.getsource(module):
        return []
    done = module.Migration.operations
    new = {operation.name.lower() for operation in done if isinstance(operation, operations.CreateModel)}
    return [said for operation in _flat(done) if (said := _flaw(operation, new))]


def _flat(done: list[Operation]) -> list[Operation]:
    inner = [one for each in done for one in _flat(getattr(each, "database_operations", []))]
    return [*done, *inner]


def _flaw(operation: Operation, new: set[str]) -> str:
    if getattr(operation, "model_name", "").lower() in new:
        return ""  # no code knows the table yet
    if isinstance(operation, TAKES_AWAY):
        return f"{type(operation).__name__} takes away what running code uses."
    if isinstance(operation, operations.AddField) and not _can_be_left_out(operation.field):
        return f"Running code inserts rows without {operation.name}: give it null=True or a db_default."
    if isinstance(operation, operations.AlterField):
        return f"AlterField of {operation.name} may rewrite the table: add another column instead."
    if type(operation) is operations.AddIndex:
        return "AddIndex keeps writers waiting: use AddIndexConcurrently, with atomic = False."
    if isinstance(operation, operations.RunSQL) and BREAKING_SQL.search(str(operation.sql)):
        return "Its SQL takes away or rewrites what running code uses."
    return ""


def _can_be_left_out(field: Field) -> bool:
    return field.null or field.many_to_many or field.db_default is not NOT_PROVIDED or field.generated


def module_of(app: str, name: str) -> ModuleType:
    return import_module(f"{app}.migrations.{name}")
