"""Nothing people read is written in one language only, and what is translated is translated rightly."""

import re
from pathlib import Path

import polib
import pytest
from django.conf import settings
from django.utils import translation

from people.consent import STORY_WORDINGS, WORDINGS, as_asked
from tests.rules.sources import ROOT, tracked
from tests.rules.untranslated import untranslated

TEMPLATES = ROOT / "templates"
# What is the same in every language, and why.
SAME = {
    ("base.html", "light dark"): "a value of CSS",
    ("letters/base.txt", "Subject:"): "the name of a header",
    **{("archive/api.html", name): "the name of an address" for name in ("search", "tallies", "removed")},
    ("archive/retention.html", ". For: ."): "the register of retention is English, and marked so",
    ("archive/api.html", "search"): "the name of a list of the API, as it stands in its address",
    ("archive/api.html", "tallies"): "the name of a list of the API, as it stands in its address",
    ("archive/api.html", "removed"): "the name of a list of the API, as it stands in its address",
}
CATALOGUES = sorted((ROOT / "locale").glob("*/LC_MESSAGES/django*.po"))
PLACEHOLDERS = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w*\}")
# The way of somebody who takes part: it is in Welsh from end to end.
WAY = (ROOT / "tests" / "rules" / "participant.txt").read_text().split()


def templates() -> list[Path]:
    every = (path for path in tracked() if path.is_relative_to(TEMPLATES))
    return sorted(path for path in every if path.suffix in {".html", ".txt"})


def test_every_text_of_a_template_can_be_translated() -> None:
    found = [
        f"{name}: {text}"
        for path in templates()
        if (name := path.relative_to(TEMPLATES).as_posix())
        for text in untranslated(path.read_text())
        if not any(name == there and text.replace("\0", "").split() == same.split() for there, same in SAME)
    ]
    assert found == []


@pytest.mark.parametrize(
    "flaw",
    [
        "<p>Hello</p>",
        '<p aria-label="Hello">{{ name }}</p>',
        '{% include "parts/pages.html" with what="All notes" %}',
        '{{ name|default:"Nobody" }}',
        "{% if a %}{% translate 'One' %} and two{% endif %}",
        '<meta name="description" content="{% block d %}Hello{% endblock %}">',
        "{% blocktranslate %}One{% endblocktranslate %}, two",
        "{% translate 'Note' %}{{ number|pluralize }}",
    ],
)
def test_a_text_that_no_catalogue_can_change_is_seen(flaw: str) -> None:
    assert list(untranslated(flaw))


def counted_behind_its_own_name(source: str) -> list[str]:
    """Every `with n=n|intcomma count of=n`: Django counts the words of the first, and fails."""
    found = re.findall(r"\{% blocktranslate [^%]*?with ([^%]*?) count \w+=(\w+)[^%]*%\}", source)
    return [counted for given, counted in found if re.search(rf"(?:^|\s){counted}=", given)]


def test_nothing_is_counted_behind_its_own_name() -> None:
    assert {path.name for path in templates() if counted_behind_its_own_name(path.read_text())} == set()


def test_a_number_behind_its_own_name_is_seen() -> None:
    assert counted_behind_its_own_name("{% blocktranslate trimmed with n=n|intcomma count all=n %}")


def catalogue(path: Path) -> polib.POFile:
    return polib.pofile(str(path))


def forms(entry: polib.POEntry) -> list[str]:
    return list(entry.msgstr_plural.values()) if entry.msgid_plural else [entry.msgstr]


@pytest.mark.parametrize("path", CATALOGUES, ids=str)
def test_what_the_site_reads_is_what_translators_wrote(path: Path) -> None:
    written = {(one.msgctxt, one.msgid): forms(one) for one in catalogue(path).translated_entries()}
    read = {(one.msgctxt, one.msgid): forms(one) for one in polib.mofile(str(path.with_suffix(".mo")))}
    assert read == written


@pytest.mark.parametrize("path", CATALOGUES, ids=str)
def test_a_translation_holds_what_its_text_holds_and_no_other_markup(path: Path) -> None:
    wrong = []
    for entry in catalogue(path).translated_entries():
        asked = {frozenset(PLACEHOLDERS.findall(text)) for text in (entry.msgid, entry.msgid_plural) if text}
        tags = sorted(re.findall(r"<[^>]*>", entry.msgid))
        for text in forms(entry):
            placed = frozenset(PLACEHOLDERS.findall(text))
            if placed not in asked or sorted(re.findall(r"<[^>]*>", text)) != tags:
                wrong.append(f"{entry.msgid} → {text}")
    assert wrong == []


@pytest.mark.parametrize("path", CATALOGUES, ids=str)
def test_nothing_is_guessed_and_every_plural_has_all_its_forms(path: Path) -> None:
    found = catalogue(path)
    assert [entry.msgid for entry in found if entry.fuzzy] == []
    number = int(re.search(r"nplurals=(\d)", found.metadata["Plural-Forms"])[1])
    partly = [
        one.msgid for one in found.translated_entries() if one.msgid_plural and len(forms(one)) != number
    ]
    assert partly == []


def test_welsh_has_the_plural_forms_that_django_gives_it() -> None:
    (path,) = (one for one in CATALOGUES if "cy" in one.parts and one.name == "django.po")
    ours = catalogue(path).metadata["Plural-Forms"]
    assert re.sub(r"\s", "", ours).rstrip(";").endswith("plural=(n==1)?0:(n==2)?1:(n!=8&&n!=11)?2:3")


def test_whoever_takes_part_reads_welsh_from_end_to_end() -> None:
    (path,) = (one for one in CATALOGUES if "cy" in one.parts and one.name == "django.po")
    lacking = [
        f"{there}: {entry.msgid}"
        for entry in catalogue(path)
        if not entry.translated() and not entry.obsolete
        for there, _ in entry.occurrences
        if there in WAY
    ]
    assert lacking == []


def test_the_way_is_named_by_files_that_exist() -> None:
    assert [name for name in WAY if not (ROOT / name).is_file()] == []


@pytest.mark.parametrize("code", [code for code, _ in settings.LANGUAGES if code != settings.LANGUAGE_CODE])
@pytest.mark.parametrize("sentences", [*WORDINGS, *STORY_WORDINGS.values()])
def test_every_sentence_that_was_ever_asked_has_a_form_in_every_language(
    sentences: tuple[str, str], code: str
) -> None:
    with translation.override(code):
        asked = as_asked(sentences)
    assert all(theirs and theirs != ours for theirs, ours in zip(asked, sentences, strict=True))
