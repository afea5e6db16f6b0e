// The tray: notes are kept on the device before they are sent, until the site says that it has
// them. Each has its key from the start, so that sending it twice gives the same note. What came
// is told as "tray" events of the document. Without a place to keep things there is no tray
// (Tray.works), and forms are sent as ever.
"use strict";
window.Tray = (() => {
  const PREFIX = "tray:", LEASE = "tray-lease";
  const TIMEOUT = 15_000, HOLD = 40_000, DELAYS = [2_000, 5_000, 15_000, 30_000, 60_000]; // milliseconds
  const KEPT = 50, DAYS = 30; // of notes that arrived
  const says = Words("tray");

  let failures = 0, timer = 0, offline = false;
  const me = newKey();

  function works() {
    try {
      localStorage.setItem(`${PREFIX}?`, "");
      localStorage.removeItem(`${PREFIX}?`);
      return true;
    } catch {
      return false;
    }
  }

  // Old browsers, and addresses without TLS, know no crypto.randomUUID.
  function newKey() {
    if (crypto.randomUUID) return crypto.randomUUID();
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    bytes[6] = (bytes[6] & 0x0f) | 0x40;
    bytes[8] = (bytes[8] & 0x3f) | 0x80;
    const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
    return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
  }

  function get(key) {
    try {
      return JSON.parse(localStorage.getItem(PREFIX + key));
    } catch {
      return null;
    }
  }

  function items() {
    try {
      const keys = Object.keys(localStorage).filter((name) => name.startsWith(PREFIX));
      const found = keys.map((name) => get(name.slice(PREFIX.length))).filter((item) => item?.key);
      return found.sort((one, other) => one.at - other.at);
    } catch {
      return [];
    }
  }

  // Each note has an entry of its own: two tabs never write over each other's notes.
  function put(item) {
    localStorage.setItem(PREFIX + item.key, JSON.stringify(item));
    tell();
  }

  function drop(key) {
    localStorage.removeItem(PREFIX + key);
    tell();
  }

  function tell() {
    document.dispatchEvent(new CustomEvent("tray", { detail: { offline } }));
  }

  function prune() {
    const sent = items().filter((item) => item.state === "sent");
    const old = Date.now() - DAYS * 86_400_000;
    sent.filter((item, at) => item.at < old || at < sent.length - KEPT).forEach((item) => drop(item.key));
  }

  // One tab at a time sends; the key on the note makes a double harmless, not a flood.
  function alone(act) {
    if (navigator.locks) return navigator.locks.request(LEASE, act);
    return leased(act);
  }

  async function leased(act) {
    const held = () => JSON.parse(localStorage.getItem(LEASE) ?? "null");
    while (held() && held().by !== me && held().until > Date.now()) {
      await new Promise((resolve) => setTimeout(resolve, 500));
    }
    localStorage.setItem(LEASE, JSON.stringify({ by: me, until: Date.now() + HOLD }));
    try {
      return await act();
    } finally {
      if (held()?.by === me) localStorage.removeItem(LEASE);
    }
  }

  async function ask(address, options = {}) {
    const control = new AbortController();
    const late = setTimeout(() => control.abort(), TIMEOUT);
    try {
      const answer = await fetch(address, { cache: "no-store", redirect: "manual", signal: control.signal, ...options });
      const text = await answer.text();
      const isJson = answer.headers.get("Content-Type")?.startsWith("application/json");
      const after = Number(answer.headers.get("Retry-After")) || 30; // seconds
      return { status: answer.status, text, after, facts: isJson ? JSON.parse(text) : null };
    } finally {
      clearTimeout(late);
    }
  }

  const tokenIn = (place) => place.querySelector("[name=csrfmiddlewaretoken]")?.value;

  // A form may have lain for days: its page is asked for a new token, and sets the cookies that go with it.
  async function freshToken(item) {
    const answer = await ask(item.action);
    return tokenIn(new DOMParser().parseFromString(answer.text, "text/html"));
  }

  async function post(item, token, how) {
    const body = new URLSearchParams([...item.fields, ["csrfmiddlewaretoken", token ?? ""]]);
    return ask(item.action, { method: "POST", body, headers: { "X-Tray": how } });
  }

  // The note as it stands after an attempt; `wait` says for how long to leave the tray alone.
  async function send(item, how) {
    let answer;
    try {
      answer = await post(item, tokenIn(document) ?? (await freshToken(item)), how);
      if (answer.status === 403) answer = await post(item, await freshToken(item), how);
      offline = false;
    } catch {
      offline = true;
      return { item };
    }
    const { status, facts } = answer;
    const refused = (said) => ({ item: { ...item, state: "refused", said, fresh: facts?.key ?? item.key } });
    if (status === 200 && facts?.label) {
      return { item: { ...item, ...facts, state: "sent", words: "", fields: [] } };
    }
    if (status === 429) return { item, wait: 1000 * answer.after };
    if (status === 422 && facts) return refused(facts.error);
    if (status === 403) return refused(says("foreign"));
    if (status === 404 || status === 410) return refused(says("gone"));
    if (status === 400 || status === 413) return refused(says("unreadable"));
    // A server that starts, a proxy in trouble or the welcome page of a venue's network.
    return { item };
  }

  // Send what waits, the first one first. The page goes on to the note with the key `landing`.
  async function sendAll(landing = "") {
    clearTimeout(timer);
    await alone(async () => {
      for (const { key } of items()) {
        const item = get(key);
        if (item?.state !== "waiting") continue;
        const { item: now, wait } = await send(item, key === landing ? "land" : "stay");
        if (get(key)?.state === "waiting") put(now);
        if (now.state !== "waiting") {
          failures = 0;
          continue;
        }
        const delay = wait ?? DELAYS[Math.min(failures++, DELAYS.length - 1)];
        timer = setTimeout(() => sendAll(), delay * (1 + Math.random() / 4));
        tell();
        break;
      }
    });
  }

  function start() {
    prune();
    if (items().some((item) => item.state === "waiting")) sendAll();
  }

  const can = works();
  if (can) {
    window.addEventListener("online", () => {
      failures = 0;
      start();
    });
    window.addEventListener("offline", () => {
      offline = true;
      tell();
    });
    window.addEventListener("pageshow", start);
    window.addEventListener("storage", tell);
  }
  return { works: can, newKey, get, items, put, drop, sendAll, isOffline: () => offline };
})();
