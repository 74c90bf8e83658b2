// The rows of the editor answer like a spreadsheet. Without this file they are the same form.
//
// Two moods, as in Excel: *on* a cell (its text is selected, keys move, typing replaces) and *in* a cell (keys belong to
// the text). The control has the focus in both, so that no input method is disturbed. A step of undo is the whole state.
"use strict";
globalThis.kaoji = globalThis.kaoji || {};
kaoji.sheet = (() => {
  const editor = document.getElementById("editor");
  const did = document.getElementById("did");
  const words = did.dataset;
  const COLUMNS = ["class", "level3", "target_raw", "weight"];
  const BETWEEN = "\t";
  const MOST_STEPS = 200;
  const NOT_TYPED = new Set(["step", "stay", "csrfmiddlewaretoken", "base", "seen"]);

  // --- tables, rows, cells -------------------------------------------------------------------
  const body = (table) => table.tBodies[0];
  const tableNamed = (name) => editor.querySelector(`table.rows[data-table="${name}"]`);
  const control = (row, column) => row.cells[column + 1].querySelector("select, textarea");
  const cellOf = (row, name) =>
    name === "origin" ? row.cells[0].querySelector("input") : control(row, COLUMNS.indexOf(name));
  const rowOf = (element) => element.closest("table.rows tbody tr");
  const columnOf = (element) => COLUMNS.indexOf((element.name ?? "").split(".")[1]);
  const isCell = (element) => columnOf(element) >= 0 && rowOf(element) !== null;
  const say = (sentence) => { did.textContent = sentence ?? ""; };

  function renumber(table) {
    [...body(table).rows].forEach((row, at) => {
      const number = row.cells[0].firstChild;
      if (number.data.trim() === String(at + 1)) return;
      number.data = at + 1;
      for (const button of row.querySelectorAll("button[name=step]:not(.fix)"))
        button.value = button.value.replace(/\d+$/, at);
      COLUMNS.forEach((_, column) => {
        const cell = control(row, column);
        cell.setAttribute("aria-label", cell.getAttribute("aria-label").replace(/^\d+/, at + 1));
      });
    });
  }

  const blanks = new Map();

  function blankRow(table) {
    if (!blanks.has(table)) {
      const row = body(table).rows[0].cloneNode(true);
      for (const cell of row.querySelectorAll("textarea, select, input")) cell.value = "";
      for (const option of row.querySelectorAll("[selected]")) option.removeAttribute("selected");
      for (const cell of row.querySelectorAll("textarea")) cell.defaultValue = "";
      kaoji.clear?.(row);
      row.querySelector(".usual")?.remove();
      row.classList.remove("same", "goes-on");
      blanks.set(table, row);
    }
    return blanks.get(table).cloneNode(true);
  }

  function copyOf(row) {
    const copy = row.cloneNode(true);
    kaoji.clear?.(copy);
    for (const name of COLUMNS) cellOf(copy, name).value = cellOf(row, name).value;
    cellOf(copy, "origin").value = "";
    return copy;
  }

  // A class of the form's own, which the list lacks, is kept as it was written.
  function set(cell, value) {
    if (cell.value === value) return;
    if (cell.tagName === "SELECT" && value && ![...cell.options].some((option) => option.value === value)) {
      const [level1, level2] = value.split(BETWEEN);
      cell.add(new Option(level2 || level1, value));
    }
    cell.value = value;
  }

  // A class equal to the one above looks merged, as on the official form; the control stays.
  function merge(table) {
    let above = null;
    for (const row of body(table).rows) {
      const { value } = control(row, 0);
      const same = value !== "" && above !== null && value === control(above, 0).value;
      row.classList.toggle("same", same);
      above?.classList.toggle("goes-on", same);
      above = row;
    }
    above?.classList.remove("goes-on");
  }

  // --- what was done: whole states, one a step -------------------------------------------------
  const past = [], future = [];
  const undo = document.getElementById("undo");
  const redo = document.getElementById("redo");
  const typedIn = () => [...editor.elements].filter((item) => item.name && !NOT_TYPED.has(item.name));
  const state = () => typedIn().map((item) => [item.name, item.value]);
  let now = state();
  let version = 0;
  let before = null; // what stood in the control that has the focus when it was entered, or last kept

  function told() {
    version += 1;
    for (const table of editor.querySelectorAll("table.rows")) merge(table);
    [undo.disabled, redo.disabled] = [past.length === 0, future.length === 0];
    before = document.activeElement?.value ?? null;
    editor.dispatchEvent(new Event("input", { bubbles: true }));
    editor.dispatchEvent(new Event("left"));
  }

  const same = (one, other) =>
    one.length === other.length && one.every(([name, value], at) => name === other[at][0] && value === other[at][1]);

  // Keep what was done since the last step as one step; gives whether there was something.
  function commit(element = document.activeElement) {
    const next = state();
    if (same(next, now)) return false;
    past.push({ values: now, at: where(element) });
    if (past.length > MOST_STEPS) past.shift();
    future.length = 0;
    now = next;
    told();
    return true;
  }

  function where(element) {
    const row = element && editor.contains(element) && isCell(element) ? rowOf(element) : null;
    if (row === null) return { name: element?.name };
    return { table: row.closest("table").dataset.table, row: row.sectionRowIndex, column: columnOf(element) };
  }

  function goTo(place) {
    if (!place) return;
    if (!place.table) return void (place.name?.startsWith("cell.") && editor.elements.namedItem(place.name)?.focus());
    const rows = body(tableNamed(place.table)).rows;
    go(rows[Math.min(place.row, rows.length - 1)], place.column);
  }

  function back(from, to, sentence) {
    const step = from.pop();
    if (!step) return;
    to.push({ values: now, at: step.at });
    put(step.values);
    now = step.values;
    told();
    goTo(step.at);
    say(sentence);
  }

  function resize(table, count) {
    const more = document.createDocumentFragment();
    for (let at = body(table).rows.length; at < count; at += 1) more.append(blankRow(table));
    body(table).append(more);
    for (const row of [...body(table).rows].slice(count)) row.remove();
  }

  // Write a whole state into the form.
  function put(values) {
    const there = typedIn();
    if (there.length === values.length && there.every((item, at) => item.name === values[at][0]))
      return there.forEach((item, at) => set(item, values[at][1]));
    const rows = {};
    for (const [name, value] of values) {
      if (name.startsWith("cell.")) {
        const cell = editor.elements.namedItem(name);
        if (cell) set(cell, value);
      } else {
        const [table, column] = name.split(".");
        ((rows[table] ??= {})[column] ??= []).push(value);
      }
    }
    for (const table of editor.querySelectorAll("table.rows")) {
      const columns = rows[table.dataset.table];
      if (!columns) continue;
      resize(table, columns.level3.length);
      [...body(table).rows].forEach((row, at) => {
        for (const name of [...COLUMNS, "origin"]) set(cellOf(row, name), columns[name][at]);
      });
      renumber(table);
    }
  }

  undo.addEventListener("click", () => { commit(); back(past, future, words.undone); });
  redo.addEventListener("click", () => back(future, past, words.redone));
  editor.addEventListener("change", (event) => { if (event.target.name) commit(event.target); });

  // --- where one is -----------------------------------------------------------------------------
  let anchor = null, head = null, inside = false, mouse = false, painted = [];

  function box() {
    const [one, other] = [anchor.row.sectionRowIndex, head.row.sectionRowIndex];
    return {
      rows: [...body(anchor.row.closest("table")).rows].slice(Math.min(one, other), Math.max(one, other) + 1),
      left: Math.min(anchor.column, head.column), right: Math.max(anchor.column, head.column),
    };
  }

  function each(act) {
    const { rows, left, right } = box();
    rows.forEach((row, at) => { for (let column = left; column <= right; column += 1) act(control(row, column), row, column, at); });
  }

  function paint() {
    for (const cell of painted) cell.classList.remove("chosen");
    painted = [];
    if (anchor.row === head.row && anchor.column === head.column) return;
    each((cell) => { cell.parentElement.classList.add("chosen"); painted.push(cell.parentElement); });
    const { rows, left, right } = box();
    say(words.chosen.replace("{r}", rows.length).replace("{c}", right - left + 1));
  }

  function go(row, column, extend = false) {
    const at = Math.max(0, Math.min(COLUMNS.length - 1, column));
    if (extend) {
      head = { row, column: at };
      paint();
      control(row, at).scrollIntoView({ block: "nearest" });
      return;
    }
    const cell = control(row, at);
    cell.focus();
    anchor = head = { row, column: at };
    inside = false;
    paint();
    cell.select?.();
  }

  editor.addEventListener("focusin", (event) => {
    const cell = event.target;
    before = cell.value;
    if (!isCell(cell)) return;
    anchor = head = { row: rowOf(cell), column: columnOf(cell) };
    inside = false;
    if (!mouse) cell.select?.();
    paint();
  });

  // --- rows ---------------------------------------------------------------------------------------
  function step(verb, row, table) {
    if (verb === "add") {
      body(table).append(blankRow(table));
      renumber(table);
      commit();
      return go(body(table).lastElementChild, 1);
    }
    const column = anchor?.row === row ? anchor.column : 1;
    let stay = row;
    if (verb === "up") row.previousElementSibling?.before(row);
    else if (verb === "down") row.nextElementSibling?.after(row);
    else if (verb === "copy") row.after((stay = copyOf(row)));
    else if (verb === "drop") {
      if (body(table).rows.length === 1) body(table).append(blankRow(table));
      stay = row.nextElementSibling || row.previousElementSibling;
      row.remove();
    }
    renumber(table);
    go(stay, column);
    commit();
  }

  editor.addEventListener("click", (event) => {
    const button = event.target.closest("button[name=step]:not(.fix):not(.safe)");
    if (!button) return;
    event.preventDefault();
    commit();
    const [verb, name] = button.value.split(":");
    step(verb, rowOf(button), tableNamed(name));
    if (button.isConnected && (verb === "up" || verb === "down")) button.focus();
  });

  // --- keys -----------------------------------------------------------------------------------------
  const STEPS = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };

  function undoing(event, cell) {
    const key = event.key.toLowerCase();
    const again = key === "y" || (key === "z" && event.shiftKey);
    if (!(event.ctrlKey || event.metaKey) || event.altKey || (key !== "z" && key !== "y")) return false;
    // What is being typed in a cell is the browser's own to take back.
    if (cell.value !== before && editor.contains(cell)) return true;
    event.preventDefault();
    if (again) back(future, past, words.redone);
    else back(past, future, words.undone);
    return true;
  }

  function fill() {
    const { rows } = box();
    const above = rows.length > 1 ? rows[0] : rows[0].previousElementSibling;
    if (!above) return;
    each((cell, row, column) => { if (row !== above) set(cell, control(above, column).value); });
    if (commit()) say(words.filled);
  }

  function empty() {
    each((cell) => set(cell, ""));
    commit();
  }

  const all = (table) => {
    const { rows } = body(table);
    anchor = { row: rows[0], column: 0 };
    head = { row: rows[rows.length - 1], column: COLUMNS.length - 1 };
    paint();
  };

  // The keys of rows: Alt with arrows moves, with Shift copies, with Delete removes.
  function rowKey({ key, altKey, shiftKey }) {
    if (!altKey) return null;
    if (key === "Delete") return "drop";
    if (key === "ArrowDown") return shiftKey ? "copy" : "down";
    return key === "ArrowUp" && !shiftKey ? "up" : null;
  }

  function key(event) {
    const cell = event.target;
    if (event.isComposing || event.keyCode === 229) return; // the input method's keys
    if (undoing(event, cell) || !isCell(cell)) return;
    const { key: name } = event;
    const command = event.ctrlKey || event.metaKey;
    const { row, column } = head;
    const table = row.closest("table");
    const stop = () => event.preventDefault();
    const verb = rowKey(event);
    if (verb && !(cell.tagName === "SELECT" && name === "ArrowDown" && !event.shiftKey)) {
      stop();
      commit();
      step(verb, anchor.row, table);
    } else if (name === "Enter" && event.altKey) {
      stop();
      cell.setRangeText?.("\n", cell.selectionStart, cell.selectionEnd, "end");
      inside = true;
    } else if (name === "Enter" && !command) {
      stop();
      const next = event.shiftKey ? row.previousElementSibling : row.nextElementSibling;
      if (next) go(next, column);
      else if (event.shiftKey) { commit(); go(row, column); }
      else {
        commit();
        body(table).append(blankRow(table));
        renumber(table);
        go(body(table).lastElementChild, column);
        commit();
        say(words.added);
      }
    } else if (name === "Escape") {
      stop();
      if (inside) set(cell, before);
      inside = false;
      go(anchor.row, anchor.column);
    } else if (name === "F2") {
      stop();
      inside = true;
      cell.setSelectionRange?.(cell.value.length, cell.value.length);
    } else if (inside || event.altKey) return;
    else if (STEPS[name]) {
      stop();
      const [down, right] = STEPS[name];
      const { rows } = body(table);
      const far = command ? rows.length : 1;
      const at = Math.max(0, Math.min(rows.length - 1, row.sectionRowIndex + down * far));
      go(rows[at], column + right * far, event.shiftKey);
    } else if (command && (name === "Home" || name === "End")) {
      stop();
      const { rows } = body(table);
      go(rows[name === "Home" ? 0 : rows.length - 1], name === "Home" ? 0 : COLUMNS.length - 1, event.shiftKey);
    } else if (command && name.toLowerCase() === "a") { stop(); all(table); }
    else if (command && name.toLowerCase() === "d") { stop(); fill(); }
    else if ((name === "Delete" || name === "Backspace") && (painted.length || cell.tagName === "SELECT")) { stop(); empty(); }
    else if (!command && name.length === 1 && cell.tagName === "TEXTAREA") inside = true; // typing replaces the selected text
  }
  editor.addEventListener("keydown", key);
  editor.addEventListener("compositionstart", () => { inside = true; });

  // --- mouse ------------------------------------------------------------------------------------------
  editor.addEventListener("pointerdown", (event) => {
    const cell = event.target;
    if (!isCell(cell)) return;
    if (event.shiftKey && anchor && rowOf(cell).closest("table") === anchor.row.closest("table")) {
      event.preventDefault();
      head = { row: rowOf(cell), column: columnOf(cell) };
      paint();
      return;
    }
    mouse = true;
    if (document.activeElement === cell) inside = true;
    if (painted.length) { head = anchor; paint(); }
  });
  editor.addEventListener("mousedown", (event) => { if (event.shiftKey && isCell(event.target)) event.preventDefault(); });
  editor.addEventListener("pointerover", (event) => {
    if (!mouse || event.buttons !== 1 || !anchor) return;
    const cell = event.target.closest("td")?.querySelector("select, textarea");
    if (!cell || !isCell(cell) || rowOf(cell).closest("table") !== anchor.row.closest("table")) return;
    const at = { row: rowOf(cell), column: columnOf(cell) };
    if (at.row === head.row && at.column === head.column) return;
    head = at;
    getSelection().removeAllRanges();
    paint();
  });
  addEventListener("pointerup", () => { mouse = false; });

  // --- the clipboard ------------------------------------------------------------------------------------
  function out(event) {
    const cell = event.target;
    if (!isCell(cell)) return;
    const chosen = cell.selectionStart !== cell.selectionEnd && !(cell.selectionStart === 0 && cell.selectionEnd === cell.value.length);
    if (!painted.length && (inside || chosen)) return; // within a text the browser copies
    const { rows, left, right } = box();
    const table = rows.map((row) => {
      const texts = [];
      for (let column = left; column <= right; column += 1) {
        const { value } = control(row, column);
        if (column === 0) texts.push(...value.split(BETWEEN), ...(value ? [] : [""]));
        else texts.push(value);
      }
      return texts;
    });
    event.preventDefault();
    kaoji.clipboard.write(event.clipboardData, table, left === 0 ? 2 : 0);
    if (event.type === "cut") empty();
  }
  editor.addEventListener("copy", out);
  editor.addEventListener("cut", out);

  function known(select) {
    const pairs = [...select.options].map((option) => option.value.split(BETWEEN)).filter((pair) => pair[1]);
    return { level1: new Set(pairs.map(([one]) => one)), level2: new Map(pairs.map(([one, two]) => [two, one])) };
  }

  function paste(event) {
    if (!isCell(event.target)) return;
    const { rows: chosen, left } = box();
    const block = kaoji.clipboard.read(event.clipboardData);
    if (!block) {
      if (!painted.length) return; // a text goes into the text
      event.preventDefault();
      const text = event.clipboardData.getData("text/plain").trim();
      each((cell) => { if (cell.tagName === "TEXTAREA") set(cell, text); });
      commit();
      return;
    }
    event.preventDefault();
    commit();
    const table = chosen[0].closest("table");
    const classes = known(control(chosen[0], 0));
    const named = (at, text) => words.column.replace("{n}", at).replace("{text}", text.slice(0, 8));
    const { rows, skipped } = kaoji.clipboard.understand(block, classes, left, named);
    const first = chosen[0].sectionRowIndex;
    const taken = rows.some((got) => Object.keys(got).length);
    if (taken) {
      resize(table, Math.max(body(table).rows.length, first + rows.length));
      fillIn([...body(table).rows].slice(first, first + rows.length), rows, classes);
      renumber(table);
      commit();
      go(body(table).rows[first], left);
    }
    inside = false;
    const what = taken ? words.pasted.replace("{r}", rows.length) : "";
    say(what + (skipped.length ? words.skipped.replace("{names}", [...new Set(skipped)].join(words.and)) : ""));
  }

  function fillIn(targets, rows, classes) {
    let [level1, level2] = ["", ""];
    rows.forEach((got, at) => {
      const row = targets[at];
      // Under a merged class the clipboard is empty: the class goes on.
      if (got.level1) [level1, level2] = [got.level1, ""];
      if (got.level2) level2 = got.level2;
      if (got.level2 && !("level1" in got)) level1 = classes.level2.get(level2) ?? "";
      if ("level1" in got || "level2" in got) set(cellOf(row, "class"), level1 || level2 ? `${level1}${BETWEEN}${level2}` : "");
      if ("level3" in got && got.level3 !== cellOf(row, "level3").value) cellOf(row, "origin").value = "";
      for (const name of COLUMNS.slice(1)) if (name in got) set(cellOf(row, name), got[name]);
    });
  }
  editor.addEventListener("paste", paste);

  // Tab goes from cell to cell: the buttons of the rows have keys.
  editor.dataset.grid = "";
  for (const table of editor.querySelectorAll("table.rows")) merge(table);
  for (const button of editor.querySelectorAll("table.rows td.line-steps button")) button.tabIndex = -1;
  [undo.hidden, redo.hidden, undo.disabled, redo.disabled] = [false, false, true, true];

  return {
    cellOf, rowOf, isCell, state, put, set, commit, go, goTo, say, tableNamed,
    version: () => version,
    rows: (name) => body(tableNamed(name)).rows,
    isTyping: () => document.activeElement?.value !== undefined && editor.contains(document.activeElement) && document.activeElement.value !== before,
  };
})();
