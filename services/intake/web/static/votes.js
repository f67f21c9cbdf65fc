// Moves by Enter, fills in what is left of the members, spreads a pasted block over the rows.
// Without this script the page works as it stands: the server does the same sums.
"use strict";
document.querySelectorAll("form[data-present]").forEach((form) => {
  const present = Number.parseInt(form.dataset.present, 10);
  const columns = ["in_favour", "against", "not_voting"];
  const fields = (column) => [...form.querySelectorAll(`[data-vote="${column}"]`)];
  const row = (field) => columns.map((column) => field.closest("tr").querySelector(`[data-vote="${column}"]`));
  const figure = (field) => (/^\d+$/.test(field.value.trim()) ? Number.parseInt(field.value, 10) : null);
  const check = (field) => {
    const cells = row(field);
    const figures = cells.map(figure);
    const typed = figures.filter((it) => it !== null);
    const sum = typed.reduce((whole, it) => whole + it, 0);
    const wrong = sum > present || (typed.length === 3 && sum !== present);
    cells.forEach((cell) => cell.classList.toggle("is-invalid", wrong));
  };
  form.addEventListener("change", (event) => {
    if (!event.target.dataset.vote) return;
    const [favour, against, none] = row(event.target);
    const left = present - (figure(favour) ?? 0) - (figure(none) ?? 0);
    if (event.target === favour && figure(favour) !== null && !against.value && left >= 0) {
      against.value = String(left);
      if (!none.value) none.value = "0";
    }
    check(event.target);
  });
  form.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || !event.target.dataset.vote) return;
    event.preventDefault();
    const column = fields(event.target.dataset.vote);
    const next = column[column.indexOf(event.target) + 1];
    if (next) { next.focus(); next.select(); }
  });
  form.addEventListener("paste", (event) => {
    if (!event.target.dataset.vote) return;
    const text = event.clipboardData.getData("text/plain").replace(/\r/g, "").replace(/\n$/, "");
    if (!/[\t\n]/.test(text)) return;
    event.preventDefault();
    const first = columns.indexOf(event.target.dataset.vote);
    const from = fields(event.target.dataset.vote).indexOf(event.target);
    text.split("\n").forEach((line, down) => {
      line.split("\t").forEach((cell, right) => {
        const column = columns[first + right];
        const field = column && fields(column)[from + down];
        if (field) { field.value = cell.trim(); check(field); }
      });
    });
  });
});
