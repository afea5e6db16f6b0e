"""Acts on studies and on who works in them."""

from django.db import transaction
from django.db.models import Q
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from archive.models import Colleague, Study
from archive.studies.typed import LONGEST_ABOUT, line_of, text_of
from people.guests import Viewer
from people.limits import Limit, count
from people.models import Person
from people.refusals import Refused
from people.trace import leave_trace

LONGEST_NAME = 120  # characters
MOST_STUDIES = 50  # of one person
MOST_COLLEAGUES = 100  # of one study
# Whether somebody has an account is told to whoever signed in, and not in bulk.
NAMED = Limit("colleague", most=20, seconds=3600)

UNNAMED = gettext_lazy("Give the study a name: a few words that tell it from your others.")
SIGN_IN = gettext_lazy("Sign in first: a study belongs to an account.")
FULL = format_lazy(
    gettext_lazy("You have {most} studies. End one that is done before you begin another."), most=MOST_STUDIES
)
NOT_YOURS = gettext_lazy("Only whoever began the study can do that.")
NOT_IN_IT = gettext_lazy("You do not work in this study, or it has ended.")
NOBODY = gettext_lazy(
    "Nobody here has an account with that address or is listed by that name. "
    "Ask them which address they sign in with."
)
SEVERAL = gettext_lazy(
    "Several people are listed by that name. Type the address your colleague signs in with."
)
YOURSELF = gettext_lazy("You work in it already: you began it.")
CROWDED = format_lazy(
    gettext_lazy("{most} colleagues work in it. Take somebody out before you add another."),
    most=MOST_COLLEAGUES,
)


@transaction.atomic
def begin_study(name: str, *, by: Viewer, about: str = "") -> Study:
    """A study of `by`, which nobody else sees until they name colleagues."""
    if by.person is None:
        raise Refused(SIGN_IN)
    name, about = line_of(name, or_else=UNNAMED, most=LONGEST_NAME), text_of(about, most=LONGEST_ABOUT)
    # In turn with another press of the same button.
    Person.objects.select_for_update(no_key=True).get(pk=by.person.pk)
    if Study.objects.filter(by=by.person).count() >= MOST_STUDIES:
        raise Refused(FULL)
    study = Study.objects.create(name=name, about=about, by=by.person)
    leave_trace("begun", study, by=by)
    return study


@transaction.atomic
def rename_study(study: Study, name: str, about: str = "", *, by: Viewer) -> None:
    """Change what it is called and what is said of it."""
    study = own_study(study, by)
    study.name = line_of(name, or_else=UNNAMED, most=LONGEST_NAME)
    study.about = text_of(about, most=LONGEST_ABOUT)
    study.save(update_fields=["name", "about"])


@transaction.atomic
def end_study(study: Study, *, by: Viewer) -> None:
    """Delete it for everybody who works in it, with all codes, codings and memos. Nothing brings it back."""
    study = own_study(study, by)
    leave_trace("ended", study, by=by)
    study.delete()


@transaction.atomic
def hand_over(study: Study, colleague: Colleague, *, by: Viewer) -> None:
    """Make a colleague the one it belongs to; whoever had it goes on as their colleague."""
    study = own_study(study, by)
    there = Colleague.objects.filter(study=study, pk=colleague.pk).select_related("person").first()
    if there is None:
        raise Refused(_("They do not work in it any more. Look again."))
    if Study.objects.filter(by=there.person).count() >= MOST_STUDIES:
        raise Refused(
            _("They have %(most_studies)s studies, and nobody can have more.")
            % {"most_studies": MOST_STUDIES}
        )
    study.by = there.person
    study.save(update_fields=["by"])
    there.delete()
    Colleague.objects.create(study=study, person=by.person)
    leave_trace("handed_over", study, by=by)


def add_colleague(study: Study, typed: str, *, by: Viewer) -> Colleague:
    """Let somebody work in it: the account with an e-mail address, or a listed person by their name."""
    own_study_of(study, by)
    count((NAMED, by.key))
    with transaction.atomic():
        study, person = own_study(study, by), _somebody(typed)
        if person == by.person:
            raise Refused(YOURSELF)
        if there := Colleague.objects.filter(study=study, person=person).first():
            return there
        if Colleague.objects.filter(study=study).count() >= MOST_COLLEAGUES:
            raise Refused(CROWDED)
        leave_trace("colleague_added", study, by=by)
        return Colleague.objects.create(study=study, person=person)


@transaction.atomic
def remove_colleague(study: Study, colleague: Colleague, *, by: Viewer) -> None:
    """Take somebody out of it, or go oneself. What they coded and wrote stays in it."""
    study = working_in(study, by)
    if by.person not in (study.by, colleague.person):
        raise Refused(NOT_YOURS)
    if Colleague.objects.filter(study=study, pk=colleague.pk).delete()[0]:
        leave_trace("colleague_left", study, by=by)


def working_in(study: Study, by: Viewer) -> Study:
    """The study, held for a change; refuses whoever does not work in it. Call it inside a transaction."""
    there = Study.objects.select_for_update(of=("self",), no_key=True).filter(pk=study.pk)
    if (found := there.visible_to(by).select_related("by").first()) is None:
        raise Refused(NOT_IN_IT)
    return found


def own_study(study: Study, by: Viewer) -> Study:
    """The same for whoever it belongs to."""
    found = working_in(study, by)
    own_study_of(found, by)
    return found


def own_study_of(study: Study, by: Viewer) -> None:
    if by.person is None or study.by_id != by.person.pk:
        raise Refused(NOT_YOURS)


def _somebody(typed: str) -> Person:
    wanted = line_of(typed, or_else=NOBODY, most=254)
    accounts = Person.objects.standing().filter(is_active=True).exclude(email=None)
    address = Q(emailaddress__email__iexact=wanted, emailaddress__verified=True)
    found = (
        accounts.filter(address) if "@" in wanted else accounts.filter(is_listed=True, name__iexact=wanted)
    )
    people = list(found.distinct()[:2])
    if len(people) > 1:
        raise Refused(SEVERAL)
    if not people:
        raise Refused(NOBODY)
    return people[0]
