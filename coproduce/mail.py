"""Mail in development: printed on the terminal and kept for the page /mail/."""

import json
from collections.abc import Sequence
from pathlib import Path

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend

KEPT = 50


def mail_file() -> Path:
    return settings.LOCAL_DIR / "mail.jsonl"


class ShownMail(BaseEmailBackend):
    """Sends nothing: shows each message where a newcomer without a mail server sees it."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        mail_file().parent.mkdir(exist_ok=True)
        with mail_file().open("a") as kept:
            for message in email_messages:
                print(f"\n--- Mail to {', '.join(message.to)}: {message.subject}\n{message.body}\n---")
                shown = {"to": message.to, "subject": message.subject, "body": message.body}
                kept.write(json.dumps(shown) + "\n")
        return len(email_messages)


def shown_mail() -> list[dict[str, object]]:
    """The last fifty messages, newest first."""
    if not mail_file().exists():
        return []
    lines = mail_file().read_text().splitlines()[-KEPT:]
    return [json.loads(line) for line in reversed(lines)]
