"""Every act on an event and on what is in it.

What belongs to an event is worked out from the tables: a new one that leads to the event is in its log
without anybody having to think of it.
"""

from collections.abc import Iterator
from functools import cache

from django.apps import apps
from django.db import models
from django.db.models import Q, QuerySet
from django.db.models.functions import Cast

from events.models import Event
from people.guests import Viewer
from people.models import Act

Part = tuple[type[models.Model], str]


def acts_in(event: Event, viewer: Viewer) -> QuerySet[Act]:
    """The acts on `event` and what is in it, for those who organise it; what was deleted left its acts."""
    if not event.is_run_by(viewer):
        return Act.objects.none()
    about = Q()
    for model, path in parts():
        about |= Q(subject_kind__in=_names(model), subject__in=_subjects(model, path, event))
    return Act.objects.filter(about)


def _names(model: type[models.Model]) -> list[str]:
    """What the trace calls rows of `model`: a board is an activity under a name of its own."""
    alike = [one for one in apps.get_models() if one._meta.concrete_model is model]
    return [str(one._meta.verbose_name) for one in alike]


def _subjects(model: type[models.Model], path: str, event: Event) -> QuerySet:
    """How the trace names the rows of `model` that belong to `event`; see people.trace."""
    rows = model._base_manager.filter(**{path: event.pk})
    if any(field.name == "identifier" for field in model._meta.fields):
        return rows.values("identifier")
    return rows.annotate(as_subject=Cast("pk", models.CharField())).values("as_subject")


@cache
def parts() -> tuple[Part, ...]:
    """Every table that leads to an event, by the shortest way, with that way as a look-up."""
    found: dict[type[models.Model], str] = {Event: "pk"}
    waiting = [Event]
    while waiting:
        for model, path in _leading_to(of := waiting.pop(0), found[of]):
            if model not in found:
                found[model] = path
                waiting.append(model)
    return tuple(found.items())


def _leading_to(of: type[models.Model], path: str) -> Iterator[Part]:
    """The tables of the project that name a row of `of`."""
    for relation in of._meta.related_objects:
        model = relation.related_model
        if not (relation.many_to_many or model._meta.auto_created):
            name = relation.field.name
            yield model, name if of is Event else f"{name}__{path}"
