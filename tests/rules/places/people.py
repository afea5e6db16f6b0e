"""Where the people and organisations of a scene stand."""

from collections.abc import Callable, Iterator

from people.models import Organisation, Person, Subscriber
from people.subscribing import token_of
from tests.rules.scenes import Scene


def of_people(scene: Scene) -> Iterator[dict]:
    return ({"identifier": one.identifier} for one in Person.objects.filter(email=None))


def of_organisations(scene: Scene) -> Iterator[dict]:
    return ({"identifier": one.identifier} for one in Organisation.objects.all())


def of_subscribers(scene: Scene) -> Iterator[dict]:
    return ({"token": token_of(one)} for one in Subscriber.objects.all())


PLACES: dict[str, Callable[[Scene], Iterator[dict]]] = {
    **dict.fromkeys(("person", "person_edit", "person_listing"), of_people),
    **dict.fromkeys(("organisation", "organisation_edit"), of_organisations),
    **dict.fromkeys(("news_own", "news_stop"), of_subscribers),
}
