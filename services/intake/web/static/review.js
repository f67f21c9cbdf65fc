// Shortcuts of the review page: off until switched on, and silent while something is typed.
// They go somewhere or move the focus; they decide nothing.
"use strict";
(() => {
  const SWITCH = "thidua-shortcuts";
  const box = document.getElementById("shortcuts-on");
  if (!box) return;
  const remembered = () => {
    try { return localStorage.getItem(SWITCH) === "on"; } catch { return false; }
  };
  const remember = (isOn) => {
    try { localStorage.setItem(SWITCH, isOn ? "on" : "off"); } catch { /* private browsing: for this page only */ }
  };
  document.getElementById("shortcuts-switch").hidden = false;
  box.checked = remembered();
  box.addEventListener("change", () => remember(box.checked));

  const follow = (id) => document.getElementById(id)?.click();
  const focus = (id) => document.getElementById(id)?.focus();
  const nextComment = () => {
    const openers = [...document.querySelectorAll(".comment-opener")];
    const here = openers.indexOf(document.activeElement);
    openers[(here + 1) % openers.length]?.focus();
  };
  const keys = {
    j: () => follow("to-next"),
    k: () => follow("to-previous"),
    b: () => follow("to-board"),
    m: () => follow("marks-switch"),
    d: () => focus("do-accept"),
    t: () => focus("f-reason"),
    y: nextComment,
  };
  document.addEventListener("keydown", (event) => {
    if (!box.checked || event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return;
    if (event.target.closest("textarea, select, input:not([type=checkbox]), [contenteditable]")) return;
    const action = keys[event.key.toLowerCase()];
    if (action) {
      event.preventDefault();
      action();
    }
  });
})();
