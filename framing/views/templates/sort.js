document.querySelectorAll("table.sortable").forEach(function (table) {
  var body = table.tBodies[0];
  var status = document.createElement("p");
  status.className = "visually-hidden";
  status.setAttribute("role", "status");
  table.parentNode.insertBefore(status, table);
  var value = function (row, column) { return row.cells[column].dataset.value; };
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
        var order = cell.dataset.kind === "number" ? Number(x) - Number(y) : x.localeCompare(y);
        return down ? -order : order;
      }).forEach(function (row) { body.appendChild(row); });
      status.textContent = "Sorted by " + button.textContent + (down ? ", falling" : ", rising");
    });
  });
});
window.addEventListener("beforeprint", function () {
  document.querySelectorAll("details.evidence").forEach(function (details) { details.open = true; });
});
