// Adds, moves and removes rows without a trip to the server. Without it the same buttons submit.
"use strict";
(() => {
  const list = document.querySelector("[data-rows]");
  const form = document.querySelector("[data-part-form]");
  if (!list || !form) return;
  const part = form.dataset.rowsPart;
  const template = document.getElementById("template-row");
  const bar = document.querySelector("[data-removed]");
  const remembered = form.querySelector('[name="removed"]');
  const numbered = new RegExp(`^((?:[feh]-)?${part}-)(?:\\d+|__i__)`);
  let taken = null;

  const rows = () => [...list.querySelectorAll(":scope > [data-row]")];
  const renumber = () => {
    rows().forEach((row, place) => {
      row.querySelectorAll("[name], [id], [for], [aria-describedby]").forEach((node) => {
        for (const name of ["name", "id", "for"]) {
          const value = node.getAttribute(name);
          if (value) node.setAttribute(name, value.replace(numbered, `$1${place}`));
        }
        const described = node.getAttribute("aria-describedby");
        if (described) {
          const ids = described.split(" ").map((id) => id.replace(numbered, `$1${place}`));
          node.setAttribute("aria-describedby", ids.join(" "));
        }
      });
      row.querySelectorAll('[name="action"]').forEach((button) => {
        button.value = button.value.replace(/-(?:\d+|__i__)$/, `-${place}`);
      });
    });
  };
  const changed = () => {
    renumber();
    form.dispatchEvent(new Event("input", { bubbles: true }));
  };
  const focusIn = (row) => row?.querySelector("input:not([type=hidden]), select, textarea")?.focus();

  const add = () => {
    list.insertAdjacentHTML("beforeend", template.innerHTML);
    const nothing = form.querySelector('[name="nothing"]');
    if (nothing) nothing.checked = false;
    changed();
    focusIn(rows().at(-1));
  };
  const move = (button) => {
    const row = button.closest("[data-row]");
    const other = button.dataset.moves === "up" ? row.previousElementSibling : row.nextElementSibling;
    if (!other) return;
    if (button.dataset.moves === "up") other.before(row);
    else other.after(row);
    changed();
    button.focus();
  };
  const remove = (button) => {
    const row = button.closest("[data-row]");
    taken = { row, place: rows().indexOf(row) };
    row.remove();
    remembered.value = "";
    bar.hidden = false;
    changed();
    bar.querySelector("[data-undo]").focus();
  };
  const takeBack = () => {
    const next = rows()[taken.place];
    if (next) next.before(taken.row);
    else list.append(taken.row);
    bar.hidden = true;
    changed();
    focusIn(taken.row);
    taken = null;
  };

  form.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (!button) return;
    if (button.matches("[data-adds]")) add();
    else if (button.matches("[data-moves]")) move(button);
    else if (button.matches("[data-removes]")) remove(button);
    else if (button.matches("[data-undo]") && taken) takeBack();
    else return;
    event.preventDefault();
  });
})();
