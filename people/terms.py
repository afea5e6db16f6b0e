"""The terms under which researchers take what is free for research and not public."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from people.guests import Viewer
from people.models import TermsAcceptance
from people.refusals import Refused
from people.trace import leave_trace

# Changed terms are a new version at the end; whoever accepted an earlier one is asked again.
VERSIONS = (
    (
        "I use these notes for the purpose I state here, and for nothing else.",
        "I do not try to find out who wrote a note, and publish nothing from which others could.",
        "I keep the files where only those named in my purpose can read them, and pass them to nobody else.",
        "I quote a note that is not public only as my ethics board allows, and never with its address.",
        "Before I publish I fetch the files again, and leave out what was withdrawn since.",
        "When my purpose is served I delete them.",
        "I know that this site keeps a line of each file I take: when, of what kind, and what I asked for.",
    ),
)
LONGEST_PURPOSE, LONGEST_BODY = 500, 200  # characters


def latest_terms() -> int:
    return len(VERSIONS)


def has_accepted(viewer: Viewer) -> bool:
    """Whether this viewer accepted the terms as they are today."""
    return viewer.person is not None and latest_terms() in viewer.person.terms_versions


@transaction.atomic
def accept_terms(*, by: Viewer, purpose: str, body: str) -> TermsAcceptance:
    """Records that `by` accepts today's terms for a purpose; doing it again states the purpose anew."""
    purpose, body = purpose.strip(), body.strip()
    if by.person is None:
        raise Refused(_("Sign in first: terms are accepted by somebody."))
    if not purpose:
        raise Refused(_("Say what you use the notes for, in a sentence or two."))
    if len(purpose) > LONGEST_PURPOSE or len(body) > LONGEST_BODY:
        raise Refused(
            _("Say it in %(longest_purpose)s characters, and the body in %(longest_body)s.")
            % {"longest_purpose": LONGEST_PURPOSE, "longest_body": LONGEST_BODY}
        )
    end_terms(by=by)
    accepted = TermsAcceptance.objects.create(
        person=by.person, version=latest_terms(), purpose=purpose, body=body
    )
    leave_trace("accepted", accepted, by=by)
    by.person.__dict__.pop("terms_versions", None)
    return accepted


def end_terms(*, by: Viewer) -> int:
    """Takes back what `by` accepted, of any version; says how many ended."""
    # In turn with a second press of the same button.
    standing = TermsAcceptance.objects.visible_to(by).current().filter(person=by.person).select_for_update()
    ended = TermsAcceptance.objects.filter(pk__in=[one.pk for one in standing])
    by.person.__dict__.pop("terms_versions", None)
    return ended.update(ended_at=timezone.now())
