// A row for each outlet, a point for each article. Text from articles is set as text, never as HTML.
const NS = "http://www.w3.org/2000/svg";
const ROW = 74, HEAD = 22, FOOT = 46, EDGE = 14;

function make(name, attributes, text) {
  const node = document.createElementNS(NS, name);
  for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
  if (text !== undefined) node.textContent = text;
  return node;
}

function render({ model, el }) {
  let focused = null;
  el.classList.add("framing-points");

  function choose(id) {
    focused = id;
    model.set("selected", id);
    model.save_changes();
  }

  // The arrow keys go along a row by value, and between rows to the same event.
  function neighbour(points, point, key) {
    if (key === "ArrowLeft" || key === "ArrowRight") {
      const row = points.filter((p) => p.row === point.row).sort((a, b) => a.x - b.x || a.y - b.y);
      return row[row.indexOf(point) + (key === "ArrowRight" ? 1 : -1)];
    }
    const step = key === "ArrowDown" ? 1 : key === "ArrowUp" ? -1 : 0;
    const rows = points.filter((p) => step * (p.row - point.row) > 0);
    const distance = (p) => Math.abs(p.row - point.row) * 10 + (p.event !== point.event) * 5 + Math.abs(p.x - point.x);
    return step ? rows.sort((a, b) => distance(a) - distance(b))[0] : undefined;
  }

  function draw() {
    const layout = model.get("points"), selected = model.get("selected");
    const points = layout.points || [], rows = layout.rows || [], ticks = layout.ticks || [];
    const width = Math.max(280, el.clientWidth || 640), height = rows.length * ROW + FOOT;
    const across = (x) => EDGE + x * (width - 2 * EDGE);
    const down = (p) => p.row * ROW + HEAD + 6 + p.y * (ROW - HEAD - 12);
    const hadFocus = el.contains(document.activeElement);
    const svg = make("svg", { viewBox: `0 0 ${width} ${height}`, width, height, role: "group", "aria-label": layout.axis || "" });

    rows.forEach((row, n) => {
      const top = n * ROW;
      svg.append(make("text", { x: EDGE, y: top + 15, class: "outlet" }, row.outlet));
      svg.append(make("text", { x: width - EDGE, y: top + 15, class: "mean", "text-anchor": "end" }, `mean ${row.mean_text}`));
      svg.append(make("rect", { x: EDGE, y: top + HEAD, width: width - 2 * EDGE, height: ROW - HEAD, class: "strip" }));
    });
    ticks.forEach((tick, n) => {
      const x = across(tick.x);
      const anchor = n === 0 ? "start" : n === ticks.length - 1 ? "end" : "middle";
      rows.forEach((_, r) => svg.append(make("line", { x1: x, x2: x, y1: r * ROW + HEAD, y2: (r + 1) * ROW, class: "tick" })));
      if (width > 420 || n % 2 === 0)
        svg.append(make("text", { x: n === 0 ? EDGE : n === ticks.length - 1 ? width - EDGE : x, y: height - FOOT + 17, class: "tick", "text-anchor": anchor }, tick.text));
    });
    svg.append(make("text", { x: EDGE, y: height - 8, class: "axis" }, layout.axis || ""));
    rows.forEach((row, n) => {
      if (row.mean === null) return;
      const x = across(row.mean);
      svg.append(make("line", { x1: x, x2: x, y1: n * ROW + HEAD - 1, y2: (n + 1) * ROW + 1, class: "average" }));
    });

    const chosen = points.find((p) => p.id === selected);
    if (chosen && chosen.event) {
      const same = points.filter((p) => p.event === chosen.event).sort((a, b) => a.row - b.row);
      const path = same.map((p) => `${across(p.x)},${down(p)}`).join(" ");
      svg.append(make("polyline", { points: path, class: "same-event" }));
    }

    if (!points.some((p) => p.id === focused)) focused = chosen ? chosen.id : points.length ? points[0].id : null;
    for (const point of points) {
      const isChosen = point.id === selected;
      const isSame = chosen && chosen.event && point.event === chosen.event;
      const node = make("g", {
        role: "button", tabindex: point.id === focused ? 0 : -1, "aria-label": point.label, "aria-pressed": String(isChosen),
        class: "point" + (isChosen ? " chosen" : isSame ? " same" : ""), "data-id": point.id,
      });
      node.append(make("title", {}, point.label));
      node.append(make("circle", { cx: across(point.x), cy: down(point), r: 11, class: "target" }));
      node.append(make("circle", { cx: across(point.x), cy: down(point), r: isChosen ? 7 : 5, class: "dot" }));
      node.addEventListener("click", () => choose(point.id));
      node.addEventListener("keydown", (event) => {
        if (event.key === "Enter" || event.key === " ") { event.preventDefault(); event.stopPropagation(); choose(point.id); return; }
        const next = neighbour(points, point, event.key);
        if (!event.key.startsWith("Arrow")) return;
        event.preventDefault();
        event.stopPropagation(); // a notebook would go to the next cell
        if (!next) return;
        focused = next.id;
        const other = [...svg.querySelectorAll(".point")].find((n) => n.dataset.id === next.id);
        node.setAttribute("tabindex", -1);
        other.setAttribute("tabindex", 0);
        other.focus();
      });
      svg.append(node);
    }
    el.replaceChildren(svg);
    if (hadFocus && focused !== null) [...svg.querySelectorAll(".point")].find((n) => n.dataset.id === focused)?.focus();
  }

  model.on("change:points", draw);
  model.on("change:selected", draw);
  let drawn = 0;
  const observer = new ResizeObserver(() => {
    if (el.clientWidth && el.clientWidth !== drawn) { drawn = el.clientWidth; draw(); }
  });
  observer.observe(el);
  draw();
  return () => observer.disconnect();
}

export default { render };
