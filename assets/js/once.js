// A form that is on its way is not sent again. The server's one-shot key is the real guard; this
// only spares the person the doubt.
(() => {
  "use strict";
  const words = new WeakMap();
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (event.defaultPrevented || !form.hasAttribute("data-once")) return;
    // What opens beside the page leaves the form ready for the next go.
    if (event.submitter && event.submitter.formTarget === "_blank") return;
    if (form.dataset.sent) {
      event.preventDefault();
      return;
    }
    form.dataset.sent = "1";
    const pressed = event.submitter;
    if (pressed && pressed.classList.contains("button")) {
      // aria-disabled, not disabled: a disabled button would not send its own name and value.
      pressed.setAttribute("aria-disabled", "true");
      words.set(pressed, [...pressed.childNodes]);
      pressed.replaceChildren(form.dataset.sending);
    }
  });
  // Coming back by the Back button finds the form ready again.
  addEventListener("pageshow", () => {
    for (const form of document.querySelectorAll("form[data-sent]")) {
      delete form.dataset.sent;
      for (const button of form.querySelectorAll("[aria-disabled]")) {
        if (!words.has(button)) continue;
        button.removeAttribute("aria-disabled");
        button.replaceChildren(...words.get(button));
      }
    }
  });
})();
