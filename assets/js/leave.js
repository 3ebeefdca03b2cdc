// Leaving a form with unsaved words asks: `form[data-unsaved]`.
(() => {
  "use strict";
  const dirty = new Set();
  document.addEventListener("input", (event) => {
    const form = event.target.form;
    if (form && form.hasAttribute("data-unsaved")) dirty.add(form);
  });
  document.addEventListener("submit", (event) => {
    // What opens beside the page does not leave it; another form does not save this one.
    if (!event.submitter || event.submitter.formTarget !== "_blank") dirty.delete(event.target);
  });
  addEventListener("beforeunload", (event) => {
    if (dirty.size > 0) event.preventDefault();
  });
})();
