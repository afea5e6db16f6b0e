// Small comforts where a note is written, and its way through the tray. Without this file, or
// without a place to keep things, the form is sent as ever.
"use strict";
(() => {
  const form = document.querySelector("form[data-answer]");
  if (!form) return;
  const button = form.querySelector("button");
  const { key, words, mark } = form.elements;

  // What is wrong comes first, and whoever does not see the page hears it first.
  document.querySelector(".summary")?.focus();

  // Going back may fetch the page anew, with a new key. The first key stays with this step of
  // the history, so that a note sent from here is known again and not put up twice.
  const useKey = (value) => {
    key.value = value;
    history.replaceState({ ...history.state, key: value }, "");
  };
  useKey(history.state?.key ?? key.value);

  // Sent once is enough. The page may come back from the browser's memory: then it works again.
  form.addEventListener("submit", (event) => {
    if (button.getAttribute("aria-disabled") === "true") return event.preventDefault();
    button.setAttribute("aria-disabled", "true");
    if (canWait()) send(event);
  });
  window.addEventListener("pageshow", () => button.removeAttribute("aria-disabled"));

  // What is incomplete or too long the site itself explains best.
  function canWait() {
    const fits = [...words.value].length <= most;
    return Boolean(window.Tray?.works && mark.value && fits);
  }

  async function send(event) {
    event.preventDefault();
    const stays = document.querySelector(".live--page") !== null;
    try {
      Tray.put(asItem());
    } catch {
      return form.submit(); // no room to keep it
    }
    say("Sending.");
    await Tray.sendAll(stays ? "" : key.value);
    const item = Tray.get(key.value);
    if (item?.state === "sent" && !stays) return location.assign(item.url);
    button.removeAttribute("aria-disabled");
    if (item?.state === "refused") return putRight(item);
    beginAgain();
    say(item?.state === "sent" ? arrived(item) : "Kept on this device. It goes by itself when the network is back.");
  }

  const arrived = (item) => item.said || (item.waits ? `It waits for an organiser, as ${item.label}.` : `It is on the wall, as ${item.label}.`);

  function asItem() {
    const fields = [...new FormData(form)].filter(([name]) => name !== "csrfmiddlewaretoken");
    const chosen = form.querySelector("[name=mark]:checked").closest("label").querySelector("b");
    return {
      key: key.value, action: new URL(form.action).pathname, board: form.dataset.board,
      heading: form.dataset.heading, fields, mark: mark.value, word: chosen.textContent,
      words: words.value.trim(), state: "waiting", at: Date.now(),
    };
  }

  function beginAgain() {
    words.value = "";
    form.querySelectorAll("input:checked").forEach((one) => (one.checked = false));
    form.querySelector(".summary")?.remove();
    useKey(Tray.newKey());
    count();
  }

  // The words stay in the form, and in the tray until they went or were thrown away.
  function putRight(item) {
    if (item.fresh !== item.key) {
      Tray.drop(item.key);
      useKey(item.fresh);
      Tray.put({ ...item, key: item.fresh, fields: item.fields.map(([name, value]) => [name, name === "key" ? item.fresh : value]) });
    }
    const summary = form.querySelector(".summary") ?? document.createElement("div");
    const heading = document.createElement("h2"), sentence = document.createElement("p");
    summary.className = "summary";
    summary.setAttribute("role", "alert");
    summary.tabIndex = -1;
    heading.textContent = "Not sent yet";
    sentence.textContent = item.said;
    summary.replaceChildren(heading, sentence);
    form.prepend(summary);
    summary.focus();
    say("");
  }

  // Taken out of the tray to be put right.
  function edit() {
    const item = window.Tray?.get(/^#edit-(.+)/.exec(location.hash)?.[1]);
    if (!item?.fields.length) return;
    const kept = new Map(item.fields);
    const sameQuestion = kept.get("asked") === form.elements.asked.value;
    for (const one of form.querySelectorAll("[name=mark], [name=words], [type=text], [type=checkbox]")) {
      if (one.type === "radio") one.checked = one.value === kept.get(one.name);
      else if (one.type === "checkbox") one.checked = sameQuestion && kept.has(one.name);
      else one.value = kept.get(one.name) ?? "";
    }
    useKey(item.key);
    history.replaceState({ key: item.key }, "", location.pathname + location.search);
    words.focus();
  }

  const status = document.createElement("p");
  status.className = "hint";
  status.setAttribute("role", "status");
  button.closest(".btns").after(status);
  const say = (text) => (status.textContent = text);

  // How much still fits, said aloud only when it is getting little.
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
  edit();
  window.addEventListener("hashchange", edit);
  count();
})();
