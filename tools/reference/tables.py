"""Every table with its columns, and what each model says of itself."""

import inspect
from collections.abc import Iterator

from django.apps import apps
from django.db.models import Model

from tools.reference.sources import APPS, first_sentence, page


def models() -> Iterator[type[Model]]:
    for app in APPS:
        for model in sorted(apps.get_app_config(app).get_models(), key=lambda one: one.__name__):
            if not model._meta.proxy:
                yield model


def described(model: type[Model]) -> list[str]:
    columns = ", ".join(field.name for field in model._meta.local_fields)
    heading = f"### {model._meta.app_label}.{model.__name__}"
    return [heading, "", first_sentence(inspect.getdoc(model)), "", f"Columns: {columns}.", ""]


def tables() -> str:
    about = "How long a column that holds something of a person is kept stands in archive/retention.toml."
    return page("Tables", about, *(line for model in models() for line in described(model)))
