// Small comforts on the page where a note is written. Without this file everything still works.
"use strict";
(() => {
  const form = document.querySelector("form[data-answer]");
  if (!form) return;

  // What is wrong comes first, and whoever does not see the page hears it first.
  document.querySelector(".summary")?.focus();

  // Sent once is enough. The page may come back from the browser's memory: then it works again.
  const button = form.querySelector("button");
  form.addEventListener("submit", (event) => {
    if (button.getAttribute("aria-disabled") === "true") event.preventDefault();
    button.setAttribute("aria-disabled", "true");
  });
  window.addEventListener("pageshow", () => button.removeAttribute("aria-disabled"));

  // Going back may fetch the page anew, with a new key. The first key stays with this step of
  // the history, so that a note sent from here is known again and not put up twice.
  const key = form.elements.key;
  key.value = history.state?.key ?? key.value;
  history.replaceState({ key: key.value }, "");

  // How much still fits, said aloud only when it is getting little.
  const words = form.querySelector("textarea[data-most]");
  const most = Number(words.dataset.most);
  const counter = document.createElement("p");
  counter.className = "hint";
  counter.setAttribute("role", "status");
  words.after(counter);
  const count = () => {
    const left = most - [...words.value].length;
    const text = left < 0 ? `${-left} characters too many.` : `${left} characters left.`;
    counter.textContent = left <= 100 ? text : "";
  };
  words.addEventListener("input", count);
  count();
})();
