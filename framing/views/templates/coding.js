// One sentence at a time, coded by keyboard or click. Text from articles is set as text, never as HTML.
const DIGITS = ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"];
const YES_NO = ["0", "1"];
const TONES = ["-1", "0", "1"];
const TONE_KEYS = { "-": "-1", "−": "-1", "_": "-1", "0": "0", "+": "1", "=": "1" };
const TONE_WORDS = { "-1": "− negative", "0": "0 neutral", "1": "+ positive" };
const PATIENCE = 5000; // milliseconds until an unanswered coding is called unsaved

function make(tag, className, text) {
  const node = document.createElement(tag);
  if (className) node.className = className;
  if (text !== undefined) node.textContent = text;
  return node;
}

function digits(field) { return field.is_frame ? YES_NO : DIGITS; }

function button(text, label, act) {
  const node = make("button", "", text);
  node.type = "button";
  if (label) node.setAttribute("aria-label", label);
  node.addEventListener("click", act);
  return node;
}

// What stands between asterisks is what is counted.
function marked(tag, className, text) {
  const node = make(tag, className);
  text.split("*").forEach((piece, n) => node.append(n % 2 ? make("b", "", piece) : piece));
  return node;
}

function codebook(chapters) {
  const details = make("details", "codebook");
  details.append(make("summary", "", "Codebook (?)"));
  const inside = make("div", "chapters");
  inside.tabIndex = 0; // so that it can be scrolled by keyboard
  inside.setAttribute("role", "region");
  inside.setAttribute("aria-label", "Codebook");
  for (const chapter of chapters) {
    inside.append(make("h4", "", chapter.title), make("p", "", chapter.instruction));
    for (const part of chapter.parts) {
      inside.append(make("h5", "", part.title), make("p", "", part.definition));
      for (const [name, text] of [["Counts: ", part.counts], ["Doesn't count: ", part.counts_not]]) {
        const line = make("p", "");
        line.append(make("span", "lead", name), text);
        inside.append(line);
      }
      const list = make("ul", "");
      part.examples.forEach((text) => list.append(marked("li", "", text)));
      inside.append(list);
    }
  }
  details.append(inside);
  return details;
}

