"""Every column that could hold something of a person says how long, and why."""

import tomllib

from archive.retention import POLICY, check_retention, columns, complaints

WHOLE = {
    "personal": {"a.b.name": {"keep": "a year", "why": "credit", "after": {"it was sent": 365}}},
    "not_personal": ["a.b.slug"],
}
NEEDED = {"a.b.name", "a.b.slug"}


def test_the_policy_speaks_of_every_column() -> None:
    assert check_retention() == []


def test_the_check_looks_at_words_and_at_links_to_people() -> None:
    found = set(columns())
    assert {"people.person.email", "responses.note.text", "responses.note.participant"} <= found
    assert {"events.event.people", "responses.transcript.by", "responses.transcript.unplaced"} <= found
    assert "responses.note.withdrawn_at" not in found


def test_a_whole_policy_has_no_complaint() -> None:
    assert list(complaints(WHOLE, NEEDED)) == []


def test_a_forgotten_column_is_an_error() -> None:
    (error,) = complaints(WHOLE, NEEDED | {"a.b.email"})
    assert (error.id, "a.b.email" in error.msg) == ("archive.E001", True)


def test_a_column_that_went_is_an_error() -> None:
    (error,) = complaints(WHOLE, NEEDED - {"a.b.slug"})
    assert (error.id, "a.b.slug" in error.msg) == ("archive.E002", True)


def test_a_column_listed_twice_is_an_error() -> None:
    (error,) = complaints(WHOLE | {"not_personal": ["a.b.slug", "a.b.name"]}, NEEDED)
    assert error.id == "archive.E003"


def test_a_personal_column_without_its_reason_is_an_error() -> None:
    (error,) = complaints(WHOLE | {"personal": {"a.b.name": {"keep": "as long as the account"}}}, NEEDED)
    assert error.id == "archive.E004"


def test_nothing_is_kept_without_saying_how_long() -> None:
    for column, said in tomllib.loads(POLICY.read_text())["personal"].items():
        assert said["keep"].strip(), column
        assert said["why"].strip(), column
