"""What holds for every template, whoever writes it."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.template.loader import get_template
from django.test import RequestFactory
from django.utils.translation import override

from coproduce.templatetags.look import Bar
from coproduce.templatetags.specimens import SpecimenForm

ROOT = Path(__file__).resolve().parents[2]
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
DRAWINGS = {"sprite.html"}
ERRORS = ["400", "403", "403_csrf", "404", "410", "413", "429", "500"]


# A letter has no style sheet of the site beside it, and no browser reads it under our policy.
LETTERS = "templates/letters/page.html"


def templates_with(pattern: str) -> list[str]:
    """The names of the templates in which `pattern` is found."""
    return [str(path.relative_to(ROOT)) for path in TEMPLATES if re.search(pattern, path.read_text())]


def test_no_template_has_inline_style_or_script() -> None:
    styled = set(templates_with(r"<style\b|\sstyle\s*=")) - {LETTERS}
    assert not styled, "Give it a class in static/css."
    assert not templates_with(r"<[^>]*\son[a-z]+\s*=\s*[\"']"), "Listen in a script of static/."
    assert not templates_with(r"hx-on|javascript:"), "htmx would need eval for that."


def test_every_script_is_a_file_of_ours_or_data() -> None:
    """A nonce is for pages that nobody keeps: with one in it, a page differs each time it is made."""
    scripts = [tag for path in TEMPLATES for tag in re.findall(r"<script\b[^>]*>", path.read_text())]
    assert scripts
    for tag in scripts:
        is_data = re.search(r'type="application/(?:ld\+)?json"', tag)
        assert 'nonce="{{ csp_nonce }}"' in tag or 'src="{% static ' in tag or is_data, tag


def test_nothing_is_loaded_from_elsewhere() -> None:
    # A link to a schema says whose names the metadata are called by; no browser fetches it.
    loading = (
        r"<(?:script|link(?!\s+rel=\"schema\.)|img|iframe|source|video|audio|use)\b"
        r"[^>]*(?:src|href)\s*=\s*[\"'](?:https?:)?//"
    )
    assert not templates_with(loading)
    for sheet in (ROOT / "static" / "css").glob("*.css"):
        assert not re.search(r"@import|url\(\s*[\"']?(?:https?:)?//", sheet.read_text()), sheet.name


def test_every_template_is_short_enough_to_read() -> None:
    long = [path.name for path in TEMPLATES if len(path.read_text().splitlines()) >= 80]
    assert not [name for name in long if name not in DRAWINGS]


@pytest.mark.parametrize("name", ERRORS)
def test_every_error_page_renders_with_nothing_and_leads_onward(name: str) -> None:
    page = get_template(f"{name}.html").render({})
    assert "<h1" in page
    assert re.search(r'<main.*<a class="btn.*</main>', page, re.DOTALL)


def test_a_refused_form_shows_what_was_typed_as_text() -> None:
    page = get_template("403_csrf.html").render({"typed": [("Words", "<b>Ours</b>")]})
    assert "&lt;b&gt;Ours&lt;/b&gt;" in page


def test_too_many_says_when_to_go_on() -> None:
    page = get_template("429.html")
    assert "in 1 second." in page.render({"retry_after": 1})
    assert "in 3 minutes" in page.render({"retry_after": 180})


def test_every_icon_used_is_in_the_sprite() -> None:
    drawn = set(re.findall(r'<symbol id="(\w+)"', (ROOT / "templates/parts/sprite.html").read_text()))
    used = {name for path in TEMPLATES for name in re.findall(r"{% icon \"(\w+)\"", path.read_text())}
    assert used <= drawn


def test_the_components_page_shows_each_mark_in_each_state() -> None:
    page = get_template("pages/components.html").render({}, RequestFactory().get("/components/"))
    for mark in ("tick", "heart", "bubble", "square", "not_recorded"):
        for state in ("read", "partly", "illegible", "no_text", "drawing", "waiting"):
            assert f'data-mark="{mark}" data-text="{state}"' in page
    assert "No words, and no mark was recorded." in page
    ids = re.findall(r'\sid="([^"]+)"', page)
    assert len(ids) == len(set(ids))


def test_the_components_page_can_be_drawn_in_every_language() -> None:
    for code, _name in settings.LANGUAGES:
        with override(code):
            page = get_template("pages/components.html").render({}, RequestFactory().get("/components/"))
        assert page.count('data-mark="square"') > 1


def test_a_field_says_its_error_and_hint_to_a_screen_reader() -> None:
    page = get_template("parts/fields.html").render({"form": SpecimenForm({"code": "FIG 247-B"})})
    assert 'aria-describedby="id_code_helptext id_code_error"' in page
    assert 'id="id_code_helptext"' in page
    assert 'id="id_code_error"' in page
    assert 'href="#id_mark"' in page


def test_the_field_that_catches_robots_is_no_trap_for_people() -> None:
    from allauth.account.forms import SignupForm

    page = get_template("parts/fields.html").render({"form": SignupForm()})
    trap = re.search(r'<div class="trap".*?</div>', page, re.DOTALL)
    assert trap
    assert 'aria-hidden="true"' in trap[0]
    assert 'tabindex="-1"' in trap[0]
    assert "style=" not in page


def test_a_bar_draws_one_block_for_each_response_while_they_can_be_counted() -> None:
    bar = get_template("parts/bar.html")
    assert bar.render({"bar": Bar(3, 4, outlined=True)}).count("bar__open") == 3
    assert "stroke-dasharray" in bar.render({"bar": Bar(40, 60, outlined=False)})
    assert "stroke-dasharray" not in bar.render({"bar": Bar(40, 61, outlined=False)})
    assert "<svg" not in bar.render({"bar": Bar(0, 0, outlined=False)})
