// Copying a citation, with its italics where the other program takes them. Without this it can be selected.
(() => {
  "use strict";
  const words = Words("cite");
  const copied = async (text) => {
    const item = () => new ClipboardItem({
      "text/plain": new Blob([text.textContent], { type: "text/plain" }),
      "text/html": new Blob([text.innerHTML], { type: "text/html" }),
    });
    try {
      await navigator.clipboard.write([item()]);
    } catch {
      await navigator.clipboard.writeText(text.textContent);
    }
  };
  for (const button of document.querySelectorAll("[data-copies]")) {
    if (!navigator.clipboard) continue; // over plain HTTP a browser has none
    const text = document.getElementById(button.dataset.copies);
    const said = button.parentElement.querySelector("[role=status]");
    button.hidden = false;
    button.addEventListener("click", async () => {
      try {
        await copied(text);
        said.textContent = words("copied");
      } catch {
        getSelection().selectAllChildren(text);
        said.textContent = words("selected");
      }
    });
  }
})();
