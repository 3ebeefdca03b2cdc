// What follows an answer appears at once: the page is asked for again, as its button "_update" does
// without scripts, and its parts `[data-follow]` are exchanged; at a change that nothing hangs on only
// those that sum up, `[data-live]`. What is typed meanwhile stays.
(() => {
  "use strict";
  const regions = () => [...document.querySelectorAll("[data-follow]")];
  const updates = () => document.querySelectorAll('[data-follow] button[name="_update"]');
  const hide = () => {
    for (const button of updates()) button.hidden = true;
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
    for (const button of updates()) {
      const name = "form." + button.value;
      if (field.name === button.value || field.name === name || field.name.startsWith(name + ".")) return button;
    }
    return null;
  };

  // A part takes the place of another.
  const put = (root, fresh, sent) => {
    const now = values(root);
    root.replaceChildren(...fresh.childNodes);
    // What was typed while the answer was on its way is newer than the answer.
    for (const field of root.querySelectorAll("input, select, textarea")) {
      const ticks = field.type === "checkbox" || field.type === "radio";
      const key = ticks ? field.name + "=" + field.value : field.name;
      if (!now.has(key) || now.get(key) === sent.get(key)) continue;
      if (ticks) field.checked = now.get(key);
      else field.value = now.get(key);
    }
  };
  // What is wrong with the box that was left stands at it, and goes once it is right.
  const mend = (page, field) => {
    const fresh = field.id && page.getElementById(field.id);
    const box = field.closest(".field");
    const other = fresh && fresh.closest(".field");
    if (!box || !other || !field.isConnected || (fresh.value && field.value !== fresh.value)) return;
    const said = other.querySelector(":scope > .error");
    box.querySelector(":scope > .error")?.remove();
    box.classList.toggle("field-refused", !!said);
    for (const name of ["aria-invalid", "aria-describedby"]) {
      if (fresh.hasAttribute(name)) field.setAttribute(name, fresh.getAttribute(name));
      else field.removeAttribute(name);
    }
    if (said) field.before(said);
  };
  const exchange = async (form, button, left) => {
    // A file that is on its way needs its place.
    const parts = regions().filter(
      (root) => form.contains(root) && (button || "live" in root.dataset) && !root.querySelector("progress"),
    );
    const sent = new Map(parts.map((root) => [root, values(root)]));
    const body = new FormData(form);
    body.set("_update", button ? button.value : "");
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
    const focused = document.activeElement;
    const place = focused && { id: focused.id, at: focused.selectionStart };
    for (const root of parts) {
      const fresh = page.querySelector(`[data-follow="${root.dataset.follow}"]`);
      if (fresh && root.isConnected) put(root, fresh, sent.get(root));
    }
    // The parts of a place decide about each other.
    const address = left?.closest("fieldset.address");
    for (const field of address ? address.querySelectorAll("input") : left ? [left] : []) mend(page, field);
    // The next page sent says that it knows what was kept just now.
    const known = page.querySelector('input[name="_seen"]');
    const own = form.querySelector('input[name="_seen"]');
    if (known && own) own.value = known.value;
    hide();
    const field = !focused.isConnected && place.id && document.getElementById(place.id);
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
    form.dispatchEvent(new CustomEvent("change", { bubbles: true }));
  };

  let running = false;
  let again = null;
  let sending = null;
  // A form that is sent while its parts are asked for goes after them: it has to know what was kept just
  // now, or its words would count as older than themselves.
  document.addEventListener(
    "submit",
    (event) => {
      if (!running) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      sending = { form: event.target, button: event.submitter };
    },
    true,
  );
  document.addEventListener("change", async (event) => {
    const field = event.target;
    if (!(field instanceof Element) || !field.name || !field.form || field.type === "file") return;
    const inside = regions().filter((root) => field.form.contains(root));
    const button = decides(field);
    if (!button && !inside.some((root) => "live" in root.dataset)) return;
    if (button && !button.form.contains(field)) return;
    if (running) {
      if (button || !again || !decides(again)) again = field;
      return;
    }
    running = true;
    try {
      await exchange(field.form, button, field);
    } catch {
      // Without the server the button does it.
      for (const shown of updates()) shown.hidden = false;
    }
    running = false;
    if (sending) {
      const { form, button } = sending;
      sending = null;
      if (form.isConnected) form.requestSubmit(button && button.isConnected ? button : null);
      return;
    }
    const next = again && (document.getElementById(again.id) || again);
    again = null;
    if (next && next.isConnected) next.dispatchEvent(new Event("change", { bubbles: true }));
  });
  addEventListener("pageshow", hide);
  hide();
})();
