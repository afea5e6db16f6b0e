"""The hand of somebody who uses the site: whatever it presses, ticks or goes into is counted."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Locator, Page, expect


def exactly(name: str) -> re.Pattern[str]:
    return re.compile(f"^{re.escape(name)}$")


@dataclass
class Hand:
    """Works on a page by what it says; `told` is what was done, one entry for each press."""

    page: Page
    has_script: bool = True
    told: list[str] = field(default_factory=list)

    def press(self, name: str | re.Pattern[str], role: str = "button", *, nth: int = 0) -> None:
        """Press what has this name; a sentence is its whole name."""
        called = exactly(name) if isinstance(name, str) else name
        self.touch(self.page.get_by_role(role, name=called).nth(nth), f"{role} {name}")

    def follow(self, name: str | re.Pattern[str], *, nth: int = 0) -> None:
        self.press(name, "link", nth=nth)

    def touch(self, what: Locator, name: str) -> None:
        what.click()
        self.told.append(name)

    def type(self, label: str | re.Pattern[str], words: str, *, nth: int = 0) -> None:
        """Go into a field, which is a press, and type."""
        field_ = self.page.get_by_label(label).nth(nth)
        self.touch(field_, f"field {label}")
        self.page.keyboard.type(words)

    def box(self, part: int = 1) -> Locator:
        """The box for words of a part; with a script it has tools, and stands there a moment later."""
        kind = ".ProseMirror" if self.has_script else "textarea"
        return self.page.locator(f"{kind}[aria-label='Text, part {part}']")

    def write(self, words: str, *, part: int = 1) -> None:
        """Go into the box for words of a part, to its end, and type."""
        self.touch(self.box(part), f"words of {part}")
        self.page.keyboard.press("ControlOrMeta+End")
        self.page.keyboard.type(words)

    def mend(self, wrong: str, right: str) -> None:
        """Take all words of the first box and type them anew, with `right` for `wrong`."""
        box = self.box()
        words = box.inner_text().strip() if self.has_script else box.input_value()
        self.touch(box, "words of 1")
        expect(box).to_be_focused()
        self.page.keyboard.press("ControlOrMeta+A")
        self.page.keyboard.type(words.replace(wrong, right))

    def choose(self, label: str, option: str, *, nth: int = 0) -> None:
        """Open a list and press one of it: two presses."""
        self.page.get_by_label(label).nth(nth).select_option(label=option)
        self.told += [f"list {label}", f"choice {option}"]

    def bring(self, label: str, files: Sequence[Path]) -> None:
        """Press for the files of one's own device, and press to take those marked there."""
        with self.page.expect_file_chooser() as opened:
            self.touch(self.page.get_by_label(label), f"files {label}")
        opened.value.set_files(files)
        self.told.append("take the files")

    def reads(self, words: str | re.Pattern[str]) -> None:
        expect(self.page.get_by_text(words).first).to_be_visible()
