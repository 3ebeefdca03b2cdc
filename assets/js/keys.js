// F2 find, F4 scan, F8 print, F9 receive or next, Ctrl+Enter send, Enter to the next row of a table
// of inputs. Each key is shown on what it moves to; Tab alone does the same.
(() => {
  "use strict";
  const KEYS = ["F2", "F4", "F8", "F9"];
  const seen = (element) => element.getClientRects().length > 0;
  const press = (key) => {
    const open = document.querySelector("dialog[open]");
    const found = [...(open || document).querySelectorAll(`[data-key="${key}"]`)].find(seen);
    if (!found) {
      if (key !== "F8") return false;
      print();
      return true;
    }
    found.focus();
    if (found.matches("input, textarea")) found.select();
    else if (found.matches("a, button")) found.click();
    return true;
  };
  document.addEventListener("keydown", (event) => {
    if (event.isComposing || event.altKey || event.shiftKey || event.metaKey) return;
    if (event.ctrlKey) {
      if (event.key !== "Enter") return;
      const form = event.target.form || event.target.closest("form");
      if (!form || form.method !== "post") return;
      event.preventDefault();
      // The visible main button; never the hidden one that Enter alone presses.
      const main = [...form.querySelectorAll("button.button:not(.button-secondary)")].find(seen);
      form.requestSubmit(main || undefined);
      return;
    }
    if (KEYS.includes(event.key) && press(event.key)) event.preventDefault();
    if (event.key === "Enter" && event.target.matches("[data-rows] input")) {
      const fields = [...event.target.closest("[data-rows]").querySelectorAll("input")].filter(
        (field) => field.name === event.target.name && seen(field),
      );
      const next = fields[fields.indexOf(event.target) + 1];
      if (next) {
        event.preventDefault();
        next.focus();
        next.select();
      }
    }
  });
})();
