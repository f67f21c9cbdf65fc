// Adds rows without a trip to the server. Without this script the same buttons submit the form.
"use strict";
document.querySelectorAll("[data-adds]").forEach((button) => {
  button.addEventListener("click", (event) => {
    const name = button.dataset.adds;
    const rows = document.querySelector(`[data-rows="${name}"]`);
    const template = document.getElementById(`template-${name}`);
    const taken = [...document.querySelectorAll(`[name^="${name}-"]`)]
      .map((field) => Number.parseInt(field.name.split("-")[1], 10))
      .filter(Number.isFinite);
    const next = taken.length ? Math.max(...taken) + 1 : 0;
    event.preventDefault();
    rows.insertAdjacentHTML("beforeend", template.innerHTML.replaceAll("__i__", String(next)));
    rows.lastElementChild.querySelector("input, select, textarea").focus();
  });
});
