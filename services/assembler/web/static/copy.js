// Copies what is to be typed in Word; without this script the text can be selected by hand.
(() => {
  const SHOWN_MS = 2000;

  function select(code) {
    const range = document.createRange();
    range.selectNodeContents(code);
    const selection = window.getSelection();
    selection.removeAllRanges();
    selection.addRange(range);
  }

  // The clipboard is only there on a secure address; an office may use a plain one.
  async function copy(code) {
    if (navigator.clipboard && window.isSecureContext) {
      await navigator.clipboard.writeText(code.textContent);
      return true;
    }
    select(code);
    return document.execCommand("copy");
  }

  for (const button of document.querySelectorAll("button[data-copy]")) {
    const code = document.getElementById(button.dataset.copy);
    const label = button.querySelector(".copy-label");
    const before = label.textContent;
    button.hidden = false;
    button.addEventListener("click", async () => {
      let isCopied = false;
      try {
        isCopied = await copy(code);
      } catch {
        select(code);
      }
      label.textContent = isCopied ? "Đã chép" : "Nhấn Ctrl+C";
      window.setTimeout(() => { label.textContent = before; }, SHOWN_MS);
    });
  }
})();
