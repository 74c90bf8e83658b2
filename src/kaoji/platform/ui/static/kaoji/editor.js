// What the rules say beside the cells, corrections at a click, sums as one writes, and nothing typed is lost.
// Without this file the same page is a plain form that does the same job.
"use strict";
(() => {
  const editor = document.getElementById("editor");
  const said = document.getElementById("said");
  const { sheet } = kaoji;

  // --- what the rules say, beside the cells: the gravest of a row first, the rest folded --------------
  const TONES = ["error", "opinion", "warning", "undecided", "hint", "repair"];
  // Of two of one tone the one that a click mends comes first.
  const rank = (note) => TONES.indexOf(note.classList[1]) * 2 + (note.querySelector(".fix") ? 0 : 1);

  kaoji.clear = (within) => {
    for (const place of within.querySelectorAll(".here")) place.remove();
    for (const cell of within.querySelectorAll(".marked")) {
      cell.classList.remove("marked", ...TONES);
      cell.querySelector("[aria-invalid]")?.removeAttribute("aria-invalid");
    }
  };

  function list(notes) {
    const made = document.createElement("ul");
    made.className = "notes here";
    made.append(...notes);
    return made;
  }

  function beside(notes) {
    const [first, ...rest] = notes.sort((one, other) => rank(one) - rank(other));
    if (!rest.length) return [list([first])];
    const more = document.createElement("details");
    more.className = "more-notes here";
    const summary = document.createElement("summary");
    summary.textContent = editor.dataset.more.replace("{n}", rest.length);
    more.append(summary, list(rest));
    return [list([first]), more];
  }

  let asked = sheet.version();
  // What stood in each control when the rules were asked: a correction is for that, and for nothing newer.
  const standing = () => new Map([...editor.elements].map((item) => [item, item.value]));
  let heard = standing();

  function spread() {
    kaoji.clear(editor);
    const stale = asked !== sheet.version(); // the next answer, on its way already, knows the rows as they are now
    said.hidden = stale;
    if (stale) return;
    const places = new Map();
    for (const note of said.querySelectorAll("li.note")) {
      const { table, row, cell } = note.dataset;
      const line = table && row !== "" ? sheet.rows(table)[row] : null;
      const field = line ? sheet.cellOf(line, cell) : editor.elements.namedItem(`cell.${cell}`);
      if (!field) continue;
      const box = field.closest("td, th");
      if (!TONES.some((tone) => box.classList.contains(tone))) box.classList.add("marked", note.classList[1]);
      if (note.classList.contains("error")) field.setAttribute("aria-invalid", "true");
      const place = line ? line.querySelector(".beside") : box;
      if (!places.has(place)) places.set(place, []);
      places.get(place).push(note);
    }
    for (const [place, notes] of places) place.append(...beside(notes));
    for (const way of editor.querySelectorAll("table.rows .beside :is(a, button, summary)")) way.tabIndex = -1;
    const rest = said.querySelector(".said");
    if (rest) rest.hidden = !rest.querySelector("li.note");
    const count = editor.querySelectorAll(".fix[data-safe]").length;
    safe.hidden = count === 0;
    safe.textContent = editor.dataset.safe.replace("{n}", count);
  }

  // --- corrections -----------------------------------------------------------------------------------
  const safe = document.getElementById("safe");

  // The control that a correction is for, with the text that is to stand there.
  function aim(button) {
    const [, table, row, cell, ...text] = button.value.split(":");
    // Rows may have moved since the rules were asked: a remark is about the row that it stands in.
    const line = table ? sheet.rowOf(button) ?? sheet.rows(table)[row] : null;
    const field = line ? sheet.cellOf(line, cell) : editor.elements.namedItem(`cell.${cell}`);
    return [field, text.join(":")];
  }

  function correct(buttons) {
    sheet.commit();
    const done = new Set();
    for (const button of buttons) {
      const [field, text] = aim(button);
      if (!field || done.has(field) || heard.get(field) !== field.value) continue;
      sheet.set(field, text);
      done.add(field);
    }
    if (!done.size) return sheet.say(editor.dataset.changed);
    const [last] = [...done].slice(-1);
    last?.focus();
    sheet.commit(last);
    sheet.say(editor.dataset.corrected.replace("{n}", done.size));
    for (const button of buttons) button.closest(".note").remove();
  }

  editor.addEventListener("click", (event) => {
    const button = event.target.closest("button.fix, button.safe");
    if (!button) return;
    event.preventDefault();
    correct(button.classList.contains("fix") ? [button] : [...editor.querySelectorAll(".fix[data-safe]")]);
  });

  // Ctrl+. goes from a cell to what is said of its row; there arrows go from one to the next, Esc goes back.
  const waysOf = (row) => [...row.querySelectorAll(".beside :is(a, button, summary)")].filter((way) => way.offsetParent);
  editor.addEventListener("keydown", (event) => {
    const row = sheet.rowOf(event.target);
    if (!row) return;
    const ways = waysOf(row);
    if (event.key === "." && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      (ways.find((way) => way.classList.contains("fix")) ?? ways[0])?.focus();
    } else if (ways.includes(event.target)) {
      const next = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      if (next) ways[ways.indexOf(event.target) + next]?.focus();
      else if (event.key === "Escape") sheet.go(row, 2);
      else return;
      event.preventDefault();
    }
  });

  // --- sums as one writes -------------------------------------------------------------------------------
  const number = (text) => {
    const clean = (text ?? "").replace(/[,，\s]/g, "").replace(/(?:万?元|分|%|％)$/, "");
    return /^-?\d+(?:\.\d+)?$/.test(clean) ? Number(clean) : null;
  };
  const exact = (value) => Math.round(value * 1e6) / 1e6;
  const valueOf = (name) => number(editor.elements.namedItem(`cell.funds.${name}`)?.value);

  function pointsOf(table) {
    const points = [...table.tBodies[0].rows].map((row) => number(sheet.cellOf(row, "weight").value));
    return points.some((one) => one !== null) ? exact(points.reduce((sum, one) => sum + (one ?? 0), 0)) : null;
  }

  function moneyOf(place) {
    const { total, parts, agrees, differs } = place.dataset;
    const stated = valueOf(total);
    const known = parts.split(" ").map(valueOf).filter((one) => one !== null);
    if (stated === null || !known.length) return "";
    const sum = exact(known.reduce((one, other) => one + other, 0));
    const written = (value) => value.toLocaleString("en-US", { minimumFractionDigits: 2, maximumFractionDigits: 6 });
    place.classList.toggle("soon", sum !== stated);
    return (sum === stated ? agrees : differs).replace("{sum}", written(sum)).replace("{by}", written(exact(sum - stated)));
  }

  // A page is laid out anew for each text that is put, the same one too.
  const show = (place, text) => { if (place.textContent !== text) place.textContent = text; };

  function reckon() {
    for (const table of editor.querySelectorAll("table.rows")) {
      const sum = pointsOf(table);
      table.tFoot.hidden = sum === null;
      show(table.tFoot.querySelector("output"), String(sum ?? ""));
    }
    for (const place of editor.querySelectorAll("[data-parts]")) show(place, moneyOf(place));
    // What last year and others promised is for the name that stands in the row.
    for (const note of editor.querySelectorAll("table.rows .usual"))
      note.hidden = sheet.cellOf(note.closest("tr"), "level3").value.trim() !== note.dataset.name.trim();
    for (const cell of editor.querySelectorAll("td.text > textarea")) {
      const count = String(cell.value.replace(/\s/g, "").length);
      if (cell.parentElement.dataset.count !== count) cell.parentElement.dataset.count = count;
    }
  }

  // --- nothing typed is lost: kept on this machine until it is saved -----------------------------
  const drawer = `kaoji.draft.${editor.dataset.draft}`;
  const kept = document.getElementById("kept");
  const restore = document.getElementById("restore");
  const clock = (time) => new Date(time).toLocaleTimeString([], { hour: "2-digit", minute: "2-digit", hour12: false });
  const dirty = "dirty" in editor.dataset;
  const shown = JSON.stringify(sheet.state());
  const revisions = ["base", "seen"].map((name) => editor.elements.namedItem(name));
  let typed = dirty;
  let found = null;

  function keep(sent) {
    const values = sheet.state();
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
      sheet.put(values);
      sheet.commit();
    });
  }

  // --- who saves and goes on writing comes back to where they were ------------------------------------
  const place = `${drawer}.at`;
  let last = null;
  editor.addEventListener("focusin", (event) => { if (event.target.matches("textarea, select")) last = event.target; });

  function leave() {
    if (!last?.isConnected) return;
    // Blank rows are not saved: the place is told by the written rows above.
    const row = last.closest("table.rows tbody tr");
    const above = row ? [...row.parentElement.children].slice(0, row.sectionRowIndex) : [];
    const at = above.filter((one) => [...one.querySelectorAll("textarea")].some((cell) => cell.value.trim())).length;
    sessionStorage.setItem(place, JSON.stringify({ name: last.name, at, top: last.getBoundingClientRect().top }));
  }

  function comeBack() {
    const left = sessionStorage.getItem(place);
    sessionStorage.removeItem(place);
    if (!left) return;
    const { name, at, top } = JSON.parse(left);
    const control = editor.querySelectorAll(`[name="${name}"]`)[at];
    if (!control) return;
    control.focus({ preventScroll: true });
    scrollBy(0, control.getBoundingClientRect().top - top);
    // What is said at the head of the page is out of sight here.
    kept.textContent = document.querySelector(".messages li")?.textContent ?? "";
  }

  // --- when what happens ------------------------------------------------------------------------------
  let waiting = 0, reckoning = 0;
  editor.addEventListener("input", () => {
    clearTimeout(waiting);
    clearTimeout(reckoning);
    waiting = setTimeout(keep, 400);
    reckoning = setTimeout(reckon, 100);
  });
  editor.addEventListener("submit", (event) => {
    clearTimeout(waiting);
    keep(true);
    typed = false;
    if (event.submitter?.name === "stay") leave();
  });
  addEventListener("keydown", (event) => {
    if (!(event.ctrlKey || event.metaKey) || event.altKey || event.key.toLowerCase() !== "s") return;
    event.preventDefault();
    editor.requestSubmit(document.getElementById("stay"));
  });
  addEventListener("pagehide", () => { if (typed) keep(); });
  addEventListener("beforeunload", (event) => { if (typed) event.preventDefault(); });
  // Who writes in a cell is not told of it before it is left; that the page is open is told all the same.
  setInterval(() => { if (!sheet.isTyping()) editor.dispatchEvent(new Event("left")); }, 30000);
  said.addEventListener("htmx:beforeRequest", () => { [asked, heard] = [sheet.version(), standing()]; });
  said.addEventListener("htmx:afterSwap", spread);
  document.body.classList.add("scripted");
  reckon();
  spread();
  offer();
  comeBack();
})();
