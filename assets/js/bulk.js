// Counts the ticked rows aloud; the bar comes with the first tick.
(() => {
  "use strict";
  for (const state of document.querySelectorAll("[data-chosen]")) {
    const form = state.closest("form");
    if (!form) continue;
    const words = state.textContent;
    const bar = state.closest(".bulk");
    const update = () => {
      const count = form.querySelectorAll(".tick input:checked").length;
      state.textContent = count ? state.dataset.chosen.replace("{n}", count) : words;
      bar.classList.toggle("none-chosen", !count);
    };
    form.addEventListener("change", update);
    addEventListener("pageshow", update);
    update();
  }
})();
