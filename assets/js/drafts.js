// What was typed stays in this browser until the server has it: `form[data-draft]`.
// Passwords, one-time codes, files and hidden fields are never kept.
(() => {
  "use strict";
  const PREFIX = "motcua-draft:";
  const DAYS_30 = 30 * 24 * 3600 * 1000;

  const store = (work) => {
    try {
      return work(localStorage);
    } catch {
      return null; // storage is full or forbidden: the page works without it
    }
  };
  const keepable = (field) =>
    field.name &&
    !field.name.startsWith("_") &&
    !["password", "hidden", "file", "submit", "button"].includes(field.type) &&
    field.autocomplete !== "one-time-code" &&
    !field.closest("[data-secret]");
  const ticks = (field) => field.type === "checkbox" || field.type === "radio";

  const collect = (form) => {
    const values = {};
    for (const field of form.elements) {
      if (!keepable(field)) continue;
      if (!ticks(field)) (values[field.name] ||= []).push(field.value);
      else {
        values[field.name] ||= [];
        if (field.checked) values[field.name].push(field.value);
      }
    }
    return values;
  };
  const same = (a, b) => JSON.stringify(a) === JSON.stringify(b);
  // What the server has got since from elsewhere stays: only fields that it still has as they were when
  // this was typed take what was typed.
  const fill = (form, { values, base }, given) => {
    const seen = {};
    let changed = false;
    for (const field of form.elements) {
      if (!keepable(field) || !(field.name in values)) continue;
      if (base && !same(base[field.name], given[field.name])) continue;
      const kept = values[field.name];
      if (ticks(field)) {
        const on = kept.includes(field.value);
        changed ||= on !== field.checked;
        field.checked = on;
      } else {
        const index = (seen[field.name] = (seen[field.name] ?? -1) + 1);
        const value = kept[index];
        if (value === undefined || value === field.value) continue;
        field.value = value;
        changed = true;
      }
    }
    return changed;
  };
  const forget = (key) => store((s) => s.removeItem(PREFIX + key));

  const note = (form, key) => {
    const line = document.createElement("p");
    line.className = "draft-note";
    line.setAttribute("role", "status");
    line.append(form.dataset.restored);
    const button = document.createElement("button");
    button.type = "button";
    button.className = "link";
    button.textContent = form.dataset.forget;
    button.addEventListener("click", () => {
      forget(key);
      form.reset();
      form.dispatchEvent(new Event("change", { bubbles: true }));
      forget(key);
      line.remove();
    });
    line.append(button);
    form.prepend(line);
  };

  // The server has these: "a b" are two keys, and "a/*" every key that begins with "a/".
  for (const done of (document.body.dataset.draftDone || "").split(" ").filter(Boolean)) {
    if (!done.endsWith("*")) forget(done);
    else
      store((s) => {
        const start = PREFIX + done.slice(0, -1);
        for (const key of Object.keys(s)) if (key.startsWith(start)) s.removeItem(key);
      });
  }
  store((s) => {
    for (const key of Object.keys(s)) {
      if (!key.startsWith(PREFIX)) continue;
      const { at } = JSON.parse(s.getItem(key));
      if (!(Date.now() - at < DAYS_30)) s.removeItem(key);
    }
  });

  // Whoever signs out leaves nothing in the browser.
  document.addEventListener("submit", (event) => {
    if (!event.target.action.endsWith("/dang-xuat")) return;
    store((s) => {
      for (const key of Object.keys(s)) if (key.startsWith(PREFIX)) s.removeItem(key);
    });
  });

  // The pages about one's own data say what this browser keeps, and throw it away when asked to.
  for (const part of document.querySelectorAll("[data-kept-here]")) {
    const keys = store((s) => Object.keys(s).filter((key) => key.startsWith(PREFIX))) || [];
    const button = part.querySelector("button");
    if (!keys.length || !button) continue;
    button.hidden = false;
    button.addEventListener("click", () => {
      for (const key of keys) store((s) => s.removeItem(key));
      button.hidden = true;
      part.querySelector("[role=status]").textContent = part.dataset.keptHere;
    });
  }

  for (const form of document.querySelectorAll("form[data-draft]")) {
    const key = form.dataset.draft;
    const kept = store((s) => JSON.parse(s.getItem(PREFIX + key)));
    const given = collect(form);
    // A refused form already carries what was typed; then the page wins.
    if (kept && kept.values && !document.getElementById("loi")) {
      if (fill(form, kept, given)) {
        note(form, key);
        form.dispatchEvent(new Event("change", { bubbles: true }));
      }
    }
    let timer = 0;
    const save = () => {
      clearTimeout(timer);
      timer = 0;
      const text = JSON.stringify({ at: Date.now(), values: collect(form), base: given });
      store((s) => s.setItem(PREFIX + key, text));
    };
    form.addEventListener("input", () => {
      clearTimeout(timer);
      timer = setTimeout(save, 400);
    });
    addEventListener("pagehide", () => timer && save());
  }
})();
