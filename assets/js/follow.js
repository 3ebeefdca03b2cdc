// Questions that follow an answer appear at once: the page is asked for again, as its button
// "_update" does without scripts, and the questions are exchanged. What is typed meanwhile stays.
(() => {
  "use strict";
  const region = () => document.querySelector("[data-follow]");
  const updates = (root) => root.querySelectorAll('button[name="_update"]');
  const hide = () => {
    const root = region();
    if (root) for (const button of updates(root)) button.hidden = true;
  };
  const values = (root) => {
    const found = new Map();
    for (const field of root.querySelectorAll("input, select, textarea")) {
      if (!field.name || field.type === "hidden") continue;
      const ticks = field.type === "checkbox" || field.type === "radio";
      found.set(ticks ? field.name + "=" + field.value : field.name, ticks ? field.checked : field.value);
    }
    return found;
  };
  // Whether other questions hang on a field: a button follows it, before the next question.
  const decides = (field) => {
    for (const button of updates(region())) {
      const name = "form." + button.value;
      if (field.name === name || field.name.startsWith(name + ".")) return button;
    }
    return null;
  };

  let running = false;
  let again = null;
  const exchange = async (form, button) => {
    const root = region();
    const sent = values(root);
    const body = new FormData(form);
    body.set("_update", button.value);
    // Chosen files stay where they are, and go up once: with the form.
    for (const [name, value] of [...body]) if (value instanceof File) body.delete(name);
    const plain = form.enctype !== "multipart/form-data";
    const answer = await fetch(form.action, {
      method: "POST",
      credentials: "same-origin",
      body: plain ? new URLSearchParams(body) : body,
    });
    if (!answer.ok) throw new Error("not taken");
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const fresh = page.querySelector("[data-follow]");
    if (!fresh) return;
    const now = values(root);
    const focused = root.contains(document.activeElement) ? document.activeElement : null;
    const place = focused && { id: focused.id, at: focused.selectionStart };
    root.replaceChildren(...fresh.childNodes);
    // What was typed while the answer was on its way is newer than the answer.
    for (const field of root.querySelectorAll("input, select, textarea")) {
      const ticks = field.type === "checkbox" || field.type === "radio";
      const key = ticks ? field.name + "=" + field.value : field.name;
      if (!now.has(key) || now.get(key) === sent.get(key)) continue;
      if (ticks) field.checked = now.get(key);
      else field.value = now.get(key);
    }
    // The next page sent says that it knows what was kept just now.
    const known = page.querySelector('input[name="_seen"]');
    const own = form.querySelector('input[name="_seen"]');
    if (known && own) own.value = known.value;
    hide();
    const field = place && place.id && document.getElementById(place.id);
    if (field) {
      field.focus();
      if (typeof place.at === "number") {
        try {
          field.setSelectionRange(place.at, place.at);
        } catch {
          /* a field without a cursor */
        }
      }
    }
    form.dispatchEvent(new Event("change", { bubbles: true }));
  };

  document.addEventListener("change", async (event) => {
    const field = event.target;
    if (!(field instanceof Element) || !field.name || !region()?.contains(field)) return;
    const button = decides(field);
    if (!button) return;
    if (running) {
      again = field;
      return;
    }
    running = true;
    try {
      await exchange(field.form, button);
    } catch {
      // Without the server the button does it.
      for (const shown of updates(region())) shown.hidden = false;
    }
    running = false;
    const next = again && document.getElementById(again.id);
    again = null;
    if (next) next.dispatchEvent(new Event("change", { bubbles: true }));
  });
  addEventListener("pageshow", hide);
  hide();
})();
