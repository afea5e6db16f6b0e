// "Look closely": the photograph in tiles, fetched as they are looked at. The viewer (OpenSeadragon) is
// fetched only when somebody asks for it. Without this file the link leads to the largest size.
"use strict";
(() => {
  const words = Words("zoom");
  const link = document.querySelector("[data-closely]");
  if (!link) return;
  const STEP = 1.5, PAN = 0.15; // of what is in sight
  const KEYS = { "+": "in", "=": "in", "-": "out", 0: "whole", ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
  let asked = null;

  function script(address) {
    asked ??= new Promise((done, failed) => {
      const made = document.createElement("script");
      made.src = address;
      made.addEventListener("load", done);
      made.addEventListener("error", () => {
        asked = null;
        failed();
      });
      document.head.append(made);
    });
    return asked;
  }

  // The viewer would put a style into the page, which the page refuses; it does not where it finds one. This
  // one is called so and is none to the browser.
  function keepStyles() {
    const made = document.createElementNS(null, "style");
    made.setAttribute("data-openseadragon-mobile-css", "");
    document.head.append(made);
  }

  function button(text, act) {
    const made = document.createElement("button");
    made.type = "button";
    made.className = "btn btn--quiet";
    made.textContent = text;
    made.addEventListener("click", act);
    return made;
  }

  function build() {
    const holder = document.createElement("div"), view = document.createElement("div"), row = document.createElement("p");
    const hint = document.createElement("p");
    holder.className = "closely";
    view.className = "closely__view";
    row.className = "btns";
    hint.className = "hint";
    hint.id = "closely-hint";
    hint.textContent = words("hint");
    view.tabIndex = 0;
    view.setAttribute("role", "application");
    view.setAttribute("aria-label", words("view"));
    view.setAttribute("aria-describedby", hint.id);
    holder.append(view, row, hint);
    return { holder, view, row };
  }

  // What there is to fetch. It names the tiles by the address of the site, which a copy of the site or a
  // machine of one's own does not have: they are fetched from where this page came from.
  async function tiles() {
    const answer = await fetch(link.dataset.closely, { cache: "no-store" });
    if (!answer.ok) throw new Error(answer.statusText);
    return { ...(await answer.json()), id: new URL(link.dataset.closely, location.href).href.replace(/\/info\.json$/, "") };
  }

  function look(source) {
    const { holder, view, row } = build(), figure = link.closest("figure");
    const shown = [...figure.children];
    shown.forEach((one) => (one.hidden = true));
    figure.append(holder);
    const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
    const seen = OpenSeadragon({
      element: view,
      tileSources: source,
      drawer: "canvas",
      showNavigationControl: false,
      keyboardNavEnabled: false,
      tabIndex: -1,
      animationTime: still ? 0 : 0.6,
      visibilityRatio: 0.5,
      maxZoomPixelRatio: 4,
      gestureSettingsMouse: { clickToZoom: false, dblClickToZoom: true },
    });
    const acts = {
      in: () => seen.viewport.zoomBy(STEP).applyConstraints(),
      out: () => seen.viewport.zoomBy(1 / STEP).applyConstraints(),
      whole: () => seen.viewport.goHome(),
    };
    const close = () => {
      seen.destroy();
      holder.remove();
      shown.forEach((one) => (one.hidden = false));
      link.focus();
    };
    row.append(button(words("in"), acts.in), button(words("out"), acts.out), button(words("whole"), acts.whole), button(words("close"), close));
    view.addEventListener("keydown", (event) => {
      const act = KEYS[event.key];
      if (event.key === "Escape") return close();
      if (!act || event.ctrlKey || event.metaKey || event.altKey) return;
      event.preventDefault();
      if (acts[act]) return acts[act]();
      const { width, height } = seen.viewport.getBounds();
      seen.viewport.panBy(new OpenSeadragon.Point(act[0] * PAN * width, act[1] * PAN * height)).applyConstraints();
    });
    seen.addHandler("open-failed", () => location.assign(link.href));
    view.focus();
  }

  keepStyles();
  link.addEventListener("click", async (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
    event.preventDefault();
    if (link.getAttribute("aria-busy") === "true") return;
    link.setAttribute("aria-busy", "true");
    try {
      const [source] = await Promise.all([tiles(), script(link.dataset.script)]);
      look(source);
    } catch {
      location.assign(link.href);
    } finally {
      link.removeAttribute("aria-busy");
    }
  });
})();
