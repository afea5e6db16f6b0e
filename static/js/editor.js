/* Keeps what is typed while it is typed; the form's buttons do the same without this. */
(() => {
  "use strict";
  const form = document.querySelector("[data-editor]");
  const says = Words("editor");
  const said = document.querySelector("[data-kept]");
  if (!form || !said) return;
  const PAUSE = 2000;
  const AGAIN = 8000;
  // Nobody is offered the words of somebody else who wrote in this browser.
  const shelf = `draft:${form.dataset.draft}:${form.dataset.person}`;
  let timer = 0;
  let busy = false;
  let dirty = false;
  let stopped = false;
  let leaving = false;
  let describing = false;

  const tell = (words) => { if (said.textContent !== words) said.textContent = words; };

  const typed = () => {
    const data = new URLSearchParams();
    for (const [name, value] of new FormData(form)) if (typeof value === "string") data.append(name, value);
    return data;
  };

  // What the site could not be given yet stays in this browser, until it could.
  const shelve = (refused) => { const data = typed(); if (refused) data.set("refused", "1"); try { localStorage.setItem(shelf, data.toString()); } catch (error) { /* full or forbidden */ } };
  const ABOUT = ["csrfmiddlewaretoken", "based_on", "number"];
  const words = (data) => [...data].filter(([name]) => !ABOUT.includes(name)).join("\n");
  // A later number, or a later version to begin from, says that the site has had them.
  const arrived = (data) => {
    const [based, number] = ["based_on", "number"].map((name) => Number(form.elements[name].value) - Number(data.get(name)));
    return words(data) === words(typed()) || (!data.has("refused") && (based > 0 || number > 0));
  };
  const unshelve = () => { try { localStorage.removeItem(shelf); } catch (error) { /* forbidden */ } };
  const shelved = () => { try { return localStorage.getItem(shelf); } catch (error) { return null; } };

  const later = (pause) => { clearTimeout(timer); timer = setTimeout(keep, pause); };

  async function keep() {
    if (busy || stopped || !dirty) return;
    busy = true;
    dirty = false;
    const data = typed();
    if (describing) data.set("describe", "1");
    describing = false;
    shelve();
    let answer = null;
    try {
      answer = await fetch(form.dataset.draft, { method: "POST", body: data, headers: { "X-Draft": "1" }, redirect: "manual" });
    } catch (error) { /* no signal */ }
    busy = false;
    await heard(answer);
  }

  async function heard(answer) {
    if (answer && answer.ok) {
      const kept = await answer.json();
      form.elements.number.value = kept.number;
      if (!dirty) unshelve();
      tell(kept.sentence || says("kept", { time: kept.kept }));
    } else if (answer && (answer.status === 409 || answer.status === 422)) {
      const why = await answer.json();
      stopped = answer.status === 409;
      if (stopped) shelve(true);
      tell(stopped ? says("safe", { why: why.sentence }) : why.sentence);
    } else if (answer && (answer.type === "opaqueredirect" || answer.status === 403 || answer.status === 404)) {
      dirty = true;
      tell(says("signed-out"));
      await renew();
      later(AGAIN);
    } else {
      dirty = true;
      tell(says("offline"));
      later(AGAIN);
    }
    if (dirty && !stopped) later(PAUSE);
  }

  // Signing in again changes what this form has to show; the page of the same person knows it.
  async function renew() {
    try {
      const page = await fetch(location.pathname, { redirect: "error" });
      const other = new DOMParser().parseFromString(await page.text(), "text/html").querySelector("[data-editor]");
      if (other?.dataset.person === form.dataset.person) form.elements.csrfmiddlewaretoken.value = other.elements.csrfmiddlewaretoken.value;
    } catch (error) { /* still signed out */ }
  }

  const changed = () => { dirty = true; later(PAUSE); };
  form.addEventListener("input", changed);
  // What is said of a photograph is kept once a field of it is finished, not with every letter.
  form.addEventListener("change", (event) => { if (event.target.matches("[data-describe]")) { describing = true; changed(); } });
  addEventListener("online", () => { if (dirty) keep(); });
  form.addEventListener("submit", (sent) => {
    leaving = true;
    clearTimeout(timer);
    if (sent.submitter?.value === "drop") unshelve(); else if (dirty) shelve();
  });
  addEventListener("pagehide", () => {
    if (leaving || !dirty || stopped) return;
    shelve();
    fetch(form.dataset.draft, { method: "POST", body: typed(), keepalive: true }).catch(() => {});
  });

  // Words that never reached the site: offered again, never put in by themselves.
  const before = shelved();
  if (before && arrived(new URLSearchParams(before))) unshelve();
  else if (before) offer(new URLSearchParams(before));

  function offer(kept) {
    const note = document.createElement("div");
    note.className = "flash flash--warn";
    const line = document.createElement("p");
    line.textContent = says("found");
    const back = document.createElement("button");
    back.type = "button"; back.className = "btn"; back.textContent = says("back");
    const drop = document.createElement("button");
    drop.type = "button"; drop.className = "btn btn--quiet"; drop.textContent = says("drop");
    drop.addEventListener("click", () => { unshelve(); note.remove(); });
    back.addEventListener("click", () => bring(kept));
    note.append(line, back, drop);
    form.before(note);
  }

  // Sent like a form of its own: the page comes back with these words in it.
  function bring(kept) {
    const other = document.createElement("form");
    other.method = "post"; other.hidden = true;
    kept.set("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
    kept.set("number", form.elements.number.value);
    kept.set("act", "keep");
    for (const [name, value] of kept) {
      const field = document.createElement("textarea");
      field.name = name; field.value = value;
      other.append(field);
    }
    document.body.append(other);
    unshelve();
    leaving = true;
    other.submit();
  }
})();
