"""What the drills attack: the whole site as in production, on a database of their own.

All attacks come from one place, so the limits of how often one may do something are lifted: a
scanner that is told to wait finds nothing.
"""
# ruff: noqa: E402  the limits must be lifted before anything takes them from their module

import os

os.environ["DJANGO_SETTINGS_MODULE"] = "drills.settings"

from people import limits


def add_nothing(*held: object) -> list[int]:
    return [1] * len(held)


if os.environ.get("DRILL_LIMITS") != "on":
    limits.add = add_nothing

from coproduce.asgi import application

__all__ = ["application"]
