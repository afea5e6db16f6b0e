"""Every command of our own, with what it says of itself."""

from collections.abc import Iterator

from django.core.management import get_commands, load_command_class
from django.core.management.base import BaseCommand

from tools.reference.sources import APPS, page, table

# What every command of Django takes besides.
USUAL = {"help", "version", "verbosity", "settings", "pythonpath", "traceback", "no_color", "force_color"}
SELDOM = {"skip_checks"}


def ours() -> Iterator[tuple[str, BaseCommand]]:
    for name, app in sorted(get_commands().items()):
        if app in APPS:
            yield name, load_command_class(app, name)


def words_of(name: str, command: BaseCommand) -> tuple[str, ...]:
    """The row of one command: how it is called, and what it does."""
    parser = command.create_parser("manage.py", name)
    given = [action for action in parser._actions if action.dest not in USUAL | SELDOM]
    words = [option_words(action.option_strings, action.metavar or action.dest) for action in given]
    return f"`{' '.join([name, *words])}`", command.help


def option_words(options: list[str], name: str) -> str:
    return f"[{options[-1]}]" if options else str(name).upper()


def commands() -> str:
    about = "After `./dev` in development, and after `python manage.py` where the site runs."
    rows = (words_of(name, command) for name, command in ours())
    return page("Commands", about, table(("command", "what it does"), rows))
