// Puts the newest results in place of the ones on the page, as soon as they are told (stream.js).
// Never from under somebody's hands: while the focus is inside, they wait until it has left.
"use strict";
(() => {
  const words = Words("results");
  let waiting = null;
  const shown = () => document.getElementById("results");

  function put(html) {
    const fresh = new DOMParser().parseFromString(html, "text/html").getElementById("results");
    const old = shown();
    if (!fresh || !old) return;
    if (old.contains(document.activeElement)) {
      waiting = html;
      return;
    }
    waiting = null;
    const open = [...old.querySelectorAll("details")].map((one) => one.open);
    const moved = fresh.dataset.state !== old.dataset.state;
    old.replaceWith(document.adoptNode(fresh));
    [...fresh.querySelectorAll("details")].forEach((one, at) => (one.open = open[at] ?? false));
    if (moved) sayThatItMoved();
  }

  // Another step, opened or closed: what the page asks for is another thing now.
  function sayThatItMoved() {
    if (document.getElementById("results-moved")) return;
    const said = document.createElement("p");
    said.id = "results-moved";
    said.className = "flash flash--warn";
    said.setAttribute("role", "status");
    const link = document.createElement("a");
    link.href = location.pathname + location.search;
    link.textContent = words("see");
    said.append(`${words("moved")} `, link);
    document.querySelector("[data-live]")?.before(said);
  }

  document.addEventListener("live", ({ detail }) => {
    if (detail.event === "results") put(detail.data);
  });
  document.addEventListener("focusout", () => setTimeout(() => waiting && put(waiting)));
})();
