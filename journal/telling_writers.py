"""Letters to whoever sent a comment or story: it is shown, or it is not and why."""

from django.urls import reverse

from journal.models import Comment, Judgement, State, Story
from people.outbox import whole_address, write_letter
from responses.receipts import receipt_of


def tell_writer(sent: Comment | Story, judgement: Judgement) -> None:
    """Tell whoever left an address what was decided; nothing is written about what was removed as spam.

    The address of a comment is emptied with that. That of a story stays: its teller is told of more.
    """
    if not sent.email or judgement.as_spam:
        return
    kind = "comment" if isinstance(sent, Comment) else "story"
    context = {
        "kind": kind,
        "is_shown": judgement.after == State.SHOWN,
        "on": (sent.post or sent.event) if kind == "comment" else sent.call,
        "address": whole_address(sent.get_absolute_url()),
        "own_address": own_address(sent),
        "why": judgement.why,
    }
    what = f"{kind}_{judgement.after}"
    write_letter(what, sent.email, name="sent_judged", context=context, key=f"judgement {judgement.pk}")
    if kind == "comment":
        sent.email = ""
        sent.save(update_fields=["email"])


def own_address(sent: Comment | Story) -> str:
    """The address by which its writer has it in hand; empty where the site's secret changed since."""
    code = receipt_of(sent.key, sent.receipt_hash or "")
    route = "my_comment" if isinstance(sent, Comment) else "my_story"
    return whole_address(reverse(route, args=[code])) if code else ""
