// Shows the button that prints; without this script the browser's own menu does it.
"use strict";
document.querySelectorAll("[data-prints]").forEach((button) => {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
});
