"""The two questions, and the answers to them."""

import pytest

from people import consent
from people.consent import WORDINGS, consent_given, consent_on_basis, wording_of
from people.models import Consent, ConsentWording

pytestmark = pytest.mark.django_db


def test_the_sentences_asked_today_are_kept_word_for_word() -> None:
    wording = wording_of(len(WORDINGS))
    assert (wording.public_sentence, wording.research_sentence) == WORDINGS[-1]
    assert wording.version == len(WORDINGS)


def test_a_sentence_that_changes_is_a_new_version_and_earlier_answers_keep_theirs(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    before = consent_given(public=True, research=True)
    monkeypatch.setattr(consent, "WORDINGS", (*WORDINGS, ("A new sentence.", "And another.")))
    after = consent_given(public=True, research=True)
    before.refresh_from_db()
    assert before.wording.public_sentence == WORDINGS[-1][0]
    assert after.wording.public_sentence == "A new sentence."
    assert ConsentWording.objects.count() == 2


def test_equal_answers_share_one_row() -> None:
    answers = [consent_given(public=p, research=r) for p in (True, False) for r in (True, False)]
    assert len({answer.pk for answer in answers}) == 4
    assert consent_given(public=False, research=False) == answers[-1]
    assert Consent.objects.count() == 4


def test_neither_is_an_answer_too() -> None:
    assert str(consent_given(public=False, research=False)) == "kept to its board"


def test_what_was_imported_carries_the_basis_on_which_it_was_published() -> None:
    given = consent_on_basis("Printed in the report of 2019.")
    assert (given.wording, given.basis) == (None, "Printed in the report of 2019.")
    assert consent_on_basis("Printed in the report of 2019.") == given
    assert consent_on_basis("On another ground.") != given
