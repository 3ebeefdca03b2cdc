// Counts the ticked rows aloud.
(() => {
  "use strict";
  for (const state of document.querySelectorAll("[data-chosen]")) {
    const form = state.closest("form");
    if (!form) continue;
    const words = state.textContent;
    const update = () => {
      const count = form.querySelectorAll(".tick input:checked").length;
      state.textContent = count ? state.dataset.chosen.replace("{n}", count) : words;
    };
    form.addEventListener("change", update);
    addEventListener("pageshow", update);
    update();
  }
})();
