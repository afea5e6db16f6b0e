"""The demo served as in production, for tools that look at it from outside."""

from collections.abc import Iterator
from contextlib import contextmanager, redirect_stdout
from io import StringIO

from django.core.management import call_command

from bench.place import own_database
from tools.serving import collect_static, serving_streams, settings_of_production


@contextmanager
def production_site() -> Iterator[str]:
    """The address of the demo on a database of its own, gone when the block ends."""
    with own_database() as database, redirect_stdout(StringIO()):
        call_command("seed", verbosity=0)
        environment = settings_of_production(BENCH_DATABASE=database)
        collect_static(environment)
        with serving_streams("tools.production_application:application", **environment) as (address, _):
            yield address
