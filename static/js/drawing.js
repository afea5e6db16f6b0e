// Shows the picture that was chosen and how far it has come, and keeps it when it could not be sent.
// Without this file the form is sent as ever.
"use strict";
(() => {
  const words = Words("drawing");
  const MOST = 12_000_000; // bytes; the site says so too
  const PREVIEW = 640; // pixels across

  function begin() {
    const form = document.querySelector("form[data-hang]");
    if (!form) return;
    const button = form.querySelector(".btns .btn"), { picture, key } = form.elements;
    const canvas = make("canvas", "preview"), sending = make("div", "sending");
    const bar = make("progress"), status = make("p", "hint");
    bar.max = 1;
    bar.setAttribute("aria-label", words("share"));
    bar.hidden = canvas.hidden = true;
    canvas.setAttribute("role", "img");
    canvas.setAttribute("aria-label", words("chosen"));
    status.setAttribute("role", "status");
    sending.append(bar, status);
    picture.closest(".field").append(canvas);
    button.closest(".btns").after(sending);
    document.querySelector(".summary")?.focus();

    // Going back may fetch the page anew, with a new key. The first key stays with this step of the
    // history, so that a picture sent from here is known again and not hung twice.
    key.value = form.querySelector(".summary") ? key.value : history.state?.key ?? key.value;
    history.replaceState({ ...history.state, key: key.value }, "");

    const say = (text) => (status.textContent = text);

    async function look() {
      const file = picture.files[0];
      canvas.hidden = true;
      say(file && file.size > MOST ? tooLarge(file) : "");
      try {
        const image = await createImageBitmap(file, { imageOrientation: "from-image" });
        const scale = Math.min(1, PREVIEW / image.width);
        canvas.width = Math.round(image.width * scale);
        canvas.height = Math.round(image.height * scale);
        canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
        image.close();
        canvas.hidden = false;
      } catch {
        // Nothing chosen, or a kind this browser cannot show: the site may read it all the same.
      }
    }

    function send(event) {
      event.preventDefault();
      if (button.getAttribute("aria-disabled") === "true") return;
      const file = picture.files[0];
      if (file && file.size > MOST) return say(tooLarge(file));
      button.setAttribute("aria-disabled", "true");
      const request = new XMLHttpRequest();
      request.open("POST", form.action);
      request.setRequestHeader("X-Upload", "1");
      request.upload.addEventListener("progress", (step) => {
        bar.hidden = false;
        bar.value = step.lengthComputable ? step.loaded / step.total : 0;
        say(bar.value < 1 ? words("progress", { percent: Math.round(100 * bar.value) }) : words("reading"));
      });
      request.addEventListener("load", () => answered(request));
      request.addEventListener("error", failed);
      request.addEventListener("abort", failed);
      say(words("sending"));
      request.send(new FormData(form));
    }

    function answered(request) {
      if (request.status === 200 && request.getResponseHeader("Content-Type").startsWith("application/json")) {
        return location.assign(JSON.parse(request.responseText).url);
      }
      const answer = new DOMParser().parseFromString(request.responseText, "text/html");
      const fresh = answer.getElementById("add");
      if (!fresh) return refused(answer);
      const again = fresh.querySelector("form[data-hang]")?.elements.picture;
      if (again) again.files = picture.files;
      document.getElementById("add").replaceWith(document.adoptNode(fresh));
      begin()?.look();
    }

    // Not the page of the form: too large, too late, or closed meanwhile. It says why in its heading.
    function refused(answer) {
      free();
      const sentences = answer.querySelectorAll("main h1, main .standfirst, main .summary p");
      say([...sentences].map((one) => one.textContent.trim().replace(/[^.?]$/, "$&.")).join(" ") || LOST);
    }

    function failed() {
      free();
      say(LOST);
    }

    function free() {
      bar.hidden = true;
      button.removeAttribute("aria-disabled");
    }

    picture.addEventListener("change", look);
    form.addEventListener("submit", send);
    window.addEventListener("pageshow", free);
    return { look };
  }

  const LOST = words("lost");
  const tooLarge = (file) => words("too-large", { number: Math.ceil(file.size / 1e6) });

  function make(name, className = "") {
    const element = document.createElement(name);
    element.className = className;
    return element;
  }

  begin();
})();
