// The editor's comforts. Without this file the same page is a plain form that does the same job.
"use strict";
(() => {
  const editor = document.getElementById("editor");
  const said = document.getElementById("said");
  const COLUMNS = ["class", "level3", "target_raw", "weight"];
  const BETWEEN = "\t";

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
        for (const column of [...COLUMNS.slice(1), "origin"]) cellOf(row, column).value = columns[column][at];
        choose(cellOf(row, "class"), ...columns.class[at].split(BETWEEN));
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
  const HEADINGS = {
    序号: "skip", 一级指标: "level1", 二级指标: "level2", 三级指标: "level3", 指标名称: "level3",
    指标目标值: "target_raw", 指标值: "target_raw", 目标值: "target_raw", 年度指标值: "target_raw",
    权重: "weight", 分值: "weight",
  };
  const QUOTED = /"(?:[^"]|"")*"(?=[\t\n]|$)/y;

  function block(text) {
    // Tab-separated; a cell with line breaks or quotes stands in double quotes.
    const clean = text.replace(/\r\n?/g, "\n").replace(/\n$/, "");
    const rows = [[]];
    let at = 0;
    while (at <= clean.length) {
      QUOTED.lastIndex = at;
      const quoted = clean[at] === '"' && QUOTED.exec(clean);
      const raw = quoted ? quoted[0] : /[^\t\n]*/.exec(clean.slice(at))[0];
      rows[rows.length - 1].push((quoted ? raw.slice(1, -1).replace(/""/g, '"') : raw).trim());
      at += raw.length;
      if (clean[at] === "\n") rows.push([]);
      at += 1;
    }
    return rows;
  }

  function classes(select) {
    const pairs = [...select.options].map((option) => option.value.split(BETWEEN)).filter((pair) => pair[1]);
    return {
      level1: new Set(pairs.map(([one]) => one)),
      level2: new Map(pairs.map(([one, two]) => [two, one])),
    };
  }

  // What each column of the block holds: by its heading row, else by what most of its cells are.
  function columnsOf(rows, known, start) {
    const headings = rows[0].map((cell) => HEADINGS[cell.replace(/\s/g, "")]);
    if (headings.filter(Boolean).length > 1) {
      rows.shift();
      return headings;
    }
    const columns = [];
    const width = Math.max(...rows.map((cells) => cells.length));
    const most = (at, test) => {
      const filled = rows.map((cells) => cells[at]).filter(Boolean);
      return filled.length > 0 && filled.filter(test).length * 2 > filled.length;
    };
    if (width > 2 && rows.length > 1 && rows.every((cells) => /^\d+$/.test(cells[0]))) columns.push("skip");
    if (most(columns.length, (cell) => known.level1.has(cell))) columns.push("level1");
    if (most(columns.length, (cell) => known.level2.has(cell))) columns.push("level2");
    const rest = columns.length ? COLUMNS.slice(1) : COLUMNS.slice(Math.max(start, 1));
    while (columns.length < width) columns.push(rest.shift());
    return columns;
  }

  // A class of the form's own, which the list lacks, is kept as it was written.
  function choose(select, level1, level2 = "") {
    const value = level1 || level2 ? `${level1}${BETWEEN}${level2}` : "";
    if (value && ![...select.options].some((option) => option.value === value))
      select.add(new Option(level2 || level1, value));
    select.value = value;
  }

  function paste(event) {
    const cell = event.target;
    const row = rowOf(cell);
    const text = event.clipboardData.getData("text/plain");
    // A spreadsheet ends its block with a line end; a text of several lines is just a text.
    if (!row || !(/\t/.test(text) || /\n[^\n]*\n$/.test(text.replace(/\r/g, "")))) return;
    event.preventDefault();
    const table = row.closest("table");
    const rows = block(text);
    const known = classes(cellOf(row, "class"));
    const columns = columnsOf(rows, known, COLUMNS.indexOf(cell.name.split(".")[1]));
    if (rows.some((cells) => cells.some((one, at) => one && !columns[at]))) {
      kept.textContent = kept.dataset.refused;
      return;
    }
    remember();
    const labelled = columns.includes("level1") || columns.includes("level2");
    let target = row;
    let [level1, level2] = ["", ""];
    for (const cells of rows) {
      if (!target) {
        target = blankRow(table);
        body(table).append(target);
      }
      const got = {};
      columns.forEach((column, at) => { if (column) got[column] = cells[at] ?? ""; });
      if (got.level1) [level1, level2] = [got.level1, ""];
      if (got.level2) level2 = got.level2;
      if (got.level2 && !("level1" in got)) level1 = known.level2.get(level2) ?? "";
      if (labelled) choose(cellOf(target, "class"), level1, level2);
      if ("level3" in got && got.level3 !== cellOf(target, "level3").value) cellOf(target, "origin").value = "";
      for (const column of COLUMNS.slice(1)) if (column in got) cellOf(target, column).value = got[column];
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
    const list = said.querySelector(".said");
    if (list) list.hidden = !list.querySelector("li.note");
  }

  // --- nothing typed is lost: kept on this machine until it is saved -----------------------------
  const drawer = `kaoji.draft.${editor.dataset.draft}`;
  const kept = document.getElementById("kept");
  const restore = document.getElementById("restore");
  const clock = (time) => new Date(time).toLocaleTimeString([], { hour: "2-digit", minute: "2-digit", hour12: false });
  const dirty = "dirty" in editor.dataset;
  const shown = JSON.stringify(state());
  const revisions = ["base", "seen"].map((name) => editor.elements.namedItem(name));
  let typed = dirty;
  let found = null;

  function keep(sent) {
    const values = state();
    typed = dirty || JSON.stringify(values) !== shown;
    const [base, seen] = revisions.map((item) => item.value);
    const time = Date.now();
    try {
      localStorage.setItem(drawer, JSON.stringify({ base, seen, time, values, sent: sent === true, before: found }));
      if (!found) kept.textContent = `${clock(time)} ${kept.dataset.kept}`;
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
    const arrived = draft && draft.sent && draft.base !== revisions[0].value;
    if (arrived) localStorage.removeItem(drawer);
    const own = (item) => item && JSON.stringify(item.values) !== shown;
    found = arrived || dirty ? null : own(draft) ? draft : own(draft?.before) ? draft.before : null;
    if (!found) return;
    found.before = null;
    kept.textContent = `${clock(found.time)} ${kept.dataset.found}`;
    restore.hidden = false;
    restore.addEventListener("click", () => {
      restore.hidden = true;
      // Written on an older revision, it is saved as such: the page then shows what changed since.
      [revisions[0].value, revisions[1].value] = [found.base, found.seen];
      const { values } = found;
      found = null;
      put(values);
    });
  }

  // --- how long a goal is ---------------------------------------------------------------------
  function count() {
    for (const cell of editor.querySelectorAll("td.text > textarea"))
      cell.parentElement.dataset.count = cell.value.replace(/\s/g, "").length;
  }

  let waiting = 0;
  editor.addEventListener("input", count);
  count();
  editor.addEventListener("input", (event) => {
    if (event.isTrusted) {
      // A step back would take what was typed since along.
      past.length = 0;
      undo.hidden = true;
    }
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
  editor.addEventListener("submit", () => {
    clearTimeout(waiting);
    keep(true);
    typed = false;
  });
  window.addEventListener("pagehide", () => { if (typed) keep(); });
  window.addEventListener("beforeunload", (event) => { if (typed) event.preventDefault(); });
  said.addEventListener("htmx:afterSwap", spread);
  spread();
  offer();
})();
