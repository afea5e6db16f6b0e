"""Studies begin, are shared, handed over and end; and nobody does that to somebody else's."""

import pytest
from allauth.account.models import EmailAddress

from archive.leaving import end_account
from archive.models import Code, Coding, Colleague, Study
from archive.studies import acts
from archive.studies.acts import (
    add_colleague,
    begin_study,
    end_study,
    hand_over,
    remove_colleague,
    rename_study,
)
from archive.studies.coding import add_code, code_note
from people.guests import ANYBODY, Viewer
from people.limits import TooMany
from people.models import Act, Person
from people.refusals import Refused
from responses.models import Note

pytestmark = pytest.mark.django_db


def test_a_study_belongs_to_an_account(ros: Viewer, ben: Viewer) -> None:
    assert begin_study("  Talk \n of money ", by=ros).name == "Talk of money"
    for nobody in (ANYBODY, ben):
        with pytest.raises(Refused, match="Sign in first"):
            begin_study("Talk of money", by=nobody)


@pytest.mark.parametrize(
    ("name", "about", "says"),
    [(" ", "", "Give the study a name"), ("a" * 121, "", "121"), ("a", "b" * 2001, "2,001")],
)
def test_a_study_has_a_name_that_fits(ros: Viewer, name: str, about: str, says: str) -> None:
    with pytest.raises(Refused, match=says):
        begin_study(name, by=ros, about=about)


def test_nobody_has_more_studies_than_they_can_look_after(
    ros: Viewer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(acts, "MOST_STUDIES", 2)
    for name in ("One", "Two"):
        begin_study(name, by=ros)
    with pytest.raises(Refused, match="End one that is done"):
        begin_study("Three", by=ros)


def test_only_whoever_began_it_renames_shares_and_ends_it(
    shared: Study, cai: Viewer, ada: Viewer, steward: Viewer
) -> None:
    for act in (
        lambda by: rename_study(shared, "Mine", by=by),
        lambda by: add_colleague(shared, "ada@example.org", by=by),
        lambda by: end_study(shared, by=by),
        lambda by: hand_over(shared, shared.colleagues.get(), by=by),
    ):
        for other in (cai, ada, steward, ANYBODY):
            with pytest.raises(Refused):
                act(other)
    assert Study.objects.get().name == "Talk of money"


def test_a_colleague_is_found_by_a_shown_address_of_an_account(
    study: Study, ros: Viewer, cai: Viewer
) -> None:
    assert add_colleague(study, " CAI@example.org ", by=ros).person == cai.person
    add_colleague(study, "cai@example.org", by=ros)
    assert Colleague.objects.count() == 1
    EmailAddress.objects.update(verified=False)
    Colleague.objects.all().delete()
    with pytest.raises(Refused, match="Nobody here has an account"):
        add_colleague(study, "cai@example.org", by=ros)


def test_a_name_finds_only_who_is_listed_and_only_one(
    study: Study, ros: Viewer, cai: Viewer, ada: Viewer
) -> None:
    with pytest.raises(Refused, match="Nobody here"):
        add_colleague(study, "Cai", by=ros)
    Person.objects.filter(pk=cai.person.pk).update(is_listed=True)
    assert add_colleague(study, "cai", by=ros).person == cai.person
    Person.objects.filter(pk=ada.person.pk).update(is_listed=True, name="Cai")
    with pytest.raises(Refused, match="Several people"):
        add_colleague(study, "Cai", by=ros)


def test_addresses_cannot_be_tried_in_bulk(study: Study, ros: Viewer) -> None:
    for number in range(acts.NAMED.most):
        with pytest.raises(Refused):
            add_colleague(study, f"nobody{number}@example.org", by=ros)
    with pytest.raises(TooMany):
        add_colleague(study, "nobody@example.org", by=ros)


def test_there_is_room_for_so_many_colleagues(
    study: Study, ros: Viewer, cai: Viewer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(acts, "MOST_COLLEAGUES", 0)
    with pytest.raises(Refused, match="Take somebody out"):
        add_colleague(study, "cai@example.org", by=ros)
    EmailAddress.objects.create(user=ros.person, email=ros.person.email, verified=True)
    with pytest.raises(Refused, match="you began it"):
        add_colleague(study, ros.person.email, by=ros)


def test_a_colleague_leaves_and_what_they_coded_stays(
    shared: Study, ros: Viewer, cai: Viewer, notes: list[Note]
) -> None:
    code_note(add_code(shared, "Money", by=cai), notes[0], by=cai)
    remove_colleague(shared, shared.colleagues.get(), by=cai)
    assert not Study.objects.visible_to(cai).exists()
    assert Coding.objects.get().by == cai.person
    with pytest.raises(Refused, match="do not work in this study"):
        add_code(shared, "Soup", by=cai)


def test_it_can_be_handed_to_a_colleague(shared: Study, ros: Viewer, cai: Viewer) -> None:
    hand_over(shared, shared.colleagues.get(), by=ros)
    shared.refresh_from_db()
    assert shared.by == cai.person
    assert Study.objects.visible_to(ros).get() == shared
    end_account(ros.person, by=ros)
    assert Study.objects.visible_to(cai).get() == shared


def test_it_goes_with_the_account_it_belongs_to(
    shared: Study, ros: Viewer, cai: Viewer, notes: list[Note]
) -> None:
    code_note(add_code(shared, "Money", by=cai), notes[0], by=cai)
    end_account(cai.person, by=cai)
    assert Coding.objects.get().by is None
    end_account(ros.person, by=ros)
    assert not Study.objects.exists()
    assert not Code.objects.exists()
    assert Note.objects.count() == 3


def test_ending_it_takes_everything_and_leaves_a_trace_without_words(
    shared: Study, ros: Viewer, notes: list[Note]
) -> None:
    code_note(add_code(shared, "Money", by=ros), notes[0], by=ros)
    end_study(shared, by=ros)
    assert not Coding.objects.exists()
    assert set(Act.objects.filter(subject_kind="study").values_list("verb", "why")) == {
        ("begun", ""), ("colleague_added", ""), ("ended", "")
    }  # fmt: skip
