// The editor's comforts. Without this file the same page is a plain form that does the same job.
"use strict";
(() => {
  const editor = document.getElementById("editor");
  const said = document.getElementById("said");
  const COLUMNS = ["class", "level3", "target_raw", "weight"];
  const BETWEEN = " › ";

  // --- rows -----------------------------------------------------------------------------
  const body = (table) => table.tBodies[0];
  const cellOf = (row, column) => row.querySelector(`[name$=".${column}"]`);
  const rowOf = (element) => element.closest("table.rows tbody tr");
  const changed = () => editor.dispatchEvent(new Event("input", { bubbles: true }));

  function renumber(table) {
    [...body(table).rows].forEach((row, at) => {
      row.querySelector("th.number").firstChild.data = at + 1;
      for (const button of row.querySelectorAll("button[name=step]"))
        button.value = button.value.replace(/\d+$/, at);
    });
  }

  function blankRow(table) {
    const row = body(table).rows[0].cloneNode(true);
    for (const cell of row.querySelectorAll("textarea, select, input")) cell.value = "";
    clear(row);
    return row;
  }

  function copyOf(row) {
    const copy = row.cloneNode(true);
    for (const column of COLUMNS) cellOf(copy, column).value = cellOf(row, column).value;
    cellOf(copy, "origin").value = "";
    return copy;
  }

  function step(button) {
    const [verb, name] = button.value.split(":");
    const table = editor.querySelector(`table.rows[data-table="${name}"]`);
    const row = rowOf(button);
    remember();
    if (verb === "add") {
      body(table).append(blankRow(table));
      cellOf(body(table).lastElementChild, "level3").focus();
    } else if (verb === "up" && row.previousElementSibling) row.previousElementSibling.before(row);
    else if (verb === "down" && row.nextElementSibling) row.nextElementSibling.after(row);
    else if (verb === "copy") row.after(copyOf(row));
    else if (verb === "drop") {
      if (body(table).rows.length === 1) body(table).append(blankRow(table));
      const next = row.nextElementSibling || row.previousElementSibling;
      row.remove();
      cellOf(next, "level3").focus();
    }
    if (verb === "up" || verb === "down") button.focus();
    renumber(table);
    changed();
  }

  // --- undo of what the browser's own undo does not know -----------------------------------
  const past = [];
  const undo = document.getElementById("undo");
  const state = () =>
    [...editor.elements]
      .filter((item) => item.name && !["step", "csrfmiddlewaretoken", "base", "seen"].includes(item.name))
      .map((item) => [item.name, item.value]);

  function remember() {
    past.push(state());
    undo.hidden = false;
  }

  function put(values) {
    const rows = {};
    for (const [name, value] of values) {
      if (name.startsWith("cell.")) {
        const cell = editor.elements.namedItem(name);
        if (cell) cell.value = value;
      } else {
        const [table, column] = name.split(".");
        ((rows[table] ??= {})[column] ??= []).push(value);
      }
    }
    for (const table of editor.querySelectorAll("table.rows")) {
      const columns = rows[table.dataset.table];
      if (!columns) continue;
      const count = columns.level3.length;
      while (body(table).rows.length < count) body(table).append(blankRow(table));
      while (body(table).rows.length > count) body(table).lastElementChild.remove();
      [...body(table).rows].forEach((row, at) => {
        for (const column of [...COLUMNS, "origin"]) cellOf(row, column).value = columns[column][at];
      });
      renumber(table);
    }
    changed();
  }

  undo.addEventListener("click", () => {
    put(past.pop());
    undo.hidden = past.length === 0;
  });

  // --- paste a block of cells from Excel or WPS ---------------------------------------------
  function block(text) {
    // Tab-separated; a cell with line breaks or quotes stands in double quotes.
    const rows = [[""]];
    let quoted = false;
    const clean = text.replace(/\r\n?/g, "\n").replace(/\n$/, "");
    for (let at = 0; at < clean.length; at++) {
      const sign = clean[at];
      const row = rows[rows.length - 1];
      if (quoted) {
        if (sign !== '"') row[row.length - 1] += sign;
        else if (clean[at + 1] === '"') row[row.length - 1] += clean[++at];
        else quoted = false;
      } else if (sign === '"' && row[row.length - 1] === "") quoted = true;
      else if (sign === "\t") row.push("");
      else if (sign === "\n") rows.push([""]);
      else row[row.length - 1] += sign;
    }
    return rows;
  }

  function classes(select) {
    const known = new Map();
    for (const option of select.options) {
      const [level1, level2] = option.value.split(BETWEEN);
      if (level2) known.set(level2, option.value).set(level1, known.get(level1) ?? "");
    }
    return known;
  }

  function paste(event) {
    const cell = event.target;
    const row = rowOf(cell);
    const text = event.clipboardData.getData("text/plain");
    if (!row || !/[\t\n]/.test(text.trim())) return;
    event.preventDefault();
    remember();
    const table = row.closest("table");
    const known = classes(cellOf(row, "class"));
    const rows = block(text);
    const labelled = rows.some((cells) => known.has(cells[0].trim()) || (cells[1] && known.has(cells[1].trim())));
    const widths = labelled ? Math.max(...rows.map((cells) => cells.findIndex((one) => one.trim() && !known.has(one.trim())))) : 0;
    const start = labelled ? 1 : Math.max(COLUMNS.indexOf(cell.name.split(".")[1]), 1);
    let target = row;
    let last = "";
    for (const cells of rows) {
      if (!target) {
        target = blankRow(table);
        body(table).append(target);
      }
      if (labelled) {
        const labels = cells.slice(0, widths).map((one) => one.trim()).filter(Boolean);
        last = labels.map((one) => known.get(one)).filter(Boolean).pop() ?? last;
        cellOf(target, "class").value = last;
      }
      cells.slice(widths).forEach((one, at) => {
        const column = COLUMNS[start + at];
        if (column) cellOf(target, column).value = one;
      });
      target = target.nextElementSibling;
    }
    renumber(table);
    changed();
  }

  // --- keys: arrows and Enter go from row to row ---------------------------------------------
  function key(event) {
    const cell = event.target;
    const row = rowOf(cell);
    if (!row || cell.tagName !== "TEXTAREA" || event.isComposing || event.altKey || event.ctrlKey || event.shiftKey) return;
    const before = cell.value.slice(0, cell.selectionStart);
    const after = cell.value.slice(cell.selectionEnd);
    const up = event.key === "ArrowUp" && !before.includes("\n") && row.previousElementSibling;
    const down = (event.key === "Enter" || (event.key === "ArrowDown" && !after.includes("\n"))) && row.nextElementSibling;
    const goal = up || down;
    if (event.key === "Enter") event.preventDefault();
    if (!goal) return;
    event.preventDefault();
    cellOf(goal, cell.name.split(".")[1]).focus();
  }

  // --- what the rules say, beside the cells ----------------------------------------------------
  function clear(within) {
    for (const place of within.querySelectorAll(".notes.here")) place.remove();
    for (const cell of within.querySelectorAll(".marked")) cell.classList.remove("marked", ...TONES);
  }
  const TONES = ["error", "opinion", "warning", "undecided", "hint"];

  function spread() {
    clear(editor);
    for (const note of said.querySelectorAll("li.note")) {
      const { table, row, cell } = note.dataset;
      const rows = table && editor.querySelector(`table.rows[data-table="${table}"]`);
      const line = rows && row !== "" ? body(rows).rows[row] : null;
      const field = line ? cellOf(line, cell) : editor.elements.namedItem(`cell.${cell}`);
      if (!field) continue;
      const box = field.closest("td, th");
      if (!TONES.some((tone) => box.classList.contains(tone)))
        box.classList.add("marked", note.classList[1]);
      const place = line ? line.querySelector(".beside") : box;
      let list = place.querySelector("ul.notes");
      if (!list) {
        list = document.createElement("ul");
        list.className = "notes here";
        place.append(list);
      }
      list.append(note);
    }
    said.querySelector(".said").hidden = !said.querySelector("li.note");
  }

  // --- nothing typed is lost: kept on this machine until it is saved -----------------------------
  const drawer = `kaoji.draft.${editor.dataset.draft}`;
  const kept = document.getElementById("kept");
  const restore = document.getElementById("restore");
  const clock = (time) => new Date(time).toLocaleTimeString([], { hour: "2-digit", minute: "2-digit", hour12: false });
  const shown = JSON.stringify(state());
  let typed = false;

  function keep() {
    const values = state();
    typed = JSON.stringify(values) !== shown;
    const time = Date.now();
    try {
      localStorage.setItem(drawer, JSON.stringify({ base: editor.dataset.base, time, values }));
      kept.textContent = `${clock(time)} ${kept.dataset.kept}`;
    } catch {
      kept.textContent = "";
    }
  }

  function offer() {
    let draft = null;
    try {
      draft = JSON.parse(localStorage.getItem(drawer));
    } catch {
      return;
    }
    if (!draft || draft.base !== editor.dataset.base || JSON.stringify(draft.values) === shown) return;
    kept.textContent = `${clock(draft.time)} ${kept.dataset.found}`;
    restore.hidden = false;
    restore.addEventListener("click", () => {
      restore.hidden = true;
      put(draft.values);
    });
  }

  let waiting = 0;
  editor.addEventListener("input", () => {
    restore.hidden = true;
    clearTimeout(waiting);
    waiting = setTimeout(keep, 400);
  });
  editor.addEventListener("click", (event) => {
    const button = event.target.closest("button[name=step]");
    if (!button) return;
    event.preventDefault();
    step(button);
  });
  editor.addEventListener("paste", paste);
  editor.addEventListener("keydown", key);
  editor.addEventListener("submit", () => { typed = false; });
  window.addEventListener("beforeunload", (event) => { if (typed) event.preventDefault(); });
  said.addEventListener("htmx:afterSwap", spread);
  spread();
  offer();
})();
