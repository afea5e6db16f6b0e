// Boxes on a picture: drawn, moved and resized with a mouse, a finger or the keyboard, and kept in step
// with the number fields of a form, which do all of it without this file.
//
// A page has, in one <form>:
//   [data-boxes]         holds an <svg viewBox="0 0 width height"> that lies over the picture
//   [data-box-rows]      where new rows go; data-next is the number for the next one
//   [data-box]           a row, anywhere in the form: four inputs [data-side=x|y|width|height]; data-name is its name in words,
//                        data-number stands beside its box, data-look is a class of it, data-new says that
//                        removing it leaves nothing to save, data-fixed that it stays where it is
//   [data-box-remove]    in a row, a checkbox that has it removed when the form is saved
//   template[data-box-new]  a new row, in which every __n__ becomes its number
//   [data-box-draw]      a button: the next drag on the picture draws a box, also with a finger
//   [data-box-keys]      what the keys do, hidden until they do it
//   [data-box-said]      a status line
// Rows are told of by "box" events that bubble: detail is { what: added | changed | removed | selected, row }.
// A page may ask for a box by the event "addbox" on [data-boxes], with detail { x, y, width, height }.
"use strict";
(() => {
  const words = Words("boxes");
  const SVG = "http://www.w3.org/2000/svg";
  const SIDES = ["x", "y", "width", "height"];
  const SMALLEST = 8; // pixels of the picture, as the site says
  const DRAWN = 24, HIT = 44; // pixels on the screen: a handle as it shows, and where a finger finds it
  const STEP = 0.01, FINE = 0.001; // of the picture
  const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
  const CORNERS = { nw: [0, 0], ne: [1, 0], sw: [0, 1], se: [1, 1] };

  for (const holder of document.querySelectorAll("[data-boxes]")) begin(holder);

  function begin(holder) {
    const form = holder.closest("form"), svg = holder.querySelector("svg");
    const rows = form.querySelector("[data-box-rows]"), pattern = form.querySelector("template[data-box-new]");
    const drawing = form.querySelector("[data-box-draw]"), said = form.querySelector("[data-box-said]");
    const { width: W, height: H } = svg.viewBox.baseVal;
    const shapes = new Map(); // from a row to its shape
    let drag = null, speaking = 0;
    form.querySelector("[data-box-keys]")?.removeAttribute("hidden");

    const perPixel = () => W / (svg.getBoundingClientRect().width || W);
    const tell = (what, row) => row.dispatchEvent(new CustomEvent("box", { bubbles: true, detail: { what, row } }));
    const field = (row, side) => row.querySelector(`[data-side="${side}"]`);
    const nameOf = (row) => row.dataset.name || words("new");

    function say(text, after = 0) {
      clearTimeout(speaking);
      if (said) speaking = setTimeout(() => (said.textContent = text), after);
    }

    // Where the fields say a box is; null while they say nothing that could be drawn.
    function read(row) {
      const numbers = SIDES.map((side) => parseInt(field(row, side).value, 10));
      if (numbers.some(Number.isNaN) || numbers[2] < 1 || numbers[3] < 1) return null;
      return Object.fromEntries(SIDES.map((side, at) => [side, numbers[at]]));
    }

    function write(row, box) {
      for (const side of SIDES) field(row, side).value = box[side];
      draw(row);
      tell("changed", row);
    }

    const within = (number, least, most) => Math.round(Math.min(Math.max(number, least), Math.max(least, most)));

    // The box moved onto the picture, or cut off at its edges.
    function moved(box, dx, dy) {
      return { ...box, x: within(box.x + dx, 0, W - box.width), y: within(box.y + dy, 0, H - box.height) };
    }
    function spanned(x1, y1, x2, y2) {
      const [left, right] = [Math.min(x1, x2), Math.max(x1, x2)].map((at) => within(at, 0, W));
      const [top, bottom] = [Math.min(y1, y2), Math.max(y1, y2)].map((at) => within(at, 0, H));
      const width = Math.max(SMALLEST, right - left), height = Math.max(SMALLEST, bottom - top);
      return { x: Math.min(left, W - width), y: Math.min(top, H - height), width, height };
    }

    function part(name, attributes, within) {
      const element = document.createElementNS(SVG, name);
      for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
      within.append(element);
      return element;
    }

    function shape(row) {
      if (shapes.has(row)) return shapes.get(row);
      const group = part("g", { class: "box", tabindex: 0, role: "application", "aria-roledescription": "box" }, svg);
      const made = {
        group, row,
        hit: part("rect", { class: "box__hit" }, group),
        edge: part("rect", { class: "box__edge" }, group),
        ground: part("rect", { class: "box__ground" }, group),
        number: part("text", { class: "box__number", "aria-hidden": "true" }, group),
        handles: {},
      };
      for (const corner of row.hasAttribute("data-fixed") ? [] : Object.keys(CORNERS)) {
        made.handles[corner] = [
          part("rect", { class: "box__grip", "data-corner": corner }, group),
          part("rect", { class: "box__handle", "data-corner": corner }, group),
        ];
      }
      group.addEventListener("focus", () => chosen(row));
      group.addEventListener("keydown", (event) => pressed(event, row));
      shapes.set(row, made);
      return made;
    }

    function lay(element, x, y, width, height) {
      for (const [key, value] of Object.entries({ x, y, width, height })) element.setAttribute(key, value);
    }

    function draw(row) {
      const box = read(row), its = shape(row), unit = perPixel();
      its.group.toggleAttribute("hidden", !box);
      its.group.setAttribute("display", box ? "inline" : "none");
      if (!box) return;
      const { x, y, width, height } = box;
      const goes = row.querySelector("[data-box-remove]")?.checked;
      const chosen = row.hasAttribute("data-chosen") ? "box--chosen" : "";
      its.group.setAttribute("class", `box ${row.dataset.look || ""} ${goes ? "box--goes" : ""} ${chosen}`);
      its.group.setAttribute("aria-label", words(goes ? "where-goes" : "where", { name: nameOf(row), ...box }));
      lay(its.edge, x, y, width, height);
      const more = [width, height].map((side) => Math.max(0, HIT * unit - side) / 2);
      lay(its.hit, x - more[0], y - more[1], width + 2 * more[0], height + 2 * more[1]);
      its.number.textContent = row.dataset.number || "+";
      // Fifteen pixels on the screen, and less in a box that it would fill.
      const size = Math.min(15 * unit, Math.max(10 * unit, height / 3));
      const wide = size * (0.55 + 0.6 * its.number.textContent.length);
      const [left, top] = [Math.max(0, x - wide / 3), Math.max(0, y - size * 0.9)];
      its.number.setAttribute("font-size", size);
      its.number.setAttribute("x", left + wide / 2);
      its.number.setAttribute("y", top + size);
      lay(its.ground, left, top, wide, size * 1.3);
      for (const [corner, pair] of Object.entries(its.handles)) {
        // Outside the corner, so that the middle of a small box can still be taken hold of.
        [HIT, DRAWN].forEach((size, at) => {
          const out = (size - 6) * unit, [right, low] = CORNERS[corner];
          lay(pair[at], right ? x + width - 6 * unit : x - out, low ? y + height - 6 * unit : y - out, size * unit, size * unit);
        });
      }
    }

    function drawAll() {
      for (const row of shapes.keys()) if (!row.isConnected) forget(row);
      form.querySelectorAll("[data-box]").forEach(draw);
    }

    function forget(row) {
      shapes.get(row)?.group.remove();
      shapes.delete(row);
    }

    function chosen(row) {
      for (const [other, its] of shapes) {
        its.group.classList.toggle("box--chosen", other === row);
        other.toggleAttribute("data-chosen", other === row);
      }
      tell("selected", row);
    }

    // A box that is chosen lies over its neighbours; moved only now, since moving it takes the focus away.
    function choose(row) {
      const { group } = shape(row);
      if (svg.lastElementChild !== group) svg.append(group);
      group.focus({ preventScroll: true });
    }

    function add(box, { focus = true } = {}) {
      const number = Number(rows.dataset.next);
      rows.dataset.next = number + 1;
      const holds = document.createElement("template");
      holds.innerHTML = pattern.innerHTML.replaceAll("__n__", number);
      const row = holds.content.querySelector("[data-box]");
      rows.append(row);
      write(row, box);
      tell("added", row);
      if (focus) choose(row);
      say(words("added", { name: nameOf(row) }));
      return row;
    }

    function remove(row) {
      const tick = row.querySelector("[data-box-remove]");
      const next = [...shapes.keys()].find((other) => other !== row);
      if (tick && !row.hasAttribute("data-new")) {
        tick.checked = !tick.checked;
        draw(row);
        say(words(tick.checked ? "goes" : "stays", { name: nameOf(row) }));
      } else {
        row.remove();
        forget(row);
        say(words("gone", { name: nameOf(row) }));
        (next ? shape(next).group : drawing)?.focus();
      }
      tell("removed", row);
      form.dispatchEvent(new CustomEvent("box", { detail: { what: "removed", row } }));
    }

    function ask(row) {
      if (row.querySelector("[data-box-remove]")?.checked) return remove(row);
      const dialog = document.createElement("dialog");
      dialog.className = "boxed__ask";
      dialog.setAttribute("aria-label", words("remove"));
      const question = document.createElement("p"), buttons = document.createElement("p");
      question.textContent = words("ask", { name: nameOf(row).toLowerCase() });
      buttons.className = "btns";
      for (const [text, kind, act] of [[words("yes"), "btn", () => remove(row)], [words("no"), "btn btn--quiet", () => {}]]) {
        const button = document.createElement("button");
        Object.assign(button, { type: "button", className: kind, textContent: text });
        button.addEventListener("click", () => {
          dialog.close();
          act();
        });
        buttons.append(button);
      }
      dialog.append(question, buttons);
      dialog.addEventListener("close", () => {
        dialog.remove();
        if (shapes.has(row)) choose(row);
      });
      holder.append(dialog);
      dialog.showModal();
    }

    function pressed(event, row) {
      const fixed = row.hasAttribute("data-fixed"), box = read(row);
      if (event.key === "Enter") {
        event.preventDefault();
        field(row, "x").closest("details")?.setAttribute("open", "");
        (row.querySelector("[data-box-first]") || field(row, "x")).focus();
      } else if (event.key === "Delete" || event.key === "Backspace") {
        event.preventDefault();
        if (!fixed) ask(row);
      } else if (ARROWS[event.key] && box && !fixed) {
        event.preventDefault();
        const share = event.ctrlKey || event.altKey ? FINE : STEP, [right, down] = ARROWS[event.key];
        const dx = right * Math.max(1, Math.round(share * W)), dy = down * Math.max(1, Math.round(share * H));
        const { x, y, width, height } = box;
        const grown = { x, y, width: within(width + dx, SMALLEST, W - x), height: within(height + dy, SMALLEST, H - y) };
        write(row, event.shiftKey ? grown : moved(box, dx, dy));
        say(shape(row).group.getAttribute("aria-label"), 400);
      }
    }

    // ----- mouse and touch

    function at(event) {
      const place = new DOMPoint(event.clientX, event.clientY).matrixTransform(svg.getScreenCTM().inverse());
      return [place.x, place.y];
    }

    const isDrawing = () => drawing?.getAttribute("aria-pressed") === "true";
    function drawNext(on) {
      drawing?.setAttribute("aria-pressed", String(on));
      svg.classList.toggle("boxed__svg--draws", on);
    }

    svg.addEventListener("pointerdown", (event) => {
      if (event.button !== 0 || drag) return;
      const row = [...shapes].find(([, its]) => its.group.contains(event.target))?.[0];
      const [x, y] = at(event), begins = { id: event.pointerId, x, y, cx: event.clientX, cy: event.clientY };
      if (row && !isDrawing()) {
        const was = shape(row).group.classList.contains("box--chosen");
        // A finger chooses a box first, so that it can scroll past the others.
        const takes = !row.hasAttribute("data-fixed") && (was || event.pointerType === "mouse");
        if (takes) drag = { ...begins, row, from: read(row), corner: event.target.dataset.corner };
        if (!was) choose(row);
      } else if (isDrawing() || event.pointerType === "mouse") {
        drag = begins;
      }
      if (!drag) return;
      event.preventDefault();
      svg.setPointerCapture(event.pointerId);
    });

    // What has hold of a box must not scroll the page as well; pointerdown comes before touchstart.
    svg.addEventListener("touchstart", (event) => drag && event.cancelable && event.preventDefault(), { passive: false });

    svg.addEventListener("pointermove", (event) => {
      if (event.pointerId !== drag?.id) return;
      const [x, y] = at(event);
      const far = Math.hypot(event.clientX - drag.cx, event.clientY - drag.cy) > 4;
      if (!drag.row) {
        if (!far) return;
        drag.row = add(spanned(drag.x, drag.y, x, y), { focus: false });
        drag.isNew = drag.goes = true;
      }
      drag.goes ||= far;
      if (drag.goes) write(drag.row, dragged(x, y));
    });

    function dragged(x, y) {
      if (drag.isNew) return spanned(drag.x, drag.y, x, y);
      const { from, corner } = drag, dx = x - drag.x, dy = y - drag.y;
      if (!corner) return moved(from, dx, dy);
      const [right, low] = CORNERS[corner];
      const [x1, x2] = [from.x + (right ? 0 : dx), from.x + from.width + (right ? dx : 0)];
      const [y1, y2] = [from.y + (low ? 0 : dy), from.y + from.height + (low ? dy : 0)];
      return spanned(x1, y1, x2, y2);
    }

    function dropped(event) {
      if (event.pointerId !== drag?.id) return;
      const { row, isNew } = drag;
      drag = null;
      if (isNew) drawNext(false);
      if (row) choose(row);
    }
    svg.addEventListener("pointerup", dropped);
    svg.addEventListener("pointercancel", undone);

    function undone() {
      if (!drag) return;
      const { row, isNew, from } = drag;
      drag = null;
      if (isNew) remove(row);
      else if (row) write(row, from);
    }

    document.addEventListener("keydown", (event) => {
      if (event.key !== "Escape") return;
      undone();
      drawNext(false);
    });

    drawing?.addEventListener("click", () => {
      drawNext(!isDrawing());
      if (isDrawing()) say(words("drag"));
    });
    drawing?.removeAttribute("hidden");

    // ----- the fields

    form.addEventListener("input", (event) => {
      const row = event.target.closest("[data-box]");
      if (row && event.target.matches("[data-side]")) draw(row);
    });
    form.addEventListener("change", (event) => {
      const row = event.target.closest("[data-box]");
      if (row && event.target.matches("[data-box-remove]")) draw(row);
    });
    form.addEventListener("focusin", (event) => {
      const row = event.target.closest("[data-box]");
      if (row && shapes.has(row)) chosen(row);
    });

    // A middle-sized box in the middle of what is in sight, for whoever does not drag.
    holder.addEventListener("addbox", (event) => add(spanned(
      event.detail.x, event.detail.y, event.detail.x + event.detail.width, event.detail.y + event.detail.height,
    ), { focus: event.detail.focus !== false }));
    form.querySelector("[data-box-add]")?.addEventListener("click", (event) => {
      event.preventDefault();
      const seen = svg.getBoundingClientRect(), frame = holder.getBoundingClientRect();
      const left = Math.max(seen.left, frame.left), right = Math.min(seen.right, frame.right);
      const top = Math.max(seen.top, frame.top, 0), bottom = Math.min(seen.bottom, frame.bottom, innerHeight);
      const [x, y] = at({ clientX: (left + right) / 2, clientY: (top + Math.max(top, bottom)) / 2 });
      add(spanned(x - W / 16, y - W / 16, x + W / 16, y + W / 16));
      say(words("middle"));
    });

    svg.replaceChildren();
    svg.classList.add("boxed__svg--live");
    svg.setAttribute("role", "group");
    svg.removeAttribute("aria-hidden");
    drawAll();
    new ResizeObserver(drawAll).observe(svg);
    form.addEventListener("boxes", drawAll); // the page changed rows itself
  }
})();
