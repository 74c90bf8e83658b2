// Names from the library under the cell in which an indicator's name is typed.
"use strict";
(() => {
  const editor = document.getElementById("editor");
  const address = editor.dataset.suggest;
  const list = document.createElement("ul");
  list.id = "suggested";
  list.className = "suggested";
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", editor.dataset.suggested);
  list.hidden = true;
  let cell = null;
  let waiting = 0;
  let asked = 0;

  const isName = (element) => element.name?.endsWith(".level3");
  const chosen = () => list.querySelector("[aria-selected=true]");

  function close() {
    clearTimeout(waiting);
    asked += 1;
    list.hidden = true;
    list.remove(); // a row that is copied should not bring it along
    cell?.removeAttribute("aria-activedescendant");
    cell?.removeAttribute("aria-controls");
  }

  function select(option) {
    chosen()?.setAttribute("aria-selected", "false");
    option?.setAttribute("aria-selected", "true");
    option?.scrollIntoView({ block: "nearest" });
    if (option) cell.setAttribute("aria-activedescendant", option.id);
    else cell.removeAttribute("aria-activedescendant");
  }

  function take(option) {
    cell.value = option.dataset.name;
    const row = cell.closest("tr");
    const classes = row.querySelector("select");
    // A row without a class takes the one that the name usually has.
    const usual = [...classes.options].find((item) => item.value.endsWith(`\t${option.dataset.level2}`));
    if (!classes.value && usual) classes.value = usual.value;
    const target = row.querySelector('[name$=".target_raw"]');
    close();
    cell.dispatchEvent(new Event("input", { bubbles: true }));
    kaoji.sheet.commit(cell);
    target.focus();
  }

  function show(found) {
    list.replaceChildren(
      ...found.map((item, at) => {
        const option = document.createElement("li");
        option.id = `suggested-${at}`;
        option.setAttribute("role", "option");
        option.setAttribute("aria-selected", "false");
        option.dataset.name = item.name;
        option.dataset.level2 = item.level2;
        option.textContent = item.name;
        const note = document.createElement("small");
        note.textContent = [item.level2, item.unit].filter(Boolean).join(" · ");
        option.append(" ", note);
        return option;
      }),
    );
    cell.after(list);
    list.hidden = found.length === 0;
    cell.setAttribute("aria-controls", list.id);
  }

  async function ask() {
    const mine = (asked += 1);
    const typed = cell.value.trim();
    if (typed.length < 2) return close();
    const level2 = cell.closest("tr").querySelector("select").value.split("\t")[1] ?? "";
    const query = new URLSearchParams({ q: typed, class: level2 });
    try {
      const answer = await fetch(`${address}?${query}`, { headers: { Accept: "application/json" } });
      const { suggestions } = await answer.json();
      if (mine === asked) show(suggestions.filter((item) => item.name !== typed).slice(0, 6));
    } catch {
      close(); // without the library one types on
    }
  }

  editor.addEventListener("input", (event) => {
    if (!event.isTrusted || !isName(event.target)) return;
    cell = event.target;
    cell.setAttribute("aria-autocomplete", "list");
    clearTimeout(waiting);
    waiting = setTimeout(ask, 250);
  });
  editor.addEventListener(
    "keydown",
    (event) => {
      if (list.hidden || event.target !== cell || event.isComposing) return;
      const here = chosen();
      if (event.key === "ArrowDown") select(here ? here.nextElementSibling ?? here : list.firstElementChild);
      else if (event.key === "ArrowUp") select(here?.previousElementSibling);
      else if (event.key === "Enter" && here) take(here);
      else if (event.key === "Escape") close();
      else {
        if (["Enter", "Tab"].includes(event.key)) close();
        return;
      }
      event.preventDefault();
      event.stopPropagation();
    },
    true,
  );
  list.addEventListener("mousedown", (event) => {
    const option = event.target.closest("[role=option]");
    if (!option) return;
    event.preventDefault();
    take(option);
  });
  editor.addEventListener("focusout", (event) => {
    if (event.target === cell) close();
  });
})();
