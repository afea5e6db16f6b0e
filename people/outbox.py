"""Mail on its way: written in the transaction of what it tells, sent by a worker, never in a request.

A letter needs `templates/letters/<name>.txt`: `{% extends "letters/base.txt" %}` with the blocks
`subject` and `letter`. Nothing is escaped there, and addresses other than this site's own are taken
apart (`people.letters`). `<name>.html` is optional (`{% extends "letters/base.html" %}`, the same blocks):
without it the HTML is made of the text, where a line that is an address of this site becomes a link.
Every template knows site_name, site_url, contact_email and unsubscribe.
"""

import hashlib
import hmac
import logging
import smtplib
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.mail import EmailMultiAlternatives
from django.core.validators import validate_email
from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.tasks import TaskContext, task
from django.utils import timezone
from django.utils.translation import gettext as _

from coproduce.work import has_given_up
from people.guests import Viewer
from people.letters import Written, written
from people.limits import DAY, Limit, add
from people.models import Letter
from people.refusals import Refused
from people.trace import leave_trace

ACCOUNT = "account"  # the kind of all that signing in sends
REPORTS = "report_came"  # of those that tell of a report whoever decides about it
# Nobody's post box is flooded through this site. Codes have limits of their own, and what others
# have sent to an address must not keep its holder from signing in.
TO_ONE_ADDRESS = Limit("letters", 20, DAY)
OF_ACCOUNTS = Limit("letters about accounts", 60, DAY)
# Anybody can report something: a flood of it keeps no other letter from whoever looks after things here.
OF_REPORTS = Limit("letters about reports", 40, DAY)
FIRST, LAST = 50, -10  # somebody waits for a code; nobody for a digest
# Minutes until the second, third … try, while the mail server does not take it: a day in all.
PAUSES = (1, 5, 15, 60, 180, 360, 720)
KEPT_FAILED = timedelta(days=7)  # in which a steward may have it sent once more
KEPT_SENT = timedelta(days=400)  # of which nothing is left but what kind it was

log = logging.getLogger(__name__)


def whole_address(path: str) -> str:
    """The address of a page as a letter has to give it."""
    return settings.SITE_URL + path


def write_letter(
    kind: str,
    to: str,
    *,
    name: str,
    context: dict[str, object],
    key: str | None = None,
    unsubscribe: str = "",
) -> Letter | None:
    """Write the letter `name` to one address, to be sent once the caller's transaction is committed.

    `key` makes it the only one of its kind. `unsubscribe` is a whole address of this site which ends such
    mail when a mail program POSTs to it without a token. None where there is nothing to send: told before,
    or more than twenty letters to that address today. Refuses what is no address. To several addresses,
    write in their order: two transactions then never wait for each other.
    """
    return post(kind, to, written(name, context | {"unsubscribe": unsubscribe}), key, unsubscribe)


def post(kind: str, to: str, words: Written, key: str | None = None, unsubscribe: str = "") -> Letter | None:
    """Put a letter that is written into the outbox; what it takes and gives is as for `write_letter`."""
    must_be_address(to)
    if key and Letter.objects.filter(key=key).exists():
        return None
    if is_too_many(kind, to):
        log.warning("No %s letter was written: that address has had too many today.", kind)
        return None
    fields = {"subject": words.subject, "text": words.text, "html": words.html, "unsubscribe": unsubscribe}
    try:
        with transaction.atomic():
            letter = Letter.objects.create(kind=kind, key=key, to=to, **fields)
            ask_to_send(letter)
    except IntegrityError:
        # Somebody else told it at the same moment.
        return None
    return letter


def must_be_address(to: str) -> None:
    try:
        validate_email(to)
    except ValidationError:
        raise Refused(_("That is no email address. Type it as in ada@example.org.")) from None


def is_too_many(kind: str, to: str) -> bool:
    """Counts one letter to an address, of which nothing can be read from the count."""
    holder = hmac.new(settings.SECRET_KEY.encode(), to.lower().encode(), hashlib.sha256).hexdigest()[:32]
    limit = {ACCOUNT: OF_ACCOUNTS, REPORTS: OF_REPORTS}.get(kind, TO_ONE_ADDRESS)
    return add((limit, holder))[0] > limit.most


def ask_to_send(letter: Letter) -> None:
    send_letter.using(priority=priority_of(letter)).enqueue(letter.pk)


def priority_of(letter: Letter) -> int:
    return {ACCOUNT: FIRST, "digest": LAST}.get(letter.kind, 0)


