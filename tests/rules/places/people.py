"""Where the people and organisations of a scene stand."""

from collections.abc import Callable, Iterator

from people.cases import secret_of
from people.models import Case, Organisation, Person, Subscriber
from people.subscribing import token_of
from tests.rules.scenes import Scene


def of_people(scene: Scene) -> Iterator[dict]:
    return ({"identifier": one.identifier} for one in Person.objects.filter(email=None))


def of_organisations(scene: Scene) -> Iterator[dict]:
    return ({"identifier": one.identifier} for one in Organisation.objects.all())


def of_subscribers(scene: Scene) -> Iterator[dict]:
    return ({"token": token_of(one)} for one in Subscriber.objects.all())


def of_cases(scene: Scene) -> Iterator[dict]:
    return ({"identifier": one.identifier} for one in Case.objects.all())


def of_senders(scene: Scene) -> Iterator[dict]:
    return ({"secret": secret_of(one)} for one in Case.objects.all())


PLACES: dict[str, Callable[[Scene], Iterator[dict]]] = {
    **dict.fromkeys(("person", "person_edit", "person_listing"), of_people),
    **dict.fromkeys(("organisation", "organisation_edit"), of_organisations),
    "case": of_cases,
    "case_own": of_senders,
    **dict.fromkeys(("news_own", "news_stop"), of_subscribers),
}
