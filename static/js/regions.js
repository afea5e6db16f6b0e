// The page of the boxes of a photograph: which notes a box can show follows the heading it is under.
"use strict";
(() => {
  const form = document.querySelector("[data-boxing]");
  if (!form) return;
  form.querySelector(".summary")?.focus();

  const choices = (station) => form.querySelector(`template[data-notes-under="${station}"]`);

  form.addEventListener("change", ({ target }) => {
    if (target.matches("select[name$='-station']")) {
      const shows = target.closest("[data-box]").querySelector("select[name$='-shows']"), was = shows.value;
      shows.replaceChildren(choices(target.value).content.cloneNode(true));
      // A note of another heading is not in the list any more; "A new note" is in every one.
      shows.value = [...shows.options].some((option) => option.value === was) ? was : "";
    }
    if (target.matches("[data-keep]")) look(target);
  });

  // A suggestion without its tick stays on the picture, fainter.
  function look(tick) {
    tick.closest("[data-box]").dataset.look = tick.checked ? "box--suggested" : "box--suggested box--left";
    form.dispatchEvent(new CustomEvent("boxes"));
  }
  form.querySelectorAll("[data-keep]").forEach(look);

  form.addEventListener("box", ({ detail: { what, row } }) => {
    if (what === "added") {
      form.querySelector("[data-box-empty]")?.remove();
      unsaved = true;
    }
    if (what === "changed" || what === "removed") unsaved = true;
    // Fields of the chosen box come into sight, but only where a list beside the picture scrolls by itself.
    const list = form.querySelector(".boxing__rows");
    if (what === "selected" && list.scrollHeight > list.clientHeight + 1 && !row.contains(document.activeElement)) {
      const [at, frame] = [row.getBoundingClientRect(), list.getBoundingClientRect()];
      if (at.top < frame.top || at.bottom > frame.bottom) list.scrollTop += at.top - frame.top - 16;
    }
  });

  // Closing the page by mistake should not lose an hour of drawing.
  let unsaved = Boolean(form.querySelector(".summary, [data-box][data-new], [data-keep]"));
  form.addEventListener("input", () => (unsaved = true));
  form.addEventListener("submit", () => (unsaved = false));
  window.addEventListener("beforeunload", (event) => unsaved && event.preventDefault());
})();
