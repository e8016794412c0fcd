document.addEventListener("DOMContentLoaded", () => {
  // Names in tables may break after an underscore, so that a narrow page needn't scroll; copied they have no break.
  for (const name of document.querySelectorAll("table.docutils code .pre")) {
    const parts = name.textContent.split(/(?<=_)/);
    name.replaceChildren(...parts.flatMap((part, place) => (place ? [document.createElement("wbr"), part] : [part])));
  }
  // For keyboards and screen readers, what the theme leaves out: what scrolls can be reached, and parts have names.
  for (const part of document.querySelectorAll("pre, .table-wrapper, .cell_output")) {
    if (part.scrollWidth > part.clientWidth) part.tabIndex = 0;
  }
  for (const caption of document.querySelectorAll("p.caption[role=heading]")) caption.setAttribute("aria-level", "2");
  document.querySelector("aside.sidebar-drawer")?.setAttribute("aria-label", "All pages");
  document.querySelector("aside.toc-drawer")?.setAttribute("aria-label", "On this page");
});
