/* The boxes for words say what their tools do, in words, to everybody alike. */
(() => {
  "use strict";
  const words = Words("editor-box");
  const form = document.querySelector("[data-editor]");
  if (!form) return;

  function box(writing) {
    if (writing.hasAttribute("aria-label")) return;
    writing.setAttribute("aria-label", writing.closest("fieldset").querySelector("legend").textContent);
    writing.setAttribute("role", "textbox");
    writing.setAttribute("aria-multiline", "true");
  }

  function tool(button) {
    const said = words(button.dataset.name);
    if (said && button.textContent !== said) {
      button.textContent = said;
      button.classList.remove("material-icons");
      for (const name of ["title", "aria-label"]) button.removeAttribute(name);
    }
    const pressed = String(button.classList.contains("active"));
    if (!button.dataset.name?.startsWith("history") && button.getAttribute("aria-pressed") !== pressed) button.setAttribute("aria-pressed", pressed);
    button.disabled = button.classList.contains("disabled");
  }

  const name = () => {
    form.querySelectorAll(".ProseMirror[contenteditable]").forEach(box);
    form.querySelectorAll(".prose-menubar__button").forEach(tool);
  };
  name();
  new MutationObserver(name).observe(form, { childList: true, subtree: true, attributes: true, attributeFilter: ["class"] });
})();
