"""What `./dev` serves: the site, which shows edited templates without being started again."""

import threading

from django.template.autoreload import get_template_directories, reset_loaders
from watchfiles import watch

from coproduce.asgi import application

__all__ = ["application"]


def forget_edited_templates() -> None:
    for _ in watch(*get_template_directories()):
        reset_loaders()


threading.Thread(target=forget_edited_templates, daemon=True).start()
