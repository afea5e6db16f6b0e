// Small comforts where a note is written, and its way through the tray. Without this file, or
// without a place to keep things, the form is sent as ever.
"use strict";
(() => {
  const form = document.querySelector("form[data-answer]");
  if (!form) return;
  const button = form.querySelector("button");
  const words = form.querySelector("[data-most]");
  const { key, mark } = form.elements;
  const most = Number(words.dataset.most);
  const says = Words("answer");
  const titled = says("title", { title: "" });
  const title = document.title.startsWith(titled) ? document.title.slice(titled.length) : document.title;
  // On the live page one goes on writing; from other pages a note that arrived is gone to.
  const stays = document.querySelector(".live--page") !== null;
  const canWait = Boolean(window.Tray?.works);
  let sent = ""; // the key of the note that was sent last
  let begun = false; // whether something was written since

  // What is wrong comes first, and whoever does not see the page hears it first.
  document.querySelector(".summary")?.focus();

  // Going back may fetch the page anew, with a new key. The first key stays with this step of
  // the history, so that a note sent from here is known again and not put up twice.
  const useKey = (value) => {
    key.value = value;
    history.replaceState({ ...history.state, key: value }, "");
  };
  useKey(history.state?.key ?? key.value);
  // A link within the page makes another step of the history, which is the same form.
  window.addEventListener("hashchange", () => useKey(key.value));

  // Sent once is enough, until there is something new. The page may come back from the browser's
  // memory: then it works again.
  form.addEventListener("submit", (event) => {
    const held = button.getAttribute("aria-disabled") === "true";
    if (held || canWait) event.preventDefault();
    if (held) return;
    if (canWait && fault()) return explain(says("put-right"), ...fault());
    button.setAttribute("aria-disabled", "true");
    sent = key.value;
    begun = false;
    if (canWait) send();
  });
  const free = () => button.removeAttribute("aria-disabled");
  window.addEventListener("pageshow", free);
  form.addEventListener("input", begin);

  function begin() {
    begun = true;
    if (key.value !== sent) free();
  }

  // Said here: there may be no network to ask the site by, and the page would be gone.
  function fault() {
    if (!mark.value) return [says("choose"), mark[0].closest("fieldset").id];
    if (measure() > most) return [says("too-long", { number: measure(), most }), words.id];
    return null;
  }

  // From when the tray has it, the note is safe, and the form is free for the next one.
  async function send() {
    const note = asItem();
    try {
      Tray.put(note);
    } catch {
      return form.submit(); // no room to keep it
    }
    if (stays) beginAgain();
    say(says("sending"));
    await Tray.sendAll(stays ? "" : note.key);
    const item = Tray.get(note.key);
    if (item?.state === "sent" && !stays && !begun) return location.assign(item.url);
    if (item?.state === "refused") return refused(item);
    if (key.value === note.key) beginAgain();
    say(item?.state === "sent" ? arrived(item) : says("kept"));
  }

  const arrived = (item) => item.said || says(item.waits ? "waits" : "up", { label: item.label });

  function asItem() {
    const fields = [...new FormData(form)].filter(([name]) => name !== "csrfmiddlewaretoken");
    const chosen = form.querySelector("[name=mark]:checked").closest("label").querySelector("b");
    return {
      key: key.value, action: new URL(form.action).pathname, board: form.dataset.board,
      heading: form.dataset.heading, fields, mark: mark.value, word: chosen.textContent,
      words: words.value.trim(), state: "waiting", at: Date.now(),
    };
  }

  // What was begun meanwhile stays, as a note of its own.
  function beginAgain() {
    useKey(Tray.newKey());
    if (begun) return free();
    words.value = "";
    form.querySelectorAll("input:checked").forEach((one) => (one.checked = false));
    form.querySelector(".summary")?.remove();
    document.title = title;
    count();
  }

  // The tray keeps it, with the reason, until it went or was thrown away. It comes back into the
  // form only where nothing else was begun there.
  function refused(old) {
    const item = withKey(old, old.fresh);
    if (!begun) return putRight(item);
    if (key.value === old.key) beginAgain();
    say(says("not-sent"));
  }

  function withKey(item, fresh) {
    if (fresh === item.key) return item;
    const fields = item.fields.map(([name, value]) => [name, name === "key" ? fresh : value]);
    const again = { ...item, key: fresh, fields };
    Tray.put(again);
    Tray.drop(item.key);
    return again;
  }

  function putRight(item) {
    fill(item);
    free();
    explain(says("not-yet"), item.said);
    say("");
  }

  function explain(heading, sentence, place) {
    const summary = form.querySelector(".summary") ?? document.createElement("div");
    const h2 = document.createElement("h2"), said = document.createElement(place ? "a" : "p");
    summary.className = "summary";
    summary.setAttribute("role", "alert");
    summary.tabIndex = -1;
    h2.textContent = heading;
    said.textContent = sentence;
    if (place) said.href = `#${place}`;
    summary.replaceChildren(h2, said);
    form.prepend(summary);
    document.title = titled + title;
    summary.focus();
  }

  // A note from the tray, to be put right.
  function fill(item) {
    const kept = new Map(item.fields);
    const sameQuestion = kept.get("asked") === form.elements.asked.value;
    for (const one of form.querySelectorAll("[name=mark], [name=words], [type=text], [type=checkbox]")) {
      if (one.type === "radio") one.checked = one.value === kept.get(one.name);
      else if (one.type === "checkbox") one.checked = sameQuestion && kept.has(one.name);
      else one.value = kept.get(one.name) ?? "";
    }
    useKey(item.key);
    begin();
    count();
  }

  function edit() {
    const item = window.Tray?.get(/^#edit-(.+)/.exec(location.hash)?.[1]);
    if (!item?.fields.length) return;
    fill(item);
    history.replaceState({ key: item.key }, "", location.pathname + location.search);
    words.focus();
  }

  const status = document.createElement("p");
  status.className = "hint";
  status.setAttribute("role", "status");
  button.closest(".btns").after(status);
  const say = (text) => (status.textContent = text);

  // How much still fits, as the site counts it, said aloud only when it is getting little.
  const counter = document.createElement("p");
  counter.className = "hint";
  counter.setAttribute("role", "status");
  words.after(counter);
  const measure = () => [...words.value.replace(/[^\P{Cc}\n\t]/gu, "").normalize().trim()].length;
  const count = () => {
    const left = most - measure();
    const text = says(left < 0 ? "over" : "left", { number: Math.abs(left) });
    counter.textContent = left <= 100 ? text : "";
  };
  words.addEventListener("input", count);
  edit();
  window.addEventListener("hashchange", edit);
  count();
})();
