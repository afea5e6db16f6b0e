// Comforts of the reading desk: buttons that put markup in, and a look at how it reads while one
// types. The site itself says how it reads, so that there is one reader of markup and no second.
"use strict";
(() => {
  const form = document.querySelector("form[data-desk]");
  if (!form) return;
  const { markup } = form.elements;
  const preview = form.querySelector("[data-preview]");
  const PAUSE = 400; // milliseconds without a key

  // What is wrong comes first, and whoever does not see the page hears it first.
  form.querySelector(".summary")?.focus();

  // One toolbar is one stop for Tab; the arrow keys go along it.
  const toolbar = form.querySelector("[data-toolbar]");
  const buttons = [...toolbar.querySelectorAll("button")];
  toolbar.hidden = false;
  const stopAt = (chosen) => buttons.forEach((one) => (one.tabIndex = one === chosen ? 0 : -1));
  stopAt(buttons[0]);
  toolbar.addEventListener("keydown", (event) => {
    const here = buttons.indexOf(document.activeElement);
    const to = { ArrowRight: here + 1, ArrowLeft: here - 1, Home: 0, End: buttons.length - 1 }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    const next = buttons.at(to % buttons.length);
    stopAt(next);
    next.focus();
  });
  toolbar.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (button) put(button.dataset);
  });

  // Around what is selected; else with a word that is selected, ready to be typed over.
  function put({ before = "", put: text, after = "", choose }) {
    const selected = markup.value.slice(markup.selectionStart, markup.selectionEnd);
    const start = markup.selectionStart;
    const inside = before && selected ? selected : text;
    markup.setRangeText(before + inside + after, start, markup.selectionEnd, "end");
    markup.focus();
    if (before && !selected) markup.setSelectionRange(start + before.length, start + before.length + text.length);
    if (choose) markup.setSelectionRange(start + text.indexOf(choose), start + text.indexOf(choose) + choose.length);
    markup.dispatchEvent(new Event("input", { bubbles: true }));
  }

  // What is doubtful is said aloud when it changes; the words themselves are not read out at every pause.
  const aloud = document.createElement("p");
  aloud.className = "vh";
  aloud.setAttribute("role", "status");
  preview.after(aloud);
  form.querySelector("button[value=look]").closest("p").hidden = true;

  let pause = 0, asked = 0;
  markup.addEventListener("input", () => {
    clearTimeout(pause);
    pause = setTimeout(look, PAUSE);
  });

  async function look() {
    const number = ++asked;
    const body = new FormData(form);
    body.set("act", "look");
    let answer;
    try {
      answer = await fetch(form.action, { method: "POST", body, headers: { "X-Part": "preview" } });
    } catch {
      return; // without a network it shows again with the next key
    }
    if (!answer.ok || number !== asked) return;
    preview.innerHTML = await answer.text();
    aloud.textContent = preview.querySelector("[data-said]").textContent;
  }

  // Sent once is enough. The page may come back from the browser's memory: then it works again.
  let sent = false;
  form.addEventListener("submit", (event) => {
    if (sent) event.preventDefault();
    sent = true;
  });
  window.addEventListener("pageshow", () => (sent = false));
})();
