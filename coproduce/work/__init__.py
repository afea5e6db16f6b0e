"""Work that no page waits for: a row in the database, done by a process beside the site.

A task is a function with Django's `@task(takes_context=True)`, asked for with `enqueue` in the
transaction of whoever needs it, so that it is asked for if and only if that is committed. It may be
called twice, and end anywhere: it has to be such that doing it again changes nothing.

- `queue` takes tasks and puts them back, also those a killed process was doing.
- `doing` does one: what goes wrong is tried again, TRIES times in all; then the task is called
  once more, and `has_given_up` tells it to say so where people see it.
- `standing` is how one worker knows that another is alive.
- `worker` goes on until it is told to stop; `coproduce.serving.keeper` keeps workers running.
"""

from coproduce.work.doing import has_given_up, run_ready

__all__ = ["has_given_up", "run_ready"]
