"""The site as one ASGI application on one port, pages and streams: what `manage.py run` serves."""

from coproduce.environment import env, whole_number
from coproduce.serving.chores import WithChores
from coproduce.serving.pages import Pages
from coproduce.serving.shell import shell

# Before anything that has models: this starts Django.
from coproduce.wsgi import application as pages  # isort: split

from archive.backup.listing import mend_list
from archive.digests import ask_for_digests
from archive.forgetting import forget_due
from archive.search.gathering import ask_for_words
from coproduce.serving.kept import KeptPages, WithKept, noting
from coproduce.watching import counts
from outcomes.reminding import write_due_reminders
from people.telling_cases import remind_of_cases
from responses import live
from responses.kept_counts import ask_for_a_check

threads = whole_number("WEB_THREADS", 8) or 1
chores = [forget_due, ask_for_digests, write_due_reminders, remind_of_cases, ask_for_a_check, ask_for_words]
chores.append(mend_list)
kept = KeptPages(
    Pages(noting(pages), threads=threads),
    room=whole_number("PAGE_CACHE_MB", 32) * 1024 * 1024,
    shared=env.str("PAGE_CACHE_URL", default=""),
)
counts.also(lambda: {f"kept {what}": number for what, number in kept.counts.items()})
counts.also(lambda: {f"{counts.NOW}streams": live.readers()})
application = shell(kept, WithKept(WithChores(live, chores), kept))
