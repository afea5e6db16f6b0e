// Mirador with one manifest of this site, and nothing else: no other manifest can be added here.
"use strict";
(() => {
  const place = document.getElementById("mirador");
  const chosen = document.documentElement.dataset.theme;
  const dark = chosen ? chosen === "dark" : window.matchMedia("(prefers-color-scheme: dark)").matches;
  place.parentElement.hidden = false;
  // The page has its main already; one inside it would be announced as a second.
  new MutationObserver((_, watch) => {
    const inner = place.querySelector("main");
    if (!inner) return;
    inner.setAttribute("role", "group");
    watch.disconnect();
  }).observe(place, { childList: true, subtree: true });
  Mirador.viewer({
    id: "mirador",
    selectedTheme: dark ? "dark" : "light",
    windows: [{ id: "record", manifestId: place.dataset.manifest }],
    window: {
      allowClose: false,
      allowMaximize: false,
      sideBarOpen: window.matchMedia("(min-width: 48em)").matches,
      defaultSideBarPanel: "annotations",
      sideBarPanel: "annotations",
      highlightAllAnnotations: true,
      panels: { info: true, attribution: true, canvas: true, annotations: true, search: false, layers: false },
    },
    workspace: { allowNewWindows: false, isWorkspaceAddVisible: false, showZoomControls: true },
    workspaceControlPanel: { enabled: false },
  });
})();
