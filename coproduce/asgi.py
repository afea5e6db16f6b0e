"""The site as one ASGI application on one port, pages and streams: what `manage.py run` serves."""

from coproduce.environment import whole_number
from coproduce.serving.chores import WithChores
from coproduce.serving.pages import Pages
from coproduce.serving.shell import shell

# Before anything that has models: this starts Django.
from coproduce.wsgi import application as pages  # isort: split

from archive.digests import ask_for_digests
from archive.forgetting import forget_due
from archive.search.gathering import ask_for_words
from outcomes.reminding import write_due_reminders
from responses import live
from responses.kept_counts import ask_for_a_check

threads = whole_number("WEB_THREADS", 8) or 1
chores = [forget_due, ask_for_digests, write_due_reminders, ask_for_a_check, ask_for_words]
application = shell(Pages(pages, threads=threads), WithChores(live, chores))
