// What stands on the clipboard: rows of cells from Excel, WPS or Word, and which column is which.
"use strict";
globalThis.kaoji = globalThis.kaoji || {};
kaoji.clipboard = (() => {
  // --- reading: a table of HTML knows merged cells and breaks within cells, a plain text knows tabs ------
  const BREAK = "\uE000";
  const MOST_COLUMNS = 60;

  function textOf(cell) {
    const copy = cell.cloneNode(true);
    for (const hidden of copy.querySelectorAll("style, script")) hidden.remove();
    for (const end of copy.querySelectorAll("br")) end.replaceWith(BREAK);
    for (const block of copy.querySelectorAll("p, div, li")) block.append(BREAK);
    return copy.textContent
      .replace(/\s+/g, " ")
      .replace(/([\u4e00-\u9fff]) (?=[\u4e00-\u9fff])/g, "$1") // Word breaks the lines of its source anywhere
      .split(BREAK).map((line) => line.trim()).filter(Boolean).join("\n");
  }

  function fromTable(html) {
    const table = html && new DOMParser().parseFromString(html, "text/html").querySelector("table");
    if (!table) return null;
    const rows = [...table.rows].map(() => []);
    [...table.rows].forEach((line, top) => {
      let left = 0;
      for (const cell of line.cells) {
        while (rows[top][left] !== undefined) left += 1;
        const bottom = Math.min(rows.length, top + cell.rowSpan);
        const right = Math.min(MOST_COLUMNS, left + cell.colSpan);
        for (let r = top; r < bottom; r += 1)
          for (let c = left; c < right; c += 1) rows[r][c] = r === top && c === left ? textOf(cell) : "";
      }
    });
    return rows.map((row) => Array.from(row, (cell) => cell ?? ""));
  }

  const QUOTED = /"(?:[^"]|"")*"(?=[\t\n]|$)/y;

  function fromText(text) {
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

  // The rows of a block of cells; null for what is just a text.
  function read(data) {
    const table = fromTable(data.getData("text/html"));
    if (table && (table.length > 1 || table[0].length > 1)) return table;
    const text = data.getData("text/plain").replace(/\r/g, "");
    // A spreadsheet ends its block with a line end; a text of several lines is just a text.
    return /\t/.test(text) || /\n[^\n]*\n$/.test(text) ? fromText(text) : null;
  }

  // --- understanding: which column is which, by its heading, else by what most of its cells are ----------
  const HEADINGS = {
    序号: "number", 行: "number", 一级指标: "level1", 二级指标: "level2",
    三级指标: "level3", 指标名称: "level3", 绩效指标: "level3",
    指标目标值: "value", 指标值: "value", 目标值: "value", 年度指标值: "value", 年度目标值: "value",
    指标性质: "sign", 运算符号: "sign", 计算符号: "sign", 比较符: "sign", 符号: "sign",
    单位: "unit", 计量单位: "unit", 度量单位: "unit", 指标单位: "unit",
    权重: "weight", 分值: "weight", 指标权重: "weight", 分值权重: "weight",
  };
  const SIGNS = {
    "≥": "≥", "≧": "≥", ">=": "≥", 大于等于: "≥", 不低于: "≥", 不少于: "≥",
    "≤": "≤", "≦": "≤", "<=": "≤", 小于等于: "≤", 不高于: "≤", 不超过: "≤",
    "=": "=", "＝": "=", 等于: "=", ">": ">", "＞": ">", 大于: ">", "<": "<", "＜": "<", 小于: "<", 定性: "",
  };
  const SIGNED = /^(?:[≥≧≤≦=＝<＜>＞]|不低于|不少于|不高于|不超过|大于|小于)/;
  const NUMBER = /^-?[\d,]+(?:\.\d+)?$/;
  const POINTS = /^\d{1,3}(?:\.\d+)?\s*[分%％]?$/;
  const COUNTED = /^(?:[（(]?[\d一二三四五六七八九十]{1,3}[）)、.．](?!\d)|[①-⑳]|指标\s*\d{1,2}\s*[：:、.．])\s*/;
  const SUM = /^(?:合计|总计|小计)/;

  const bare = (text) => text.replace(/\s/g, "").replace(/[（(].*[）)]$/, "");

  // A class as the form calls it: without its number, its points, with its 指标.
  function label(text, known) {
    const short = bare(text).replace(COUNTED, "");
    return [short, `${short}指标`].find((name) => known.has(name)) ?? "";
  }

  const filled = (rows, at) => rows.map((cells) => cells[at] ?? "").filter(Boolean);
  function most(rows, at, test) {
    const there = filled(rows, at);
    return there.length > 0 && there.filter(test).length * 2 > there.length;
  }

  function byContent(rows, known, start) {
    const width = Math.max(...rows.map((cells) => cells.length));
    const columns = [];
    const next = () => columns.length;
    if (width > 2 && rows.length > 1 && rows.every((cells) => /^\d+$/.test(cells[0]))) columns.push("number");
    if (most(rows, next(), (cell) => label(cell, known.level1))) columns.push("level1");
    if (most(rows, next(), (cell) => label(cell, known.level2))) columns.push("level2");
    const rest = ["level3", "target_raw", "weight"].slice(columns.length ? 0 : Math.max(start, 1) - 1);
    while (next() < width) {
      const at = next();
      const signs = rest.includes("target_raw") && most(rows, at, (cell) => cell in SIGNS);
      if (signs) {
        rest.splice(0, rest.indexOf("target_raw") + 1);
        columns.push("sign", "value");
        if (most(rows, at + 2, (cell) => cell.length <= 8 && !NUMBER.test(cell))) columns.push("unit");
      } else if (rest[0] === "weight" && filled(rows, at).length && !most(rows, at, (cell) => POINTS.test(cell)))
        columns.push(undefined); // a remark is no points
      else columns.push(rest.shift());
    }
    return columns.slice(0, width);
  }

  // The rows of the form that a block stands for, and what of it has no place there.
  function understand(block, known, start, columnName) {
    const rows = block.filter((cells) => cells.some(Boolean));
    const headings = (rows[0] ?? []).map((cell) => HEADINGS[bare(cell)]);
    const headed = headings.filter(Boolean).length > 1 ? rows.shift() : null;
    if (headed) once(headings, headed);
    const sums = rows.filter((cells) => SUM.test(bare(cells.find(Boolean))));
    const kept = rows.filter((cells) => !sums.includes(cells));
    if (!kept.length) return { rows: [], skipped: [] };
    const columns = headed ? headings : byContent(kept, known, start);
    const width = Math.max(...kept.map((cells) => cells.length));
    const skipped = sums.map((cells) => cells.find(Boolean));
    for (let at = 0; at < width; at += 1)
      if (!columns[at] && filled(kept, at).length) skipped.push(headed?.[at] || columnName(at + 1, filled(kept, at)[0]));
    const at = (name) => columns.indexOf(name);
    const counted = at("level3") >= 0 && most(kept, at("level3"), (cell) => COUNTED.test(cell));
    return { rows: kept.map((cells) => meaning(cells, at, known, counted)), skipped };
  }

  // Each meaning once: of several columns of targets the year's, else the first; the others are named as left out.
  function once(headings, headed) {
    for (const name of new Set(headings.filter(Boolean))) {
      const places = [...headings.keys()].filter((at) => headings[at] === name);
      const kept = places.find((at) => bare(headed[at]).startsWith("年度")) ?? places[0];
      for (const at of places) if (at !== kept) headings[at] = undefined;
    }
  }

  function meaning(cells, at, known, counted) {
    const get = (name) => (at(name) >= 0 ? cells[at(name)] ?? "" : undefined);
    const got = {};
    for (const name of ["level1", "level2"])
      if (get(name) !== undefined) got[name] = label(get(name), known[name]) || get(name).replace(/\s/g, "");
    if (get("level3") !== undefined) got.level3 = counted ? get("level3").replace(COUNTED, "") : get("level3");
    const value = get("target_raw") ?? get("value");
    if (value !== undefined) {
      const sign = SIGNED.test(value) ? "" : SIGNS[get("sign")] ?? get("sign") ?? "";
      const unit = get("unit") ?? "";
      got.target_raw = value && unit && value.endsWith(unit) ? `${sign}${value}` : `${sign}${value}${value && unit}`;
    }
    if (get("weight") !== undefined) got.weight = get("weight");
    return got;
  }

  // --- writing: a text for everyone, a table with its merges for Excel, WPS and Word -----------------------
  const quote = (text) => (/[\t\n"]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
  const escaped = (text) =>
    text.replace(/[&<>]/g, (sign) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;" })[sign]).replaceAll("\n", "<br>");

  // *merged* tells how many columns from the left are merged downwards where they say the same.
  function write(data, rows, merged) {
    const same = (r, c) => r >= 0 && rows[r].slice(0, c + 1).every((cell, at) => cell && cell === rows[r + 1][at]);
    const html = rows.map((row, r) => {
      const cells = row.map((text, c) => {
        if (c >= merged) return `<td>${escaped(text)}</td>`;
        if (same(r - 1, c)) return "";
        let span = 1;
        while (r + span < rows.length && same(r + span - 1, c)) span += 1;
        return `<td rowspan="${span}">${escaped(text)}</td>`;
      });
      return `<tr>${cells.join("")}</tr>`;
    });
    data.setData("text/plain", rows.map((row) => row.map(quote).join("\t")).join("\r\n") + (rows.length > 1 ? "\r\n" : ""));
    data.setData("text/html", `<table>${html.join("")}</table>`);
  }

  return { read, understand, write };
})();
