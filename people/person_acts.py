"""What can be sent from the page where a person's record is changed: a form for each act."""

from collections.abc import Callable
from functools import partial

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _

from people import records
from people.claiming import join_record
from people.guests import Viewer
from people.models import Affiliation, Person
from people.record_forms import AccountForm, AffiliationForm, EndForm, ListingForm, OwnWordsForm, WordsForm
from people.refusals import Refused


def forms_for(person: Person, by: Viewer, data: QueryDict | None = None) -> dict[str, forms.Form]:
    """The forms by what `act` is sent as; the one that was sent has what was typed.

    An act about one affiliation carries its number: "end-7".
    """
    is_own, sent = by.person == person, data.get("act", "") if data else ""
    makers: dict[str, Callable[..., forms.Form]] = {
        "describe": partial((OwnWordsForm if is_own else WordsForm).of, person),
        "list": forms.Form if is_own else ListingForm,
        "unlist": forms.Form,
        "affiliate": AffiliationForm,
    }
    if by.is_steward and person.email is None:
        makers["join"] = AccountForm
    for affiliation in person.affiliations.all():
        makers |= {f"end-{affiliation.pk}": EndForm, f"remove-{affiliation.pk}": forms.Form}
    return {act: make(data if act == sent else None, auto_id=f"{act}_%s") for act, make in makers.items()}


def do(act: str, person: Person, form: forms.Form, by: Viewer) -> str:
    """Do what a valid form asks for; returns what to tell whoever sent it. Raises Refused."""
    verb, _, number = act.partition("-")
    if number:
        return DO_TO_AFFILIATION[verb](person.affiliations.get(pk=number), form, by)
    return DO[verb](person, form, by)


def _describe(person: Person, form: forms.Form, by: Viewer) -> str:
    records.describe_person(person, by=by, **form.cleaned_data)
    return _("Kept.")


def _list(person: Person, form: forms.Form, by: Viewer) -> str:
    if records.list_person(person, by=by, **form.cleaned_data):
        return _("In the list of people now.")
    return _("Somebody looks at what you wrote first. Then you are in the list of people.")


def _unlist(person: Person, form: forms.Form, by: Viewer) -> str:
    records.unlist_person(person, by=by)
    return _("Not in the list of people any more.")


def _affiliate(person: Person, form: forms.Form, by: Viewer) -> str:
    affiliation = records.affiliate(person, by=by, **form.cleaned_data)
    return _("%(organisation)s is added.") % {"organisation": affiliation.organisation}


def _join(person: Person, form: forms.Form, by: Viewer) -> str:
    email = form.cleaned_data["email"]
    account = Person.objects.visible_to(by).standing().filter(email__iexact=email).first()
    if account is None:
        raise Refused(_("Nobody signs in with %(email)s.") % {"email": email})
    join_record(person, account, by=by)
    return _("The record belongs to the account now.")


def _end(affiliation: Affiliation, form: forms.Form, by: Viewer) -> str:
    records.end_affiliation(affiliation, by=by, until=form.cleaned_data["until"])
    return _("%(organisation)s has an end now.") % {"organisation": affiliation.organisation}


def _remove(affiliation: Affiliation, form: forms.Form, by: Viewer) -> str:
    records.remove_affiliation(affiliation, by=by)
    return _("%(organisation)s is taken out.") % {"organisation": affiliation.organisation}


DO = {"describe": _describe, "list": _list, "unlist": _unlist, "affiliate": _affiliate, "join": _join}
DO_TO_AFFILIATION = {"end": _end, "remove": _remove}
