// Says what the rules of the form find in figures while they are typed. The page works without it:
// the server says the same when the report is checked (domain/reconciling.py; a test compares them).
"use strict";
(() => {
  // Figures are whole numbers of millionths: exact, however long they are.
  const PLACES = 6;
  const ONE = 10n ** BigInt(PLACES);
  const PLAIN = /^-?[0-9]+(,[0-9]+)?$/;
  const GROUPED = /^-?[1-9][0-9]{0,2}([. ][0-9]{3})+(,[0-9]+)?$/;

  const abs = (it) => (it < 0n ? -it : it);

  // "8.78" as the server writes it; null for none.
  function exact(text) {
    if (text === null || text === undefined) return null;
    const [whole, decimals = ""] = text.replace("-", "").split(".");
    const found = BigInt(whole + decimals.padEnd(PLACES, "0"));
    return text.startsWith("-") ? -found : found;
  }

  // "12.000" or "8,78" as people type it; null for none, and for what the server will ask about.
  function typed(text) {
    const seen = text.replace(/[\u00a0\u202f]/g, " ").replace(/[\u2212\u2013]/g, "-").trim();
    if (!PLAIN.test(seen) && !GROUPED.test(seen)) return null;
    const [whole, decimals = ""] = seen.replace(/[. ]/g, "").split(",");
    const digits = whole.replace("-", "").replace(/^0+/, "");
    if (digits.length > 15 || decimals.length > PLACES) return null;
    return exact(decimals ? `${whole}.${decimals}` : whole);
  }

  function grouped(negative, whole, decimals) {
    const rest = decimals.replace(/0+$/, "");
    const dotted = String(whole).replace(/\B(?=(\d{3})+$)/g, ".");
    const sign = negative && (whole !== 0n || rest) ? "-" : "";
    return sign + dotted + (rest ? `,${rest}` : "");
  }

  function number(figure) {
    const size = abs(figure);
    return grouped(figure < 0n, size / ONE, String(size % ONE).padStart(PLACES, "0"));
  }

  // part / whole in hundredths, half up, at most so many decimals.
  function percent(part, whole, decimals) {
    const unit = 10n ** BigInt(decimals);
    const size = (2n * abs(part) * 100n * unit + whole) / (2n * whole);
    const rest = decimals ? String(size % unit).padStart(decimals, "0") : "";
    return `${grouped(part < 0n, size / unit, rest)}%`;
  }

  function withUnit(figure, unit) {
    return unit === "%" ? `${number(figure)}%` : `${number(figure)} ${unit}`.trim();
  }

  function read(row) {
    const fields = {};
    for (const name of ["plan", "actual", "reported_percent"]) fields[name] = typed(row[name] || "");
    return { ...row, ...fields, reason: (row.reason || "").trim() };
  }

  const sharesOf = (asked, row) => {
    const plan = asked.plan === null ? row.plan : exact(asked.plan);
    if (row.actual === null) return [];
    return [[plan, "kế hoạch"], [exact(asked.base), "tổng số"]]
      .filter(([whole]) => whole !== null && whole > 0n)
      .map(([whole, of]) => [percent(row.actual, whole, asked.decimals), of]);
  };

  const isComputable = (asked, row) => {
    const plan = asked.plan === null ? row.plan : exact(asked.plan);
    const whole = plan === null ? exact(asked.base) : plan;
    return row.actual !== null && whole !== null && whole > 0n;
  };

  const written = (addend, unit) =>
    (addend.atLeast ? "trên " : "") + withUnit(addend.actual, unit);

  function agrees(whole, parts) {
    const total = parts.reduce((sum, it) => sum + it.actual, 0n);
    const isOpenBelow = parts.some((it) => it.atLeast);
    if (whole.atLeast && isOpenBelow) return true;
    if (whole.atLeast) return total >= whole.actual;
    return isOpenBelow ? total <= whole.actual : total === whole.actual;
  }

  function* sumOfParts(asked, row, names, rows) {
    if (!asked.parts.length || row.actual === null) return;
    const parts = asked.parts.map((code) => {
      const part = rows.get(code);
      return { name: names.get(code), actual: part ? part.actual : null, atLeast: !!part?.at_least };
    });
    const missing = parts.filter((it) => it.actual === null).map((it) => it.name);
    if (missing.length) {
      yield ["hint", "parts", `Chưa có số của ${missing.join(", ")} nên chưa đối chiếu được tổng.`];
      return;
    }
    const whole = { actual: row.actual, atLeast: !!row.at_least };
    if (agrees(whole, parts)) return;
    const listed = parts.map((it) => `${it.name} ${written(it, "")}`).join(" + ");
    const total = withUnit(parts.reduce((sum, it) => sum + it.actual, 0n), asked.unit);
    const said = `khác số thực hiện ${written(whole, asked.unit)}.`;
    yield ["error", "parts", `Tổng các thành phần (${listed}) là ${total}, ${said}`];
  }

  function* withinBase(asked, row) {
    const base = exact(asked.base);
    if (!asked.within_base || base === null || row.actual === null || row.actual <= base) return;
    const actual = withUnit(row.actual, asked.unit);
    const said = `lớn hơn tổng số ${withUnit(base, asked.unit)}.`;
    yield ["error", "within_base", `Số thực hiện ${actual} ${said}`];
  }

  function* statedPercent(asked, row) {
    if (row.reported_percent === null || !isComputable(asked, row)) return;
    const shares = sharesOf(asked, row);
    const stated = `${number(row.reported_percent)}%`;
    if (shares.some(([text]) => text === stated)) return;
    const computed = shares.map(([text, of]) => `${text} ${of}`).join(" hoặc ");
    yield ["error", "percent", `Tỷ lệ đã ghi ${stated}, tính từ số liệu là ${computed}.`];
  }

  function* jump(asked, row) {
    const bound = exact(asked.jump_bound);
    const last = exact(asked.last);
    if (bound === null || row.actual === null || last === null || row.actual === last) return;
    const change = abs(row.actual - last);
    if (last !== 0n && change * 100n * ONE <= bound * abs(last)) return;
    const way = row.actual > last ? "tăng" : "giảm";
    const by = last === 0n ? "" : ` ${percent(change, abs(last), 2)}`;
    const actual = withUnit(row.actual, asked.unit);
    const before = withUnit(last, asked.unit);
    const said = row.reason ? "; đã nêu lý do." : "; hãy nêu lý do.";
    yield [
      row.reason ? "hint" : "reason",
      "jump",
      `Thực hiện ${actual}, ${way}${by} so với năm trước (${before}), quá mức ${number(bound)}%${said}`,
    ];
  }

  // rules: what the page carries; typedRows: [{code, plan, actual, …}] as they stand in the fields.
  function findings(rules, typedRows) {
    const asked = new Map(rules.indicators.map((it) => [it.code, it]));
    const names = new Map(rules.indicators.map((it) => [it.code, it.name]));
    const rows = new Map(typedRows.map((it) => [it.code, read(it)]));
    const found = [];
    for (const [code, row] of rows) {
      const rule = asked.get(code);
      if (!rule) continue;
      for (const [severity, kind, message] of [
        ...sumOfParts(rule, row, names, rows),
        ...withinBase(rule, row),
        ...statedPercent(rule, row),
        ...jump(rule, row),
      ]) {
        found.push({ severity, rule: kind, code, message });
      }
    }
    return found;
  }

  function shares(rules, typedRow) {
    const rule = rules.indicators.find((it) => it.code === typedRow.code);
    return rule ? sharesOf(rule, read(typedRow)).map(([text, of]) => `${text} ${of}`) : [];
  }

  function rowsIn(section) {
    return [...section.querySelectorAll('[name$="-code"]')].map((code) => {
      const prefix = code.name.slice(0, -"code".length);
      const row = { code: code.value };
      for (const name of ["plan", "actual", "reported_percent", "reason"]) {
        row[name] = section.querySelector(`[name="${prefix}${name}"]`)?.value || "";
      }
      row.at_least = !!section.querySelector(`[name="${prefix}at_least"]`)?.checked;
      return row;
    });
  }

  function say(section, rules) {
    const rows = rowsIn(section);
    const found = findings(rules, rows);
    for (const list of section.querySelectorAll("[data-findings]")) {
      const items = found.filter((it) => it.code === list.dataset.findings).map((it) => {
        const item = document.createElement("li");
        item.className = it.severity === "hint" ? "text-secondary" : "text-danger";
        item.textContent = it.message;
        return item;
      });
      // What did not change is left alone, or a screen reader would read it again at every key.
      const said = [...list.children].map((it) => it.textContent).join("\n");
      if (said !== items.map((it) => it.textContent).join("\n")) list.replaceChildren(...items);
    }
    for (const place of section.querySelectorAll("[data-shares]")) {
      const row = rows.find((it) => it.code === place.dataset.shares);
      const text = row ? shares(rules, row).join(", ") : "";
      place.hidden = !text;
      place.textContent = text && `Bằng ${text}`;
    }
  }

  for (const section of document.querySelectorAll("[data-figures]")) {
    const rules = JSON.parse(section.dataset.figures);
    section.addEventListener("input", () => say(section, rules));
    say(section, rules);
  }
  globalThis.thiduaFigures = { findings, shares };
})();
