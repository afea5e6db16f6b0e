"""People of the demo and a body they belong to: one is listed, one has no account."""

from datetime import date

from people.guests import Viewer
from people.models import Person
from people.records import affiliate, describe_person, found_organisation, list_person, put_on_record

ABOUT = "An invented person, so that this page has something to show. Looks after the demonstration."
SPEAKER = "Demo speaker"
BODY = "Demo collective"


def put_people_on_record(*, by: Viewer) -> None:
    """The demo organiser introduces themselves, and puts a speaker without an account on record."""
    body = found_organisation(BODY, by=by, about="Invented for the demonstration.")
    describe_person(by.person, by=by, name=by.person.name, about=ABOUT, website="")
    affiliate(by.person, body, by=by, position="Keeps the demonstration", since=date(2018, 11, 1))
    list_person(by.person, by=by)
    speaker = put_on_record(SPEAKER, by=by, about="Invented. Spoke, and never made an account.")
    affiliate(speaker, body, by=by, position="Spoke for it", since=date(2018, 11, 1), until=date(2019, 6, 30))


def demo_speaker() -> Person:
    return Person.objects.get(name=SPEAKER)
