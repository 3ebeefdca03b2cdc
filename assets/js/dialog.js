// A link with `data-dialog` to a page that asks opens that page's question in a dialog. Whatever
// goes wrong, the link is followed.
(() => {
  "use strict";
  if (!self.HTMLDialogElement) return;
  const open = async (link) => {
    const answer = await fetch(link.href, { credentials: "same-origin" });
    const text = answer.ok ? await answer.text() : "";
    const page = new DOMParser().parseFromString(text, "text/html");
    const question = page.querySelector("main .confirm");
    if (!question) throw new Error("no question");
    const dialog = document.createElement("dialog");
    const title = question.querySelector("h1");
    title.id = "hoi";
    dialog.setAttribute("aria-labelledby", title.id);
    dialog.append(document.adoptNode(question));
    document.body.append(dialog);
    dialog.addEventListener("close", () => {
      dialog.remove();
      link.focus();
    });
    dialog.addEventListener("click", (event) => {
      if (!event.target.closest("[data-close]")) return;
      event.preventDefault();
      dialog.close();
    });
    dialog.showModal();
  };
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-dialog]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    open(link).catch(() => location.assign(link.href));
  });
})();
