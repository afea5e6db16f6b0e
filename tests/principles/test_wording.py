from collections.abc import Callable

import pytest

from people.guests import Viewer
from people.refusals import Refused
from principles.models import Principle, PrincipleSet, Wording
from principles.wording import add_wording


@pytest.fixture
def power(make_set: Callable[..., PrincipleSet]) -> Principle:
    return make_set().principles.get(slug="power")


def test_a_new_wording_stands_beside_the_old_one(power: Principle, ada: Viewer) -> None:
    add_wording(power, "  Power is lent. ", by=ada, source="A meeting")
    words = [(w.version, w.text, w.transcriber) for w in power.wordings.all()]
    assert words == [(1, "Power is shared.", None), (2, "Power is lent.", ada.person)]
    assert power.current_wording.text == "Power is lent."


def test_checking_the_same_words_makes_a_new_version(power: Principle, ada: Viewer) -> None:
    checked = add_wording(power, "Power is shared.", by=ada, status=Wording.Status.CHECKED)
    assert (checked.version, checked.status) == (2, "checked")


@pytest.mark.parametrize(
    ("text", "fields", "sentence"),
    [
        (" \n", {}, "Type the words of the principle."),
        ("New words.", {"status": "doubtful"}, "why the wording is doubtful"),
        ("Power is shared.", {}, "already on record"),
    ],
)
def test_what_is_no_new_wording_is_refused(
    power: Principle, ada: Viewer, text: str, fields: dict[str, str], sentence: str
) -> None:
    with pytest.raises(Refused, match=sentence):
        add_wording(power, text, by=ada, **fields)
    assert power.wordings.count() == 1
