// Sends chosen photographs one by one, shows how far each has come, and keeps those that did not arrive:
// a file has its key before it is sent, so that sending it again never makes it two. Also looks from time
// to time how photographs stand that are still being made ready. Without this file forms are sent as ever.
"use strict";
(() => {
  const words = Words("photos");
  const MOST = 12_000_000; // bytes; the site says so too
  const AT_ONCE = 2;
  const SILENT = 60_000; // milliseconds without a byte moving: the network is gone
  const RETRIES = [2_000, 5_000, 15_000]; // milliseconds
  const SAYING = 1_500; // milliseconds between two things said
  const FIRST_LOOK = 2_000, LAST_LOOK = 20_000; // milliseconds
  const LOST = words("lost");
  const ENDED = words("ended");

  const queueOf = (form) => form.parentElement.querySelector("[data-queue]");
  const megabytes = (bytes) => `${(bytes / 1e6).toFixed(bytes < 1e6 ? 1 : 0)} MB`;

  // Old browsers, and addresses without TLS, know no crypto.randomUUID.
  function newKey() {
    if (crypto.randomUUID) return crypto.randomUUID();
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    bytes[6] = (bytes[6] & 0x0f) | 0x40;
    bytes[8] = (bytes[8] & 0x3f) | 0x80;
    const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
    return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
  }

  function make(name, className = "", text = "") {
    const element = document.createElement(name);
    element.className = className;
    element.textContent = text;
    return element;
  }

  // ----- sending

  function sender(form) {
    const holder = queueOf(form), list = holder.querySelector("ul"), status = holder.querySelector("[role=status]");
    const { photos, shows } = form.elements, files = [];
    let going = 0, saying = 0;

    // One line that says it all, not more often than it can be listened to.
    function say() {
      clearTimeout(saying);
      saying = setTimeout(() => (status.textContent = summary()), going ? SAYING : 0);
    }

    function summary() {
      const number = (state) => files.filter((file) => file.state === state).length;
      const here = number("added") + number("there"), said = [words("here", { number: here, all: files.length })];
      if (number("refused")) said.push(words("refused", { number: number("refused") }));
      if (number("lost")) said.push(words("not-here", { number: number("lost") }));
      return said.join(" ");
    }

    function add(file) {
      const item = { file, key: newKey(), shows: shows.value, state: "waiting", tries: 0 };
      const row = make("li"), text = make("span"), name = make("b", "", file.name);
      item.said = make("span", "", ` ${words("waits", { size: megabytes(file.size) })}`);
      item.bar = make("progress");
      item.bar.max = 1;
      item.bar.hidden = true;
      item.bar.setAttribute("aria-label", words("share", { name: file.name }));
      item.again = make("button", "btn btn--quiet", words("again"));
      item.again.type = "button";
      item.again.hidden = true;
      item.again.append(make("span", "vh", `: ${file.name}`));
      item.again.addEventListener("click", () => again(item));
      text.append(name, item.said);
      row.append(text, item.bar, item.again);
      item.row = row;
      list.append(row);
      files.push(item);
      if (file.size > MOST) settle(item, "refused", words("too-large", { size: megabytes(file.size) }));
    }

    function settle(item, state, sentence, url = "") {
      item.state = state;
      item.row.dataset.state = state;
      item.bar.hidden = true;
      item.again.hidden = state !== "lost";
      tell(item, sentence);
      if (url) {
        const link = make("a", "", item.file.name);
        link.href = url;
        item.row.querySelector("b").replaceChildren(link);
      }
      say();
    }

    const tell = (item, sentence) => (item.said.textContent = ` ${sentence}`);

    function again(item) {
      item.tries = 0;
      item.renewed = false;
      item.state = "waiting";
      item.again.hidden = true;
      delete item.row.dataset.state;
      tell(item, words("waits-again"));
      next();
    }

    function next() {
      while (going < AT_ONCE) {
        const item = files.find((file) => file.state === "waiting");
        if (!item) break;
        going += 1;
        send(item);
      }
      say();
    }

    function send(item) {
      item.state = "going";
      const request = new XMLHttpRequest(), body = new FormData();
      let silent = 0;
      const hear = () => {
        clearTimeout(silent);
        silent = setTimeout(() => request.abort(), SILENT);
      };
      for (const [name, value] of [["csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value], ["key", item.key], ["shows", item.shows]]) body.append(name, value);
      body.append("photos", item.file, item.file.name);
      request.open("POST", form.action);
      request.setRequestHeader("X-Upload", "1");
      request.upload.addEventListener("progress", (step) => {
        hear();
        item.bar.hidden = false;
        item.bar.value = step.lengthComputable ? step.loaded / step.total : 0;
        tell(item, item.bar.value < 1 ? words("progress", { percent: Math.round(100 * item.bar.value) }) : words("looking"));
      });
      for (const kind of ["load", "error", "abort"]) {
        request.addEventListener(kind, () => {
          clearTimeout(silent);
          going -= 1;
          if (kind === "load") answered(item, request);
          else failed(item, LOST);
          next();
          if (!going) look(true);
        });
      }
      tell(item, words("sending"));
      hear();
      request.send(body);
    }

    function answered(item, request) {
      const isJson = request.getResponseHeader("Content-Type")?.startsWith("application/json");
      if (isJson) {
        const { state, sentence, url } = JSON.parse(request.responseText);
        // Too many in an hour, or no room: this one is kept here, and goes when there is room again.
        return settle(item, request.status === 429 ? "lost" : state, sentence, url);
      }
      if (request.status === 403 && !item.renewed) return renew(item);
      if (request.status === 403 || request.responseURL.includes("/account/")) return settle(item, "lost", ENDED);
      if (request.status === 413) return settle(item, "refused", words("larger"));
      // A server that starts, or a proxy in trouble.
      failed(item, LOST);
    }

    // After signing in again, the form of this page needs the token of the new session.
    async function renew(item) {
      item.renewed = true;
      try {
        const answer = await fetch(form.action, { cache: "no-store" });
        const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("form[data-photos]");
        if (!fresh) return settle(item, "lost", ENDED);
        form.elements.csrfmiddlewaretoken.value = fresh.elements.csrfmiddlewaretoken.value;
        item.state = "waiting";
        next();
      } catch {
        failed(item, LOST);
      }
    }

    function failed(item, sentence) {
      const delay = RETRIES[item.tries++];
      if (delay === undefined || !navigator.onLine) return settle(item, "lost", sentence);
      item.state = "resting";
      item.bar.hidden = true;
      tell(item, words("rests", { seconds: delay / 1000 }));
      setTimeout(() => {
        if (item.state !== "resting") return;
        item.state = "waiting";
        next();
      }, delay);
    }

    form.addEventListener("submit", (event) => {
      if (!photos.files.length) return; // the site says what is missing
      event.preventDefault();
      holder.hidden = false;
      [...photos.files].forEach(add);
      photos.value = "";
      next();
    });
    window.addEventListener("online", () => {
      files.filter((file) => file.state === "lost" && file.said.textContent.includes(LOST)).forEach(again);
    });
    window.addEventListener("beforeunload", (event) => {
      if (files.some((file) => ["waiting", "going", "resting", "lost"].includes(file.state))) event.preventDefault();
    });
  }

  // ----- how photographs stand

  let wait = FIRST_LOOK, looking = 0;

  function look(now = false) {
    clearTimeout(looking);
    if (now) wait = FIRST_LOOK;
    if (!now && !document.querySelector("[data-moving]")) return;
    looking = setTimeout(fetchStates, now ? 300 : wait);
    wait = Math.min(wait * 1.5, LAST_LOOK);
  }

  async function fetchStates() {
    try {
      const answer = await fetch(location.pathname, { cache: "no-store", headers: { "X-Part": "states" } });
      if (answer.ok) put(new DOMParser().parseFromString(await answer.text(), "text/html"));
    } catch {
      // No signal: the next look finds out.
    }
    look();
  }

  // Each photograph by itself, and never from under somebody's hands.
  function put(fresh) {
    const list = document.querySelector("[data-states]"), news = fresh.querySelector("[data-states]");
    const known = new Set([...document.querySelectorAll("[data-state][id]")].map((one) => one.id));
    const came = news && [...news.querySelectorAll("[data-state][id]")].some((one) => !known.has(one.id));
    if (came && !list.contains(document.activeElement)) return list.replaceWith(document.adoptNode(news));
    for (const old of document.querySelectorAll("[data-state][id]")) {
      const one = fresh.getElementById(old.id);
      if (!one || one.dataset.state === old.dataset.state || old.contains(document.activeElement)) continue;
      // What is asked on the page of one photograph may change with it: then the page is read anew.
      if (!old.closest("[data-states]") && !one.hasAttribute("data-moving")) return location.reload();
      old.replaceWith(document.adoptNode(one));
    }
  }

  // What is there for browsers without scripts only.
  document.querySelectorAll("[data-plain]").forEach((one) => one.remove());
  const form = document.querySelector("form[data-photos]");
  if (form) sender(form);
  document.querySelector(".summary")?.focus();
  look();
})();
