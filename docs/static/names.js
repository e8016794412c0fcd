// Names in tables may break after an underscore, so that a narrow page needn't scroll; copied they have no break.
document.addEventListener("DOMContentLoaded", () => {
  for (const name of document.querySelectorAll("table.docutils code .pre")) {
    const parts = name.textContent.split(/(?<=_)/);
    name.replaceChildren(...parts.flatMap((part, place) => (place ? [document.createElement("wbr"), part] : [part])));
  }
});