@task(takes_context=True)
def send_letter(context: TaskContext, pk: int, tries: int = 0) -> None:
    """Sends one letter and empties it. What fails is tried again later, `tries` having been in vain."""
    with transaction.atomic():
        # With its row lock, so that nobody gets two copies because it was asked for twice.
        waiting = Letter.objects.select_for_update(skip_locked=True).filter(sent_at=None)
        letter = waiting.filter(pk=pk).exclude(to="").first()
        if letter is None:
            return
        if has_given_up(context):
            say_failed(letter, "Each time the worker was stopped while it sent this.")
            return
        try:
            message_of(letter).send()
        except (OSError, ValueError) as error:
            try_later(letter, error, tries)
        else:
            say_sent(letter)


def message_of(letter: Letter) -> EmailMultiAlternatives:
    headers = {
        # The same at each try, so that a second copy is known for one.
        "Message-ID": f"<letter-{letter.pk}-{letter.written_at:%Y%m%d%H%M%S%f}@{host()}>",
        "Auto-Submitted": "auto-generated",
    }
    if letter.unsubscribe:
        headers["List-Unsubscribe"] = f"<{letter.unsubscribe}>"
        headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    message = EmailMultiAlternatives(letter.subject, letter.text, None, [letter.to], headers=headers)
    message.attach_alternative(letter.html, "text/html")
    return message


def host() -> str:
    return urlsplit(settings.SITE_URL).hostname or "localhost"


def say_sent(letter: Letter) -> None:
    empty(letter)
    letter.sent_at, letter.failed_at, letter.trouble = timezone.now(), None, ""
    letter.save()


def empty(letter: Letter) -> None:
    letter.to = letter.subject = letter.text = letter.html = letter.unsubscribe = ""


def say_failed(letter: Letter, trouble: str) -> None:
    letter.failed_at, letter.trouble = timezone.now(), trouble
    letter.save(update_fields=["failed_at", "trouble"])


def try_later(letter: Letter, error: Exception, tries: int) -> None:
    """Asks for another try, or gives up: after a day, or where the mail server refused it for good."""
    trouble = trouble_of(letter, error)
    log.warning("A %s letter could not be sent, try %s. %s", letter.kind, tries + 1, trouble)
    if is_for_good(error) or tries >= len(PAUSES):
        say_failed(letter, trouble)
        return
    letter.trouble = trouble
    letter.save(update_fields=["trouble"])
    later = timezone.now() + timedelta(minutes=PAUSES[tries])
    send_letter.using(priority=priority_of(letter), run_after=later).enqueue(letter.pk, tries + 1)


def is_for_good(error: Exception) -> bool:
    """Whether the mail server refused this letter itself, or its address is none.

    What else it refuses is a matter of settings, which somebody puts right; the letters wait for that.
    """
    of_this = isinstance(error, (smtplib.SMTPRecipientsRefused, smtplib.SMTPDataError))
    return isinstance(error, ValueError) or (of_this and any(code >= 500 for code, _ in answers(error)))


def answers(error: Exception) -> list[tuple[int, bytes | str]]:
    """The codes and words in which a mail server refused; none where it was not reached."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return list(error.recipients.values())
    return [(error.smtp_code, error.smtp_error)] if isinstance(error, smtplib.SMTPResponseException) else []


def trouble_of(letter: Letter, error: Exception) -> str:
    """What went wrong, in at most 300 characters and without the address."""
    said = [f"{code} {as_text(words)}" for code, words in answers(error)] or [f"{type(error).__name__}"]
    return " ".join(said).replace(letter.to, "the address")[:300]


def as_text(words: bytes | str) -> str:
    return words.decode(errors="replace") if isinstance(words, bytes) else words


def on_the_way() -> QuerySet[Letter]:
    return Letter.objects.filter(sent_at=None, failed_at=None)


def given_up() -> QuerySet[Letter]:
    """The last first; one that was emptied since cannot be sent any more."""
    return Letter.objects.filter(sent_at=None).exclude(failed_at=None).order_by("-failed_at", "-pk")


@transaction.atomic
def try_again(pk: int, *, by: Viewer) -> bool:
    """Send a letter once more that was given up; whether there is anything left of it to send."""
    found = given_up().exclude(to="").select_for_update().filter(pk=pk).first()
    if found:
        found.failed_at = None
        found.save(update_fields=["failed_at"])
        ask_to_send(found)
        leave_trace("sent_again", found, by=by)
    return found is not None


def forget_letters(now: datetime) -> int:
    """Empties what was given up KEPT_FAILED before `now`, deletes what was sent long ago; how many."""
    failed = Letter.objects.filter(failed_at__lte=now - KEPT_FAILED).exclude(to="")
    emptied = failed.update(to="", subject="", text="", html="", unsubscribe="")
    old = Letter.objects.filter(to="", written_at__lte=now - KEPT_SENT)
    return emptied + old.delete()[0]
