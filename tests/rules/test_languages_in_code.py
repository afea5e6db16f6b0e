"""No word for people stands in the code in one language only."""

from pathlib import Path

import pytest

from tests.rules.sources import ROOT, modules, where
from tests.rules.spoken import sentences, text_of, texts_of_script, untranslated

SCRIPTS = sorted((ROOT / "static" / "js").glob("*.js"))
# What is read by programs and by those who keep a site, in English everywhere.
FOR_OTHERS = {
    "archive/api": "answers to programs",
    "archive/backup": "said to whoever keeps the site",
    "archive/cite": "citations, which are the same for everybody",
    "archive/demo": "what invented people wrote",
    "archive/harvest": "answers to programs",
    "archive/iiif": "files",
    "archive/take": "files, and what their columns mean",
    "archive/tei": "files",
    "archive/whole": "said to whoever keeps the site, and the words of a copy of it",
    "coproduce/postgres": "said to whoever keeps the site",
    "coproduce/templatetags/specimens.py": "what is drawn on the page of patterns",
    "coproduce/watching": "answers to programs",
}
# What has the form of words and is none, or is the same in every language.
SAME = {
    ("people/models/terms.py", "Of `people.terms.VERSIONS`."): "for programmers",
    ("journal/models/enclosures.py", "YouTube"): "a name",
    ("journal/models/enclosures.py", "Vimeo"): "a name",
    ("journal/models/enclosures.py", "Internet Archive"): "a name",
    ("journal/models/enclosures.py", "SHA-256."): "a name",
}
# How many sentences a module has that are not translated, and why.
KEPT = "is kept as it was said, in the language of the site"
FEED = "a feed is handed on, in the language of the site"
KEEPER = "is said to whoever keeps the site"
PROGRAMMER = "is said to programmers"
SENTENCES = {
    "people/consent.py": (2, KEPT),
    "people/outbox.py": (1, KEPT),
    "people/terms.py": (7, "whoever accepts terms accepts these very words"),
    "events/duties.py": (1, PROGRAMMER),
    "events/feeds.py": (1, FEED),
    "events/publishing.py": (4, KEPT),
    "responses/cards.py": (2, KEPT),
    "responses/drawing_desk.py": (1, KEPT),
    "responses/hands.py": (1, KEPT),
    "responses/imports.py": (3, KEPT),
    "responses/layouts.py": (4, KEPT),
    "responses/live/hub.py": (1, PROGRAMMER),
    "responses/merges.py": (1, KEPT),
    "responses/moderation.py": (5, KEPT),
    "responses/photos/covering.py": (1, KEPT),
    "responses/poll.py": (1, KEPT),
    "responses/reconciling.py": (1, KEPT),
    "responses/room.py": (1, PROGRAMMER),
    "outcomes/feeds.py": (1, FEED),
    "outcomes/promise_feed.py": (2, FEED),
    "journal/feeds.py": (1, FEED),
    "journal/hiding.py": (2, KEPT),
    "journal/judging.py": (7, KEPT),
    "journal/publishing.py": (2, KEPT),
    "journal/spam/rules.py": (1, KEPT),
    "journal/writing.py": (1, KEPT),
    "archive/closing_doors.py": (1, KEEPER),
    "archive/following_views.py": (2, FEED),
    "archive/forgetting.py": (1, KEEPER),
    "archive/polls.py": (1, "stands in a file"),
    "archive/search_feed.py": (1, FEED),
    "archive/studies/files.py": (1, "stands in a file"),
    "coproduce/durability.py": (1, KEEPER),
    "coproduce/folders.py": (1, KEEPER),
    "coproduce/guards.py": (2, PROGRAMMER),
    "coproduce/images/making.py": (1, PROGRAMMER),
    "coproduce/migrating.py": (2, KEEPER),
    "coproduce/serving/kept/elsewhere.py": (1, KEEPER),
    "coproduce/settings.py": (2, KEEPER),
    "coproduce/stores/bucket.py": (2, KEEPER),
}


def spoken_modules() -> list[Path]:
    every = (path for path in modules() if "management" not in path.parts)
    return [path for path in every if not name_of(path).startswith(tuple(FOR_OTHERS))]


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def test_every_word_that_is_said_to_people_can_be_translated() -> None:
    found = [
        f"{where(path, node)}: {text_of(node)}"
        for path in spoken_modules()
        for node in untranslated(path.read_text())
        if (name_of(path), text_of(node)) not in SAME
    ]
    assert found == []


def test_a_sentence_that_is_not_translated_has_a_reason() -> None:
    found = {name_of(path): len(list(sentences(path.read_text()))) for path in spoken_modules()}
    assert {name: number for name, number in found.items() if number} == {
        name: number for name, (number, _) in SENTENCES.items()
    }


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda script: script.name)
def test_a_script_says_what_the_page_holds_in_its_language(script: Path) -> None:
    assert list(texts_of_script(script.read_text())) == []


@pytest.mark.parametrize(
    "flaw",
    [
        'raise Refused("Choose a mark first.")',
        'raise Refused(f"Choose {number} marks.")',
        'raise Refused(_("Yes") if good else "No")',
        'messages.success(request, "Kept.")',
        'forms.CharField(label="Your name")',
        'forms.CharField(label=_("Your name"), help_text="As you like.")',
        'forms.CharField(error_messages={"required": "Say who you are."})',
        'forms.ChoiceField(choices=[("yes", "Yes, all of it")])',
        'form.add_error("code", "No such code.")',
        'class State(models.TextChoices):\n    OPEN = "open", "Open for answers"',
    ],
)
def test_a_word_that_no_catalogue_can_change_is_seen(flaw: str) -> None:
    assert list(untranslated(flaw))


@pytest.mark.parametrize(
    "flaw", ['SAID = "Somebody was here before."', 'return f"There are {number} of them."']
)
def test_a_sentence_outside_the_known_places_is_seen(flaw: str) -> None:
    assert list(sentences(flaw))


@pytest.mark.parametrize(
    "flaw",
    ['say("Sending.");', "more.textContent = `${number} new notes`;", 'const LOST = "No signal just now.";'],
)
def test_a_word_of_a_script_is_seen(flaw: str) -> None:
    assert list(texts_of_script(flaw))
