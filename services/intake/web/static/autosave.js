// Saves a part while it is being typed. Without this script the buttons of the page save.
//
// One save is under way at a time. A save that was not answered is repeated word for word under
// the same Idempotency-Key: whether it had arrived or not, it is carried out once.
"use strict";
(() => {
  const form = document.querySelector("[data-autosave]");
  if (!form) return;
  const QUIET_MS = 1200;
  const FIRST_RETRY_MS = 1000;
  const LAST_RETRY_MS = 30000;
  const PATIENCE_MS = 20000;
  const NOT_TYPED = new Set(["csrf_token", "version", "editor", "action", "removed"]);
  const { account, period, part } = form.dataset;
  const storage = `thidua:typed:${account}:${period}:${part}`;
  const state = document.querySelector("[data-save-state]");
  const help = document.querySelector("[data-save-help]");
  const version = form.querySelector('[name="version"]');

  let timer = 0;
  let sending = null; // the save that has not been answered yet
  let wait = FIRST_RETRY_MS;
  let stopped = false; // the server will take nothing more from this page
  let submitting = false;
  let heldBack = false; // until it is known whether older text is to be restored

  const pairs = () => [...new FormData(form)].filter(([name]) => !NOT_TYPED.has(name));
  const typed = () => JSON.stringify(pairs());
  let saved = form.hasAttribute("data-unsaved") ? null : typed();
  const isDirty = () => typed() !== saved;

  const say = (text, tone = "") => {
    if (state.textContent !== text) state.textContent = text;
    state.dataset.tone = tone;
  };
  const advise = (...nodes) => {
    help.replaceChildren(...nodes);
    help.hidden = nodes.length === 0;
  };
  const link = (text, address) => {
    const made = document.createElement("a");
    made.href = address;
    made.textContent = text;
    made.className = "alert-link";
    return made;
  };
  const button = (text, action) => {
    const made = document.createElement("button");
    made.type = "button";
    made.className = "btn btn-outline-primary btn-sm me-2";
    made.textContent = text;
    made.addEventListener("click", action);
    return made;
  };

  // ------------------------------------------------------------ what this tab remembers
  const remember = () => {
    try {
      const now = new Date().toISOString();
      sessionStorage.setItem(storage, JSON.stringify({ at: now, pairs: pairs() }));
    } catch {
      // A full or forbidden storage: the page itself still warns before it is left.
    }
  };
  const forget = () => {
    try {
      sessionStorage.removeItem(storage);
    } catch {
      // As above.
    }
  };
  const remembered = () => {
    try {
      return JSON.parse(sessionStorage.getItem(storage) || "null");
    } catch {
      return null;
    }
  };

  // ------------------------------------------------------------ errors beside their fields
  const showErrors = (errors) => {
    form.querySelectorAll("[data-auto-error]").forEach((node) => node.remove());
    form.querySelectorAll("[data-auto-invalid]").forEach((field) => {
      field.classList.remove("is-invalid");
      field.removeAttribute("aria-invalid");
      field.removeAttribute("data-auto-invalid");
    });
    for (const [name, detail] of Object.entries(errors)) {
      const field = form.querySelector(`[id="f-${CSS.escape(name)}"]`);
      if (!field || field === document.activeElement) continue;
      const told = document.getElementById(`e-${name}`);
      if (told) {
        told.textContent = detail;
        continue;
      }
      field.classList.add("is-invalid");
      field.setAttribute("aria-invalid", "true");
      field.setAttribute("data-auto-invalid", "");
      const note = document.createElement("div");
      note.className = "invalid-feedback d-block";
      note.setAttribute("data-auto-error", "");
      note.textContent = detail;
      field.after(note);
    }
  };

  // ------------------------------------------------------------ one save after the other
  const later = (delay) => {
    clearTimeout(timer);
    timer = setTimeout(send, delay);
  };
  const snapshot = () => {
    const body = new URLSearchParams();
    for (const [name, value] of new FormData(form)) {
      if (typeof value === "string") body.append(name, value);
    }
    return { body: body.toString(), typed: typed(), key: crypto.randomUUID() };
  };
  const post = async (save, keepalive) => {
    const patience = new AbortController();
    const limit = setTimeout(() => patience.abort(), PATIENCE_MS);
    try {
      return await fetch(form.dataset.autosave, {
        method: "POST",
        body: save.body,
        keepalive,
        signal: patience.signal,
        credentials: "same-origin",
        headers: {
          Accept: "application/json",
          "Content-Type": "application/x-www-form-urlencoded",
          "Idempotency-Key": save.key,
        },
      });
    } finally {
      clearTimeout(limit);
    }
  };
  const answerOf = async (response) => {
    try {
      return await response.json();
    } catch {
      return null;
    }
  };

  async function send(keepalive = false) {
    clearTimeout(timer);
    if (stopped || submitting || heldBack || sending?.isUnderWay) return;
    if (!sending && !isDirty()) return;
    sending = sending || snapshot();
    sending.isUnderWay = true;
    say("Đang lưu…");
    let response;
    let answer;
    try {
      response = await post(sending, keepalive === true && sending.body.length < 60000);
      answer = await answerOf(response);
    } catch {
      response = null;
    }
    sending.isUnderWay = false;
    const isLost = !response || response.status >= 500 || response.status === 429 || !answer;
    if (isLost) retry();
    else settle(response, answer);
  }

  function retry() {
    say("Mất mạng, đang thử lại", "warning");
    remember();
    later(wait);
    wait = Math.min(wait * 2, LAST_RETRY_MS);
  }

  function settle(response, answer) {
    const save = sending;
    sending = null;
    wait = FIRST_RETRY_MS;
    if (response.ok) return arrived(save, answer);
    if (response.status === 401 || response.status === 403) return signedOut();
    if (answer.state === "set_aside") return setAside(save, answer);
    if (answer.state === "faulty") return faulty(save, answer);
    return refused(answer);
  }

  function arrived(save, answer) {
    saved = save.typed;
    version.value = answer.version;
    showErrors({});
    advise();
    if (isDirty()) {
      say("Chưa lưu");
      return later(QUIET_MS);
    }
    forget();
    say(`Đã lưu lúc ${answer.at}`, "success");
  }

  function faulty(save, answer) {
    const count = Object.keys(answer.errors).length;
    saved = save.typed; // kept on the server as it was typed: nothing is lost by leaving
    showErrors(answer.errors);
    forget();
    say(`Chưa lưu vào báo cáo: có ${count} chỗ cần sửa`, "danger");
    if (isDirty()) later(QUIET_MS);
  }

  function setAside(save, answer) {
    saved = save.typed; // it lies beside the report; typing on changes it there
    forget();
    say("Chưa lưu vào báo cáo: có hai bản", "danger");
    const told = `${answer.by} đã lưu phần này lúc ${answer.at}. Bản của bạn được để riêng. `;
    advise(document.createTextNode(told), link("So sánh và chọn", answer.place));
    if (isDirty()) later(QUIET_MS);
  }

  function refused(answer) {
    stopped = true;
    remember();
    say("Chưa lưu", "danger");
    advise(document.createTextNode(`${answer.detail} Những gì bạn nhập vẫn còn trên trang này.`));
  }

  function signedOut() {
    stopped = true;
    remember();
    say("Chưa lưu: phiên làm việc đã kết thúc", "danger");
    const told = "Những gì bạn nhập được giữ trong thẻ trình duyệt này. ";
    advise(document.createTextNode(told), link("Đăng nhập lại để nhập tiếp", location.pathname));
  }

  // ------------------------------------------------------------ restoring after signing in
  const restore = (kept) => {
    const byName = new Map(kept);
    const rows = document.querySelector("[data-rows]");
    const adds = form.querySelector("[data-adds]");
    if (rows && adds) {
      const numbers = kept
        .map(([name]) => name.match(new RegExp(`^${part}-(\\d+)`)))
        .filter(Boolean)
        .map((match) => Number(match[1]));
      const wanted = numbers.length ? Math.max(...numbers) + 1 : 0;
      while (rows.children.length < wanted) adds.click();
      while (rows.children.length > wanted) rows.lastElementChild.remove();
    }
    for (const field of form.elements) {
      if (!field.name || NOT_TYPED.has(field.name) || field.type === "hidden") continue;
      if (field.type === "checkbox") field.checked = byName.get(field.name) === field.value;
      else if (byName.has(field.name)) field.value = byName.get(field.name);
    }
  };
  const offer = () => {
    const kept = remembered();
    if (!kept || JSON.stringify(kept.pairs) === typed()) return forget();
    heldBack = true;
    const at = new Date(kept.at).toLocaleTimeString("vi-VN", { hour: "2-digit", minute: "2-digit" });
    const text = document.createElement("p");
    text.className = "mb-2";
    text.textContent = `Có nội dung bạn nhập lúc ${at} nhưng chưa lưu được. Khôi phục vào biểu mẫu?`;
    const decide = (isWanted) => () => {
      heldBack = false;
      if (isWanted) restore(kept.pairs);
      else forget();
      advise();
      if (isDirty()) typing();
    };
    advise(text, button("Khôi phục", decide(true)), button("Không, bỏ đi", decide(false)));
  };

  // ------------------------------------------------------------ what the writer does
  function typing() {
    if (stopped) return remember();
    if (!isDirty() && !sending) return;
    if (!sending) say("Chưa lưu");
    remember();
    if (!sending) later(QUIET_MS);
  }
  form.addEventListener("input", typing);
  form.addEventListener("change", typing);
  form.addEventListener("submit", () => {
    submitting = true; // the page saves by itself now; what is typed goes with it
    clearTimeout(timer);
  });
  addEventListener("online", () => {
    if (sending && !sending.isUnderWay) send();
  });
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden" && isDirty()) send(true);
  });
  addEventListener("beforeunload", (event) => {
    if (submitting || (!isDirty() && !sending)) return;
    remember();
    event.preventDefault();
  });
  addEventListener("pageshow", (event) => {
    if (event.persisted) submitting = false;
  });

  offer();
  if (form.hasAttribute("data-unsaved")) typing();
})();
