"""Words for "did you mean", gathered anew each night by the site itself."""

from django.tasks import task
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from archive.search.suggest import make_words


@task()
def gather_words() -> None:
    """Make the words anew; doing it twice gives the same."""
    make_words()


def ask_for_words() -> None:
    """Have the words gathered once a day; done now and then by the running site."""
    path, today = gather_words.module_path, timezone.localdate()
    if not DBTaskResult.objects.filter(task_path=path, enqueued_at__date=today).exists():
        gather_words.enqueue()
