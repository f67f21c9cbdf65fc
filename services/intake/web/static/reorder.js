// Alt with an arrow moves the row that has the focus. Without this script the buttons do the same.
"use strict";
document.querySelectorAll("[data-reorder] [data-row]").forEach((row) => {
  row.addEventListener("keydown", (event) => {
    const step = { ArrowUp: "up", ArrowDown: "down" }[event.key];
    if (!event.altKey || !step) return;
    const button = row.querySelector(`[data-step="${step}"]:not([disabled])`);
    if (button) {
      event.preventDefault();
      button.click();
    }
  });
});
