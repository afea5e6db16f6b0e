// The console, kept up to date while it is open. Without this file every button still works, and
// loading the page again shows what is new. Nothing here moves the focus or what is being read.
"use strict";
(() => {
  const SOON = 400; // milliseconds: many notes at once are fetched once
  const news = document.getElementById("console-news");
  const list = () => document.querySelector("[data-queue]");

  // The timer goes on by the seconds that were left, since clocks of devices are wrong.
  for (const clock of document.querySelectorAll("[data-seconds-left]")) {
    const end = performance.now() + 1000 * Number(clock.dataset.secondsLeft);
    setInterval(() => {
      const left = Math.max(0, Math.round((end - performance.now()) / 1000));
      clock.textContent = `${Math.floor(left / 60)}:${String(left % 60).padStart(2, "0")}`;
    }, 1000);
  }

  // Notes that came are put at the end, notes that went are taken out; one that somebody is at stays.
  function merge(fresh) {
    const there = list();
    const coming = fresh.querySelector("[data-queue]");
    if (!there || !coming) return;
    const ids = new Set([...coming.children].map((one) => one.id));
    for (const one of [...there.children]) {
      const inUse = one.contains(document.activeElement) || one.querySelector("details[open]");
      if (!ids.has(one.id) && !inUse) one.remove();
    }
    for (const one of [...coming.children]) {
      const old = document.getElementById(one.id);
      if (!old) there.append(one);
      else if (!old.contains(document.activeElement) && !old.querySelector("details[open]")) old.replaceWith(one);
    }
    const heading = document.getElementById("h-queue");
    const said = fresh.querySelector("#h-queue").textContent;
    if (heading.textContent !== said) heading.textContent = said;
    const number = Number(/\d+/.exec(said)?.[0] ?? 0);
    const way = document.getElementById("console-waiting");
    if (number) way.textContent = said;
    way.hidden = !number;
    document.title = (number ? `(${number}) ` : "") + document.title.replace(/^\(\d+\) /, "");
  }

  async function refresh() {
    try {
      const answer = await fetch(`${location.pathname}?queue`, { headers: { Accept: "text/html" } });
      if (!answer.ok || answer.redirected) return;
      merge(new DOMParser().parseFromString(await answer.text(), "text/html"));
    } catch {
      // The next change tries again; the page as it is stays usable.
    }
  }

  let waiting = 0;
  document.addEventListener("live", (event) => {
    if (event.detail.event === "state") news.hidden = false;
    if (!list()) return;
    clearTimeout(waiting);
    waiting = setTimeout(refresh, SOON);
  });
})();