function render({ model, el }) {
  const units = model.get("units"), fields = model.get("fields"), kind = model.get("unit") || "sentence";
  const session = `${Date.now()}-${Math.random()}`; // serials begin anew with every page
  const pending = new Map(); // serial → a coding that Python hasn't confirmed
  let answers = { ...model.get("answers") }, failed = "", serial = 0, active = 0, timer = null, isLate = false;
  let place = Math.max(0, units.findIndex((unit) => !isDone(unit)));
  if (units.length && units.every(isDone)) place = units.length;

  function answer(unit) { return answers[unit.id] || { values: {}, not_codable: false }; }
  function isDone(unit) {
    const given = answer(unit);
    return given.not_codable || fields.every((field) => (given.values[field.metric] ?? "") !== "");
  }

  const frame = make("div", "framing-coding");
  const root = make("div", "pad");
  root.tabIndex = 0;
  root.setAttribute("role", "group");
  root.setAttribute("aria-label", `Coding by ${model.get("coder")}`);
  const head = make("p", "head"), bar = make("div", "bar"), filled = make("div", "filled");
  bar.setAttribute("role", "progressbar");
  bar.setAttribute("aria-label", `${kind}s coded`);
  bar.setAttribute("aria-valuemin", 0);
  bar.setAttribute("aria-valuemax", units.length);
  bar.append(filled);
  const before = make("p", "near"), sentence = make("p", `sentence${kind === "article" ? " whole" : ""}`), after = make("p", "near");
  const text = make("div", "text");
  text.setAttribute("aria-live", "polite");
  text.append(before, sentence, after);
  const entry = make("div", "entry");
  const rows = fields.map((field, n) => {
    const row = make("div", "field");
    row.setAttribute("role", "group");
    row.setAttribute("aria-label", field.title);
    const name = make("p", "name", field.title);
    name.addEventListener("click", () => { active = n; draw(); });
    const keys = make("div", "keys");
    const buttons = (field.tone ? TONES : digits(field)).map((value) => {
      const node = button(field.tone ? TONE_WORDS[value] : value, "", () => { active = n; enter(value); });
      node.dataset.value = value;
      return node;
    });
    const other = make("span", "other");
    keys.append(...buttons, other);
    row.append(name, keys);
    entry.append(row);
    return { row, buttons, other };
  });
  const back = button("← Back", "", () => go(place - 1)), skip = button("Skip →", "", () => go(place + 1));
  const unable = button("Not codable (x)", "", toggleCodable), clear = button("Clear (⌫)", "", () => enter(""));
  const tools = make("div", "tools");
  tools.append(back, skip, unable, clear);
  const hint = make("p", "hint", hintText());
  const wake = make("p", "wake", "Click here, then code with the keys.");
  const status = make("p", "status");
  status.setAttribute("role", "status");
  const book = codebook(model.get("codebook"));
  const left = make("div", "left"), body = make("div", "body");
  const foot = make("div", "foot");
  foot.append(wake, status);
  left.append(text, entry, tools, hint, foot);
  body.append(left, book);
  root.append(head, bar, body);
  frame.append(root);
  el.replaceChildren(frame);

  function hintText() {
    const counts = fields.some((field) => !field.tone && !field.is_frame), yes = fields.some((field) => field.is_frame);
    const tones = fields.some((field) => field.tone);
    const keys = [counts ? "0 to 9 how many" : "", yes ? "1 yes, 0 no" : "", tones ? "− 0 + the tone" : "", "← → go back and on"];
    if (fields.length > 1) keys.push("↑ ↓ choose the line");
    return "Keys: " + keys.filter(Boolean).concat("x not codable", "⌫ clear", "? codebook").join(" · ");
  }

  function go(to) {
    place = Math.min(Math.max(to, 0), units.length);
    const unit = units[place];
    active = unit ? Math.max(0, fields.findIndex((field) => (answer(unit).values[field.metric] ?? "") === "")) : 0;
    draw();
  }

  function send(unit, given) {
    answers = { ...answers, [unit.id]: given };
    serial += 1;
    pending.set(serial, { unit: unit.id, given });
    model.send({ kind: "code", session, serial, unit: unit.id, values: given.values, not_codable: given.not_codable });
    clearTimeout(timer);
    timer = setTimeout(() => { isLate = true; draw(); }, PATIENCE);
  }

  function enter(value) {
    const unit = units[place];
    if (!unit) return;
    send(unit, { values: { ...answer(unit).values, [fields[active].metric]: value }, not_codable: false });
    if (value === "") return draw();
    if (active + 1 < fields.length) { active += 1; return draw(); }
    // The last line is filled: on to the next sentence, unless a line above is still empty.
    const empty = fields.findIndex((field) => (answer(unit).values[field.metric] ?? "") === "");
    if (empty >= 0) { active = empty; return draw(); }
    go(place + 1);
  }

  function toggleCodable() {
    const unit = units[place];
    if (!unit) return;
    const marked = !answer(unit).not_codable;
    send(unit, { values: {}, not_codable: marked });
    if (marked) go(place + 1); else draw();
  }

  function draw() {
    const unit = units[place], n = units.filter(isDone).length, where = model.get("file");
    const name = kind.replace(/^./, (letter) => letter.toUpperCase());
    head.textContent = `${unit ? `${name} ${place + 1} of ${units.length}` : "The end"} · ${n} coded · ${where}`;
    bar.setAttribute("aria-valuenow", n);
    filled.style.width = `${units.length ? (100 * n) / units.length : 0}%`;
    before.textContent = unit ? unit.before : "";
    sentence.textContent = unit ? unit.sentence : n === units.length ? `All ${n} ${kind}s are coded.` : `${units.length - n} of ${units.length} ${kind}s are not coded yet: go back with ←.`;
    after.textContent = unit ? unit.after : "";
    entry.hidden = !unit;
    const given = unit ? answer(unit) : null;
    rows.forEach(({ row, buttons, other }, r) => {
      const value = given ? given.values[fields[r].metric] ?? "" : "";
      row.classList.toggle("active", r === active && fields.length > 1);
      buttons.forEach((node) => node.setAttribute("aria-pressed", String(value !== "" && node.dataset.value === value)));
      other.textContent = value !== "" && !buttons.some((node) => node.dataset.value === value) ? value : "";
    });
    unable.setAttribute("aria-pressed", String(Boolean(given && given.not_codable)));
    unable.disabled = clear.disabled = skip.disabled = !unit;
    back.disabled = place === 0;
    status.textContent = failed || (pending.size ? (isLate ? "Not saved yet. Is the kernel busy or stopped?" : "Saving …") : serial ? "Saved." : "");
    status.classList.toggle("problem", Boolean(failed) || isLate);
  }

  function onKey(event) {
    if (event.ctrlKey || event.metaKey || event.altKey || event.key === "Escape") return; // saving, and leaving
    event.stopPropagation(); // the notebook would delete, insert or leave cells
    const field = fields[active], onButton = event.target.closest("button, summary");
    if (event.key === "Tab" || event.key === "Shift" || ((event.key === "Enter" || event.key === " ") && onButton)) return;
    if (event.target.closest(".chapters") && /^(Arrow|Page|Home|End| )/.test(event.key)) return; // scrolls the codebook
    event.preventDefault();
    if (event.key === "ArrowLeft") go(place - 1);
    else if (event.key === "ArrowRight") go(place + 1);
    else if (event.key === "ArrowUp" || event.key === "ArrowDown") {
      active = Math.min(Math.max(active + (event.key === "ArrowDown" ? 1 : -1), 0), fields.length - 1);
      draw();
    } else if (event.key === "x" || event.key === "X") toggleCodable();
    else if (event.key === "Backspace" || event.key === "Delete") enter("");
    else if (event.key === "?") book.open = !book.open;
    else if (field && field.tone && event.key in TONE_KEYS) enter(TONE_KEYS[event.key]);
    else if (field && !field.tone && digits(field).includes(event.key)) enter(event.key);
  }

  function onMessage(message) {
    if (message.kind !== "saved" && message.kind !== "failed") return;
    pending.delete(message.serial);
    failed = message.kind === "failed" ? message.text : "";
    if (!pending.size) { clearTimeout(timer); isLate = false; }
    draw();
  }

  // What Python has, and on top of it what is on its way there.
  function onAnswers() {
    answers = { ...model.get("answers") };
    for (const { unit, given } of pending.values()) answers[unit] = given;
    draw();
  }

  root.addEventListener("keydown", onKey);
  for (const name of ["keyup", "keypress"]) root.addEventListener(name, (event) => event.stopPropagation());
  // A click on text focuses the pad, so that the keys work at once.
  root.addEventListener("click", (event) => {
    if (!event.target.closest("button, summary, .chapters")) root.focus({ preventScroll: true });
  });
  model.on("msg:custom", onMessage);
  model.on("change:answers", onAnswers);
  go(place);
  return () => {
    clearTimeout(timer);
    model.off("msg:custom", onMessage);
    model.off("change:answers", onAnswers);
  };
}

export default { render };
