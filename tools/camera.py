"""Photographs one page in every width and both schemes, and measures what a machine can measure."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage
from playwright.sync_api import Page as Tab

WIDTHS = (360, 768, 1280)  # CSS pixels
SCHEMES = ("light", "dark")
NARROWEST = 320
HEIGHT = 900
# axe meets the two layouts, and the colours of both schemes.
AXE_AT = {(360, "light"), (1280, "light"), (1280, "dark")}
AXE_OPTIONS = {
    "resultTypes": ["violations"],
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
}
# Text in a size container has no style until the first layout, which axe would call a fault.
SETTLE = "() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))"
# A new width takes some frames to reach everything; only what is still too wide after a second is.
TOO_WIDE = """async () => {
  const excess = () => document.documentElement.scrollWidth - document.documentElement.clientWidth;
  for (let frame = 0; frame < 60 && excess() > 0; frame++) await new Promise(requestAnimationFrame);
  return excess();
}"""
SMALL_TARGETS = """() => {
  const inSentence = (one) => getComputedStyle(one).display === "inline" &&
    [...one.parentElement.childNodes].some(n => n.nodeType === 3 && /[\\p{L}\\p{N}.:]/u.test(n.textContent));
  const small = (one) => {
    const label = one.matches("input[type=radio], input[type=checkbox]") && one.closest("label");
    const box = (label || one).getBoundingClientRect();
    return box.width > 1 && box.height > 1 && (box.width < 43.5 || box.height < 43.5);
  };
  const name = (one) => (one.innerText || one.ariaLabel || one.name || one.id || "").trim().slice(0, 40);
  const told = (one) => {
    const box = one.getBoundingClientRect();
    const size = `${Math.round(box.width)} × ${Math.round(box.height)}`;
    return `${one.tagName.toLowerCase()} “${name(one)}” ${size}`;
  };
  // A box drawn on a photograph is as small as its note; the same notes are links below it.
  const drawn = (one) => one.closest("svg[aria-hidden=true]");
  // Off the screen, for machines that fill in everything.
  const trap = (one) => one.closest(".trap[aria-hidden=true]");
  const targets = "a[href], button, input:not([type=hidden]), select, textarea, summary";
  return [...document.querySelectorAll(targets)]
    .filter(one => one.checkVisibility() && !inSentence(one) && !drawn(one) && !trap(one) && small(one))
    .map(told);
}"""


@dataclass
class Seen:
    """What was photographed of one page for one viewer, and what is wrong with it."""

    status: int
    photos: dict[tuple[int, str], str] = field(default_factory=dict)
    axe: list[str] = field(default_factory=list)
    console: list[str] = field(default_factory=list)
    too_wide: int = 0  # CSS pixels beyond the narrowest screen
    small_targets: list[str] = field(default_factory=list)

    @property
    def faults(self) -> list[str]:
        wide = [f"{self.too_wide} px wider than a screen of {NARROWEST} px"] if self.too_wide > 0 else []
        return [*self.axe, *self.console, *wide]


@contextmanager
def viewer(browser: Browser, site: str, cookie: dict[str, str] | None) -> Iterator[BrowserContext]:
    """A browser of its own for one viewer, known by its cookie if it has one."""
    context = browser.new_context(reduced_motion="reduce")
    if cookie:
        context.add_cookies([cookie | {"url": site}])
    try:
        yield context
    finally:
        context.close()


def photograph(context: BrowserContext, address: str, folder: Path, stem: str) -> Seen:
    """Every photograph of the page at `address`, kept as `folder`/`stem`-….jpg."""
    tab = context.new_page()
    try:
        said: list[str] = []
        tab.on("console", lambda message: _listen(message, said))
        tab.on("pageerror", lambda error: said.append(f"script: {error}"))
        answer = tab.goto(address, wait_until="load")
        seen = Seen(answer.status if answer else 0)
        for scheme in SCHEMES:
            for width in WIDTHS:
                seen.photos[width, scheme] = _shoot(tab, width, scheme, folder, stem, seen)
        _measure(tab, seen)
        seen.console = [words for words in said if f"status of {seen.status}" not in words]
        return seen
    finally:
        tab.close()


def _listen(message: ConsoleMessage, said: list[str]) -> None:
    if message.type in ("error", "warning"):
        said.append(f"console: {message.text}")


def _shoot(tab: Tab, width: int, scheme: str, folder: Path, stem: str, seen: Seen) -> str:
    _turn(tab, width, scheme)
    if (width, scheme) in AXE_AT:
        seen.axe += _axe(tab, width, scheme)
    name = f"{stem}-{width}-{scheme}.jpg"
    tab.screenshot(path=folder / name, full_page=True, type="jpeg", quality=72)
    return name


def _turn(tab: Tab, width: int, scheme: str) -> None:
    tab.set_viewport_size({"width": width, "height": HEIGHT})
    tab.emulate_media(color_scheme=scheme)
    tab.evaluate(SETTLE)


def violations(tab: Tab) -> list[dict]:
    """What axe finds wrong. The rest of its report stays in the browser: to fetch it takes as long again."""
    tab.evaluate(Axe().axe_script)
    return tab.evaluate("options => axe.run(document, options).then(found => found.violations)", AXE_OPTIONS)


def _axe(tab: Tab, width: int, scheme: str) -> list[str]:
    return [
        f"axe at {width} px, {scheme}: {one['id']} ({one['impact']}) at {_places(one)}. {one['help']}"
        for one in violations(tab)
    ]


def _places(violation: dict) -> str:
    places = [" ".join(map(str, node["target"])) for node in violation["nodes"]]
    return "; ".join(places[:3]) + (f" and {len(places) - 3} more" if len(places) > 3 else "")


def _measure(tab: Tab, seen: Seen) -> None:
    _turn(tab, NARROWEST, "light")
    seen.too_wide = tab.evaluate(TOO_WIDE)
    _turn(tab, WIDTHS[0], "light")
    seen.small_targets = tab.evaluate(SMALL_TARGETS)
