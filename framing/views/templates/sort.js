document.querySelectorAll("table.sortable").forEach(function (table) {
  var body = table.tBodies[0];
  var status = document.createElement("p");
  status.className = "visually-hidden";
  status.setAttribute("role", "status");
  table.parentNode.insertBefore(status, table);
  var value = function (row, column) {
    var cell = row.cells[column], text = cell.dataset.value === undefined ? cell.textContent.trim() : cell.dataset.value;
    return text === "\u2013" ? "" : text;
  };
  // As printed: a true minus sign, commas in thousands, "< .001", "4.7 to 9.2" by its lower end. A date is no number.
  var number = function (text) {
    return /^\d{4}-\d\d/.test(text) ? NaN : parseFloat(text.replace(/\u2212/g, "-").replace(/[,<>\s+]/g, ""));
  };
  Array.from(table.tHead.rows[0].cells).forEach(function (cell, column) {
    var button = document.createElement("button");
    button.type = "button";
    button.textContent = cell.textContent;
    cell.textContent = "";
    cell.appendChild(button);
    button.addEventListener("click", function () {
      var down = cell.getAttribute("aria-sort") === "ascending";
      Array.from(table.tHead.rows[0].cells).forEach(function (other) { other.removeAttribute("aria-sort"); });
      cell.setAttribute("aria-sort", down ? "descending" : "ascending");
      Array.from(body.rows).sort(function (a, b) {
        var x = value(a, column), y = value(b, column);
        if (x === "" || y === "") { return (x === "") - (y === ""); }
        var order = cell.dataset.kind === "number" ? number(x) - number(y) : NaN;
        if (isNaN(order)) { order = x.localeCompare(y); }
        return down ? -order : order;
      }).forEach(function (row) { body.appendChild(row); });
      status.textContent = "Sorted by " + button.textContent + (down ? ", falling" : ", rising");
    });
  });
});
// A link to a place inside something folded unfolds it.
var reveal = function () {
  var target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  if (!target) { return; }
  for (var fold = target.closest("details"); fold; fold = fold.parentElement.closest("details")) { fold.open = true; }
  target.scrollIntoView();
};
window.addEventListener("hashchange", reveal);
if (location.hash) { reveal(); }
document.addEventListener("keydown", function (event) {
  if (event.key === "Escape" && document.activeElement.tagName === "MARK") { document.activeElement.blur(); }
});
// On paper nothing unfolds: what is evidence is shown, and folded again afterwards.
var unfolded = [];
window.addEventListener("beforeprint", function () {
  unfolded = Array.from(document.querySelectorAll("details.evidence:not([open])"));
  unfolded.forEach(function (details) { details.open = true; });
});
window.addEventListener("afterprint", function () {
  unfolded.forEach(function (details) { details.open = false; });
});
