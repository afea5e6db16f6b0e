// The live board: new notes come in by themselves only where nobody is reading; else they wait
// behind a button. Nothing here moves the focus or the page under anybody's eyes.
"use strict";
(() => {
  const words = Words("live");
  const list = document.getElementById("live-notes");
  const more = document.getElementById("live-more");
  const pause = document.getElementById("live-pause");
  const said = document.getElementById("live-said");
  const heading = document.getElementById("h-wall");
  const MOST = 200, TURN = 5_000; // cards on the page; milliseconds between two announcements
  const only = list.dataset.station; // of one heading, or of all
  const SAID = { tick: "agree", heart: "important", bubble: "amend", square: "challenge" };

  const waiting = new Map(); // identifier → card, the oldest first
  const own = new Set([...document.querySelectorAll(".note--mine")].map((one) => one.closest("li")?.id));
  let counts = {}, sentences = [], last = -TURN, timer = 0;

  const part = (html) => {
    const place = document.createElement("template");
    place.innerHTML = html;
    return place.content.firstElementChild;
  };
  const paused = () => pause.getAttribute("aria-pressed") === "true";
  const reads = () => list.contains(document.activeElement) || list.getBoundingClientRect().top < 0;

  const HEARS = {
    note(html) {
      const card = part(html);
      if (!card || (only && card.dataset.station !== only)) return;
      document.getElementById(`own-${card.id}`)?.remove();
      mine(card);
      const there = document.getElementById(card.id);
      if (there && !paused()) return replace(there, card);
      if (!there && !waiting.has(card.id)) counts[card.dataset.mark] = (counts[card.dataset.mark] ?? 0) + 1;
      waiting.set(card.id, card);
      if (paused() || reads()) offer();
      else show();
    },
    gone(identifier) {
      waiting.delete(identifier);
      const card = document.getElementById(identifier);
      if (card?.contains(document.activeElement)) (card.nextElementSibling?.querySelector("a") ?? heading).focus();
      card?.remove();
      offer();
    },
    tally(html) {
      const tally = part(html);
      if (paused()) return later.set(tally.id, tally);
      count(tally);
    },
    state(html) {
      const state = part(html);
      const before = document.getElementById("live-state");
      const phase = state.querySelector("[data-phase]")?.textContent;
      if (phase !== before.querySelector("[data-phase]")?.textContent) sentences.push(phase ? words("now", { phase }) : words("board-closed"));
      if (before.contains(document.activeElement)) heading.focus({ preventScroll: true });
      before.replaceWith(state);
      room();
      speak();
    },
  };
  const later = new Map(); // tallies that wait while the page is paused

  function mine(card) {
    const sent = window.Tray?.items().some((item) => item.identifier === card.id);
    if (!sent && !own.has(card.id)) return;
    own.add(card.id);
    const note = card.querySelector(".note");
    const yours = document.createElement("span");
    yours.className = "note__mine";
    yours.textContent = words("yours");
    note.classList.add("note--mine");
    note.querySelector(".note__mine") ?? note.querySelector(".note__head").append(yours);
  }

  function replace(there, card) {
    const had = there.contains(document.activeElement);
    there.replaceWith(card);
    if (had) card.querySelector("a")?.focus();
  }

  function show() {
    for (const card of waiting.values()) {
      const there = document.getElementById(card.id);
      if (there) {
        replace(there, card);
        continue;
      }
      card.querySelector(".note")?.classList.add("note--new");
      list.prepend(card);
    }
    waiting.clear();
    for (const tally of later.values()) count(tally);
    later.clear();
    document.getElementById("live-nothing")?.remove();
    trim();
    offer();
    speak();
  }

  // The oldest go, but a challenge stays in sight as long as any is there.
  function trim() {
    while (list.children.length > MOST) {
      const challenges = list.querySelectorAll("[data-mark=square]");
      const alone = challenges.length === 1 && list.lastElementChild === challenges[0];
      (alone ? list.lastElementChild.previousElementSibling : list.lastElementChild).remove();
    }
  }

  function offer() {
    const number = [...waiting.values()].filter((card) => !document.getElementById(card.id)).length;
    const changed = waiting.size + later.size > 0;
    more.textContent = number ? words("new", { number }) : words("changed");
    const away = !changed && document.activeElement === more;
    more.hidden = !changed;
    if (away) heading.focus({ preventScroll: true });
    if (!paused()) speak();
  }

  function count(tally) {
    document.getElementById(tally.id)?.replaceWith(tally);
    for (const total of document.querySelectorAll(`[data-total-of="${tally.dataset.station}"]`)) total.textContent = tally.dataset.total;
    const all = document.querySelector('[data-total-of=""]');
    const each = [...document.querySelectorAll(".live__stations [data-total-of]")].filter((one) => one !== all);
    if (all) all.textContent = each.reduce((sum, one) => sum + Number(one.textContent), 0);
  }

  // One line for those who listen, never more often than every five seconds.
  function speak() {
    clearTimeout(timer);
    const wait = last + TURN - performance.now();
    if (wait > 0) return void (timer = setTimeout(speak, wait));
    const number = Object.values(counts).reduce((sum, one) => sum + one, 0);
    const marks = Object.keys(SAID).filter((mark) => counts[mark]).map((mark) => words(SAID[mark], { number: counts[mark] }));
    if (number) sentences.push(words("came", { number, marks: marks.join(", ") }));
    if (!sentences.length) return;
    said.textContent = sentences.join(". ");
    counts = {};
    sentences = [];
    last = performance.now();
  }

  // Counted from when it was told, by a clock that nobody can set wrong.
  let end = null, before = null;
  function room() {
    const state = document.getElementById("live-state");
    const seconds = state.dataset.secondsLeft;
    end = seconds === undefined ? null : performance.now() + 1000 * Number(seconds);
    before = seconds === undefined ? null : Number(seconds);
    const locked = (state.dataset.locked ?? "").split(" ").includes(only) || state.dataset.takes === "no";
    // A board that closes while somebody looks on is live no more.
    if (!state.querySelector("[data-phase]")) document.getElementById("live-health").textContent = words("closed");
    document.querySelector(".live__jump").hidden = locked;
    const form = document.getElementById("live-form");
    if (!form) return;
    document.getElementById("live-locked").hidden = !locked;
    form.hidden = locked && !form.contains(document.activeElement);
  }

  function tick() {
    if (end === null) return;
    const left = Math.max(0, Math.round((end - performance.now()) / 1000));
    const clock = document.querySelector("#live-state [data-clock]");
    if (clock) clock.textContent = `${Math.floor(left / 60)}:${String(left % 60).padStart(2, "0")}`;
    if (before > 60 && left <= 60) sentences.push(words("minute"));
    if (before > 0 && left === 0) sentences.push(words("up"));
    if (before !== left && sentences.length) speak();
    before = left;
  }

  document.addEventListener("live", ({ detail }) => HEARS[detail.event]?.(detail.data));
  document.addEventListener("live-health", ({ detail }) => {
    const closed = !document.querySelector("#live-state [data-phase]");
    document.getElementById("live-health").textContent = words(closed ? "closed" : detail.state);
    document.getElementById("live-again").hidden = detail.state === "live" || detail.state === "polling";
  });
  more.addEventListener("click", () => {
    show();
    heading.focus();
  });
  pause.addEventListener("click", () => {
    pause.setAttribute("aria-pressed", String(!paused()));
    if (!paused() && !reads()) show();
  });
  // Whoever asks for a note that waits is shown it.
  window.addEventListener("hashchange", () => {
    const asked = location.hash.slice(1);
    if (waiting.has(asked)) show();
    // One's own note that is not for everybody comes with the page only.
    const isKept = !document.getElementById(asked) && window.Tray?.items().some((item) => item.identifier === asked);
    if (isKept && !document.querySelector("[name=words]")?.value) return location.reload();
    document.getElementById(asked)?.scrollIntoView({ block: "center" });
  });
  // A card may come over the stream before the answer to the note itself says which one it is.
  document.addEventListener("tray", () => [...waiting.values(), ...list.children].forEach(mine));
  pause.setAttribute("aria-pressed", String(matchMedia("(prefers-reduced-motion: reduce)").matches));
  pause.hidden = false;
  room();
  setInterval(tick, 500);
})();
