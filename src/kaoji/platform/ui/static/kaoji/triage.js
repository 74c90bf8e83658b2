// A list by keyboard: j and k go down and up, x chooses, Enter opens.
"use strict";
document.addEventListener("keydown", (event) => {
  const typing = event.target.closest("input:not([type=checkbox]), textarea, select");
  if (typing || event.altKey || event.ctrlKey || event.metaKey) return;
  const links = [...document.querySelectorAll("table.triage th[scope=row] a")];
  if (!links.length) return;
  const row = document.activeElement.closest("table.triage tbody tr");
  const at = row ? links.findIndex((link) => row.contains(link)) : -1;
  if (event.key === "j") links[Math.min(at + 1, links.length - 1)].focus();
  else if (event.key === "k") links[Math.max(at - 1, 0)].focus();
  else if (event.key === "x" && row) row.querySelector("input[type=checkbox]")?.click();
  else return;
  event.preventDefault();
});
document.addEventListener("change", (event) => {
  if (event.target.id !== "choose-all") return;
  for (const box of document.querySelectorAll("table.triage tbody input[type=checkbox]"))
    box.checked = event.target.checked;
});
