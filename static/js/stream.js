// What is new on an activity, told to the other scripts of the page as events of the document:
// "live" {event, data, id} for each message, "live-health" {state} when the way there changes
// ("live" by the stream, "polling" while it is full, "offline", "ended" where nothing follows).
// A page that is live says where: data-live, data-changes and, in data-after, what it shows already.
"use strict";
(() => {
  const words = Words("stream");
  const place = document.querySelector("[data-live]");
  if (!place) return;
  const { live, changes } = place.dataset;
  const EVENTS = ["note", "gone", "tally", "state", "results", "reload", "seen"];
  const POLL = 5_000, RETRY = 60_000, REST = 60_000, PATIENCE = 3_000; // milliseconds

  let last = place.dataset.after;
  let stream = null, health = "", etag = "", polling = false;
  const timers = {};
  const later = (name, act, wait) => {
    clearTimeout(timers[name]);
    timers[name] = setTimeout(act, wait);
  };
  // The addresses of a screen in the hall hold its token already.
  const since = (address, number) => `${address}${address.includes("?") ? "&" : "?"}after=${number}`;
  // Hundreds of phones must not ask in the same moment.
  const spread = (wait) => wait * (1 + Math.random() / 2);

  function tell(event, data, id) {
    if (/^\d+$/.test(id)) last = id;
    if (event === "seen") return; // a number to go on from, no more
    const news = new CustomEvent("live", { cancelable: true, detail: { event, data, id } });
    // A page that draws itself anew says so by preventDefault.
    if (document.dispatchEvent(news) && event === "reload") renew();
  }

  function feel(state) {
    clearTimeout(timers.feel);
    if (state === health) return;
    health = state;
    document.dispatchEvent(new CustomEvent("live-health", { detail: { state } }));
  }

  function connect() {
    stream?.close();
    if (!window.EventSource) return startPolling();
    stream = new EventSource(since(live, last));
    stream.addEventListener("open", () => {
      stopPolling();
      feel("live");
    });
    for (const name of EVENTS) {
      stream.addEventListener(name, (message) => tell(name, message.data, message.lastEventId));
    }
    stream.addEventListener("error", () => {
      // The browser comes back by itself after a cut, but not after an answer such as 503.
      if (stream.readyState === EventSource.CLOSED) startPolling();
      else if (!polling) later("feel", () => feel("offline"), PATIENCE);
    });
  }

  function startPolling() {
    later("retry", connect, spread(RETRY));
    if (polling) return;
    polling = true;
    poll();
  }

  function stopPolling() {
    polling = false;
    clearTimeout(timers.poll);
    clearTimeout(timers.retry);
  }

  async function poll() {
    let wait = POLL;
    const asked = last;
    try {
      const headers = etag ? { "If-None-Match": etag } : {};
      const answer = await fetch(since(changes, asked), { headers, cache: "no-store" });
      if (answer.status === 404 || answer.status === 410) return end();
      if (answer.status === 429 || answer.status === 503) {
        wait = 1000 * (Number(answer.headers.get("Retry-After")) || 10);
      } else if (answer.ok) read(await answer.text());
      if (answer.ok) etag = last === asked ? answer.headers.get("ETag") ?? "" : "";
      if (polling) feel("polling");
    } catch {
      if (polling) feel("offline");
    }
    if (polling) later("poll", poll, spread(wait));
  }

  // The same text as the stream's: blocks of lines, an empty line after each.
  function read(text) {
    let id = last;
    for (const block of text.split(/\r?\n\r?\n/)) {
      let event = "message";
      const data = [];
      for (const line of block.split(/\r?\n/)) {
        const [, name, value] = /^(\w+): ?(.*)$/.exec(line) ?? [];
        if (name === "event") event = value;
        else if (name === "data") data.push(value);
        else if (name === "id") id = value;
      }
      if (EVENTS.includes(event)) tell(event, data.join("\n"), id);
      else if (/^\d+$/.test(id)) last = id;
    }
  }

  function end() {
    rest();
    feel("ended");
  }

  function rest() {
    stream?.close();
    stopPolling();
  }

  // A page that changed altogether is fetched anew, but never from under somebody's hands.
  function renew() {
    const controls = [...document.querySelectorAll("main :is(input, textarea, select)")];
    const typed = controls.some((one) => {
      // A box without a value calls itself "on" however it stands.
      if (one.type === "checkbox" || one.type === "radio") return one.checked !== one.defaultChecked;
      return one.value !== (one.defaultValue ?? one.value);
    });
    if (!typed) return later("renew", () => location.reload(), Math.random() * 2_000);
    if (document.getElementById("live-renew")) return;
    const said = document.createElement("p");
    said.id = "live-renew";
    said.className = "flash flash--warn";
    said.setAttribute("role", "status");
    const link = document.createElement("a");
    link.href = location.pathname + location.search;
    link.textContent = words("load");
    said.append(`${words("changed")} `, link);
    place.before(said);
  }

  // A page out of sight gives its place at the stream to others, and takes up where it left.
  document.addEventListener("visibilitychange", () => {
    if (health === "ended") return;
    if (document.hidden) return later("rest", rest, REST);
    clearTimeout(timers.rest);
    if (!polling && stream?.readyState !== EventSource.OPEN) connect();
  });
  window.addEventListener("online", () => health !== "ended" && connect());
  window.addEventListener("pagehide", rest);
  window.addEventListener("pageshow", (event) => event.persisted && health !== "ended" && connect());
  connect();
})();
