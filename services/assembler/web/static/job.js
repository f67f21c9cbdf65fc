// Follows a job by its own row; without this script the page reloads itself.
(() => {
  const card = document.getElementById("job");
  if (!card) return;
  const text = document.getElementById("job-step");
  const bar = card.querySelector(".progress");
  const fill = bar.querySelector("rect");
  const PAUSE_MS = 1000;
  const LONGEST_PAUSE_MS = 10000;
  let pause = PAUSE_MS;

  function show(job) {
    if (job.state === "done" || job.state === "failed") {
      window.location.reload();
      return false;
    }
    bar.setAttribute("aria-valuenow", String(job.progress));
    fill.setAttribute("width", String(job.progress));
    // A job of many items keeps its step while it waits for its next turn.
    if (job.step && (job.state === "running" || !job.reason)) {
      const said = `${job.step}…`;
      if (text.textContent !== said) text.textContent = said;
      mark(job.step);
    }
    return true;
  }

  // The items of a batch that are on this page, as often as one more has ended.
  const ITEM_STATES = {
    queued: ["secondary", "Chờ"],
    done: ["success", "Xong"],
    failed: ["danger", "Lỗi"],
  };
  let ended = -1;

  async function showItems(job) {
    if (!card.dataset.items || job.done + job.failed === ended) return;
    ended = job.done + job.failed;
    const answer = await fetch(card.dataset.items, { headers: { Accept: "application/json" } });
    if (!answer.ok) return;
    for (const item of (await answer.json()).items) {
      const place = document.querySelector(`[data-item="${item.position}"] .item-state`);
      const [tone, said] = ITEM_STATES[item.state];
      if (!place || place.textContent.trim() === said) continue;
      const badge = document.createElement("span");
      badge.className = `badge text-bg-${tone}`;
      badge.textContent = said;
      place.replaceChildren(badge);
    }
  }

  function mark(step) {
    let isBefore = true;
    for (const line of document.querySelectorAll("[data-step]")) {
      const isNow = line.dataset.step === step;
      if (isNow) isBefore = false;
      line.classList.toggle("text-secondary", !isNow && !isBefore);
      line.toggleAttribute("aria-current", isNow);
      const badge = document.createElement("span");
      badge.className = `badge text-bg-${isNow ? "primary" : "success"}`;
      badge.textContent = isNow ? "Đang làm" : "Xong";
      line.querySelector(".step-mark").replaceChildren(...(isNow || isBefore ? [badge] : []));
      if (isNow) line.setAttribute("aria-current", "step");
    }
  }

  async function follow() {
    try {
      const answer = await fetch(card.dataset.job, { headers: { Accept: "application/json" } });
      if (answer.status === 401) {
        window.location.reload();
        return;
      }
      if (answer.ok) {
        pause = PAUSE_MS;
        const job = await answer.json();
        if (!show(job)) return;
        await showItems(job);
      } else {
        pause = Math.min(pause * 2, LONGEST_PAUSE_MS);
      }
    } catch {
      pause = Math.min(pause * 2, LONGEST_PAUSE_MS);
    }
    window.setTimeout(follow, pause);
  }

  window.setTimeout(follow, PAUSE_MS);
})();
