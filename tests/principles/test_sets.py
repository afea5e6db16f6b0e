import pytest

from people.guests import Viewer
from people.models import Act
from people.refusals import Refused
from principles.models import PrincipleSet, Wording
from principles.sets import NewPrinciple, publish_set


def test_a_set_comes_on_record_in_order_with_its_wordings(ada: Viewer) -> None:
    made = publish_set(
        by=ada,
        slug="lanterns",
        name="Lanterns",
        authors="A reading group",
        year="2018",
        principles=[NewPrinciple("Time", letter="T", text="Give it time."), NewPrinciple("Shared power")],
    )
    assert [(p.position, p.name, p.slug, p.letter) for p in made.principles.all()] == [
        (1, "Time", "time", "T"),
        (2, "Shared power", "shared-power", ""),
    ]
    wording = made.principles.get(slug="time").current_wording
    assert (wording.text, wording.version, wording.transcriber) == ("Give it time.", 1, ada.person)
    assert made.principles.get(slug="shared-power").current_wording is None


def test_publishing_leaves_a_trace(ada: Viewer) -> None:
    made = publish_set(by=ada, slug="lanterns", name="Lanterns", principles=[NewPrinciple("Time")])
    act = Act.objects.get(verb="published")
    assert (act.person, act.subject) == (ada.person, made.identifier)


def test_equal_wordings_are_kept_as_found_and_raise_a_warning(ada: Viewer) -> None:
    found = {"text": "One sentence.", "status": Wording.Status.DOUBTFUL, "doubt": "It stands twice."}
    members = [NewPrinciple("Time", **found), NewPrinciple("Power", **found)]
    made = publish_set(by=ada, slug="lanterns", name="Lanterns", principles=members)
    assert made.equal_wordings == ["One sentence."]


REFUSED = [
    ("", ["Time"], "Give the set a name."),
    ("Lanterns", [], "Add at least one principle."),
    ("Lanterns", ["Time", " "], "Give principle 2 a name."),
    ("Lanterns", ["Time", "time"], "“time” stands 2 times in this set. Give each principle its own name."),
    ("Lanterns", ["時"], "Give “時” an address in plain letters, for example “shared-power”."),
    ("Lanterns", ["T" * 201], "cannot be kept"),
]


@pytest.mark.parametrize(("name", "names", "sentence"), REFUSED)
def test_a_faulty_set_is_refused_with_a_sentence_and_leaves_nothing(
    ada: Viewer, name: str, names: list[str], sentence: str
) -> None:
    with pytest.raises(Refused, match=sentence):
        publish_set(by=ada, slug="lanterns", name=name, principles=[NewPrinciple(n) for n in names])
    assert not PrincipleSet.objects.exists()


def test_an_address_that_is_taken_is_refused(ada: Viewer) -> None:
    publish_set(by=ada, slug="lanterns", name="Lanterns", principles=[NewPrinciple("Time")])
    with pytest.raises(Refused, match="There is a set at “lanterns” already"):
        publish_set(by=ada, slug="lanterns", name="Others", principles=[NewPrinciple("Time")])


def test_a_doubtful_wording_without_a_reason_takes_the_whole_set_back(ada: Viewer) -> None:
    doubtful = NewPrinciple("Time", text="One sentence.", status=Wording.Status.DOUBTFUL)
    with pytest.raises(Refused, match="why the wording is doubtful"):
        publish_set(by=ada, slug="lanterns", name="Lanterns", principles=[NewPrinciple("Power"), doubtful])
    assert not PrincipleSet.objects.exists()
