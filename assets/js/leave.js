// Leaving a form with unsaved words asks: `form[data-unsaved]`.
(() => {
  "use strict";
  let dirty = false;
  document.addEventListener("input", (event) => {
    const form = event.target.form;
    if (form && form.hasAttribute("data-unsaved")) dirty = true;
  });
  document.addEventListener("submit", (event) => {
    // What opens beside the page does not leave it.
    if (!event.submitter || event.submitter.formTarget !== "_blank") dirty = false;
  });
  addEventListener("beforeunload", (event) => {
    if (dirty) event.preventDefault();
  });
})();
