// Questions that belong to one answer are shown only with that answer.
(() => {
  "use strict";
  const update = () => {
    for (const box of document.querySelectorAll("[data-below]")) {
      const answer = document.getElementById(box.dataset.below);
      box.hidden = !(answer && answer.checked);
    }
  };
  document.addEventListener("change", update);
  addEventListener("pageshow", update);
  update();
})();
