// The big screen: fetches its own picture when something changed, counts the clock down, listens
// to the presenter's keys. Without this file the page shows the same and is fetched anew by itself.
"use strict";
(() => {
  const words = Words("projector");
  const REST = 300, BETWEEN = 1_000, AGAIN = 10_000; // milliseconds
  const LARGEST = 6.5; // hundredths of the height
  const health = document.getElementById("projector-health");
  const keys = document.getElementById("projector-keys");
  let address = location.href, timer = 0, drawnAt = -BETWEEN, isHeld = false, asked = 0;

  // The picture

  const soon = (wait) => {
    clearTimeout(timer);
    timer = setTimeout(draw, Math.max(wait, drawnAt + BETWEEN - performance.now()));
  };

  async function draw() {
    if (isHeld) return;
    drawnAt = performance.now();
    const mine = (asked += 1);
    try {
      const answer = await fetch(address, { headers: { "HX-Request": "true" }, cache: "no-store" });
      if (!answer.ok) throw new Error(answer.status);
      const text = await answer.text();
      // A later question was asked meanwhile: its answer counts.
      if (mine !== asked || isHeld) return;
      show(text);
      say("");
    } catch {
      say("offline");
      soon(AGAIN);
    }
  }

  function show(text) {
    const before = document.getElementById("stage");
    const after = new DOMParser().parseFromString(text, "text/html").getElementById("stage");
    if (!after) return location.reload();
    const cards = new Set([...before.querySelectorAll("[id^=card-]")].map((card) => card.id));
    for (const card of after.querySelectorAll("[id^=card-]")) {
      card.classList.toggle("note--new", !cards.has(card.id));
    }
    const held = document.activeElement?.id;
    before.replaceWith(document.adoptNode(after));
    if (held) document.getElementById(held)?.focus();
    wind();
    fit();
  }

  // Words as large as their note allows. The style sheet has a size that always fits.
  function fit() {
    const unit = Math.min(innerHeight, (innerWidth * 9) / 16) / 100;
    for (const text of document.querySelectorAll(".facing .note__text")) {
      const words = text.querySelector("p:not(.note__state)");
      if (!words) continue;
      words.style.fontSize = "";
      if (getComputedStyle(text).containerType !== "size") continue;
      let least = unit, most = LARGEST * unit;
      while (most - least > 1) {
        const size = (least + most) / 2;
        words.style.fontSize = `${size}px`;
        const fits = words.scrollHeight <= text.clientHeight && words.scrollWidth <= text.clientWidth;
        if (fits) least = size;
        else most = size;
      }
      words.style.fontSize = `${least}px`;
    }
  }
  window.addEventListener("resize", fit);
  document.fonts?.ready.then(fit);

  function go(link) {
    if (!link) return;
    const next = new URL(link.getAttribute("href"), location.href);
    const theme = new URL(location.href).searchParams.get("theme");
    if (theme) next.searchParams.set("theme", theme);
    address = next.href;
    history.replaceState(null, "", address);
    soon(0);
  }

  document.addEventListener("click", (event) => {
    const link = event.target.closest("#stage-before, #stage-after, #projector-theme");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    if (link.id === "projector-theme") turn();
    else go(link);
  });

  // The clock, by this device's own seconds: it only counts from what the server said

  let ending = null;
  function wind() {
    const clock = document.querySelector("[data-seconds-left]");
    ending = clock && performance.now() + 1000 * Number(clock.dataset.secondsLeft);
    tick();
  }
  function tick() {
    const clock = document.querySelector("[data-seconds-left]");
    if (!clock || ending === null) return;
    const left = Math.max(0, Math.ceil((ending - performance.now()) / 1000));
    clock.textContent = left ? `${Math.floor(left / 60)}:${String(left % 60).padStart(2, "0")}` : words("up");
  }
  setInterval(tick, 250);

  // What the presenter does

  const root = document.documentElement;
  const isDark = () => (root.dataset.theme || (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "")) === "dark";

  function turn() {
    root.dataset.theme = isDark() ? "light" : "dark";
    const here = new URL(location.href);
    here.searchParams.set("theme", root.dataset.theme);
    history.replaceState(null, "", here);
    address = here.href;
    nameTheme();
  }

  function nameTheme() {
    const link = document.getElementById("projector-theme"), other = isDark() ? "light" : "dark";
    const there = new URL(location.href);
    there.searchParams.set("theme", other);
    link.href = there.search;
    link.textContent = words(other);
  }

  function hold() {
    isHeld = !isHeld;
    say(isHeld ? "held" : "");
    if (!isHeld) soon(0);
  }

  function fill() {
    if (document.fullscreenElement) document.exitFullscreen();
    else document.documentElement.requestFullscreen?.();
  }

  const tellKeys = () => (keys.hidden = !keys.hidden);
  const step = (id) => go(document.getElementById(id));
  const KEYS = {
    ArrowLeft: () => step("stage-before"), ArrowUp: () => step("stage-before"), PageUp: () => step("stage-before"),
    ArrowRight: () => step("stage-after"), ArrowDown: () => step("stage-after"), PageDown: () => step("stage-after"),
    f: fill, d: turn, p: hold, "?": tellKeys,
  };
  document.addEventListener("keydown", (event) => {
    const act = KEYS[event.key.length === 1 ? event.key.toLowerCase() : event.key];
    if (!act || event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
    event.preventDefault();
    act();
  });

  function say(state) {
    health.textContent = words(state);
  }

  document.addEventListener("live", (event) => {
    // The picture is fetched rather than the page, which would leave the full screen.
    event.preventDefault();
    soon(REST);
  });
  document.addEventListener("live-health", (event) => {
    if (isHeld) return;
    say(event.detail.state);
    if (event.detail.state === "live") soon(REST);
  });
  keys.hidden = false;
  nameTheme();
  wind();
})();
