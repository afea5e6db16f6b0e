// Draws the tray: what was sent from this device and what waits. Words are only ever text.
"use strict";
(() => {
  const tray = document.getElementById("tray");
  if (!tray || !Tray.works) return;
  const list = tray.querySelector(".tray__list");
  const count = tray.querySelector("h2 small");
  const said = tray.querySelector("[role=status]");
  const band = tray.querySelector(".offline");
  const again = tray.querySelector("[data-act=send]");
  const model = tray.querySelector("template");
  const { board } = tray.dataset;
  const says = Words("tray");

  // A page about one board shows what was left on it; others show what has not arrived.
  const here = (item) => (board ? item.board === board : item.state !== "sent");
  const STATES = {
    waiting: (item, offline) => says(offline ? "waiting-offline" : "waiting"),
    refused: (item) => says("refused", { why: item.said }),
    sent: (item) => says(item.waits ? "held" : "sent"),
  };

  function drawn(item, offline) {
    const card = model.content.cloneNode(true).firstElementChild;
    const part = (name) => card.querySelector(`[data-part=${name}]`);
    card.dataset.key = item.key;
    card.dataset.state = item.state;
    card.querySelector(".mark").dataset.mark = item.mark;
    card.querySelector("use").setAttribute("href", `#${item.mark}`);
    part("mark").textContent = item.word;
    part("words").textContent = item.words;
    part("words").hidden = !item.words;
    part("state").textContent = STATES[item.state](item, offline);
    part("label").textContent = item.heading;
    if (item.state === "sent") link(part("label"), item.url, item.label);
    if (item.state === "sent" && item.code) {
      part("code").hidden = false;
      link(part("code"), item.code_url, item.code);
    }
    card.querySelector(".btns").hidden = item.state !== "refused";
    return card;
  }

  function link(place, address, text) {
    const link = place.querySelector("a") ?? place.replaceChildren(document.createElement("a")) ?? place.firstChild;
    // An address of this site, whatever the store holds.
    link.href = `/${address.replace(/^\/+/, "")}`;
    link.textContent = text;
  }

  function inWords(items) {
    const number = (state) => items.filter((item) => item.state === state).length;
    const parts = ["sent", "waiting", "refused"].map((state) => [state, number(state)]);
    return parts.filter(([, some]) => some).map(([state, some]) => says(`number-${state}`, { number: some })).join(", ");
  }

  function draw() {
    const items = Tray.items().filter(here);
    const offline = Tray.isOffline() || !navigator.onLine;
    const waiting = items.some((item) => item.state === "waiting");
    const focused = list.contains(document.activeElement) && document.activeElement.closest("li").dataset.key;
    list.replaceChildren(...items.reverse().map((item) => drawn(item, offline)));
    if (focused) (list.querySelector(`[data-key="${focused}"]`) ?? again).focus();
    tray.hidden = !items.length && !offline;
    band.hidden = !offline;
    again.hidden = !waiting;
    const words = inWords(items);
    if (count.textContent && count.textContent !== words) said.textContent = says("yours", { what: words || says("none") });
    count.textContent = words;
  }

  tray.addEventListener("click", (event) => {
    const act = event.target.closest("[data-act]")?.dataset.act;
    const item = Tray.get(event.target.closest("[data-key]")?.dataset.key);
    if (act === "send") Tray.sendAll();
    if (!item) return;
    if (act === "again") {
      Tray.put({ ...item, state: "waiting" });
      Tray.sendAll();
    }
    if (act === "away" && confirm(says("away"))) Tray.drop(item.key);
    if (act === "edit") location.assign(`${item.action}#edit-${item.key}`);
  });
  document.addEventListener("tray", draw);
  window.addEventListener("online", draw);
  draw();
})();
