"""Somebody who types records into the pages of the site with the plainest client there is."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urljoin

from lxml import html

from tests.journeys.plain import Answer, Visitor
from tests.journeys.publishing.records import Film, Part

type Typed = dict[str, str | list[str]]


def main_of(page: str) -> html.HtmlElement:
    """What stands between the head and the foot of a page."""
    return html.fromstring(page).find(".//main")


def text_of(element: html.HtmlElement) -> str:
    return " ".join(element.itertext())


class Form:
    """A form of a page, with what it holds already."""

    def __init__(self, answer: Answer, button: str) -> None:
        """The form that has a button with this value; of one without a value, with these words."""
        self.button = next((one for one in self._buttons(answer) if button in _names_of(one)), None)
        assert self.button is not None, f"No button “{button}” at {answer.address}."
        self.form = next(self.button.iterancestors("form"))
        self.address = urljoin(answer.address, self.form.get("action") or "")
        self.fields: dict[str, list[str]] = {}
        for field in self.form.iter("input", "select", "textarea"):
            if _is_sent(field):
                self.fields.setdefault(field.get("name"), []).append(_value(field))

    @staticmethod
    def _buttons(answer: Answer) -> list[html.HtmlElement]:
        return main_of(answer.page).findall(".//form//button")

    def choice(self, name: str, said: str) -> str:
        """The value that stands for these words in a list or among boxes to tick."""
        options = {_plain(one): one.get("value") for one in self.form.findall(f".//*[@name='{name}']/option")}
        boxes = {_plain(one.getparent()): one.get("value") for one in self._boxes(name)}
        return (options | boxes)[said]

    def _boxes(self, name: str) -> list[html.HtmlElement]:
        return [one for one in self.form.findall(f".//input[@name='{name}']") if one.get("value")]

    def filled(self, typed: Typed) -> Typed:
        """What a browser sends once `typed` is filled in and the button pressed."""
        unknown = typed.keys() - self.form.inputs.keys()
        assert not unknown, f"Nothing to fill in at {self.address} called {unknown}."
        pressed = {self.button.get("name"): self.button.get("value")} if self.button.get("name") else {}
        return self.fields | typed | pressed


def _is_sent(field: html.HtmlElement) -> bool:
    kind, is_off = field.get("type"), field.get("disabled") is not None
    is_left = kind in ("checkbox", "radio") and field.get("checked") is None
    return bool(field.get("name")) and kind not in ("file", "submit") and not is_off and not is_left


def _value(field: html.HtmlElement) -> str:
    if field.tag == "input":
        return field.get("value", "on" if field.get("type") == "checkbox" else "")
    # A line end right after the tag belongs to the page, not to what was typed.
    return re.sub(r"\A\r?\n", "", field.value or "") if field.tag == "textarea" else field.value or ""


def _names_of(button: html.HtmlElement) -> tuple[str, str]:
    return button.get("value") or "", _plain(button)


def _plain(element: html.HtmlElement) -> str:
    return " ".join(text_of(element).split())


@dataclass
class Volunteer(Visitor):
    """Whoever fills in the forms; each step must be taken without a complaint."""

    def press(self, answer: Answer, button: str, **typed: str | list[str]) -> Answer:
        form = Form(answer, button)
        done = self.send(form.address, **form.filled(typed))
        assert done.status == 200, f"{form.address} says {done.status}: {_complaints(done)}"
        return done

    def fill(self, path: str, button: str, **typed: str | list[str]) -> Answer:
        """Open a page, type into its form, press its button; where that leads."""
        return self.press(self.get(path), button, **typed)

    def put_up(self, parts: Sequence[Part | Film], **facts: str) -> str:
        """An event of the past from its plan to its complete record; the address of its page."""
        planned = self.fill("/events/new/", "Plan it", name=facts["name"], date=facts["date"])
        event = planned.address.partition("state/")[0]
        self.fill(f"{event}edit/", "Keep it", **facts)
        self.write(f"{event}write/", parts)
        for step in ("publish", "complete"):
            self.fill(f"{event}state/", step)
        return event

    def write(self, path: str, parts: Sequence[Part | Film]) -> Answer:
        """Type a text part by part, and publish it."""
        page, typed = self.get(path), {}
        for number, part in enumerate(parts):
            kind = "film" if isinstance(part, Film) else part["kind"]
            if number or kind != "text":
                page, typed = self.press(page, f"add-{kind}:", **typed), {}
            if isinstance(part, Film):
                facts = {"title": part.title, "alternative": part.alternative, "address": part.address}
                page = self.press(page, "Put it in", **facts)
            else:
                typed = _typed(page, part)
        return self.press(page, "publish", **typed)


def _typed(page: Answer, part: Part) -> Typed:
    """A part as typed into the last one of the editor."""
    last = Form(page, "publish").fields["block"][-1]
    return {f"{name}-{last}": said for name, said in part.items() if name != "kind"}


def _complaints(answer: Answer) -> str:
    main = main_of(answer.page)
    said = main.find_class("error") + main.find_class("summary") if main is not None else []
    return " ".join(map(_plain, said)) or answer.page[-500:]
