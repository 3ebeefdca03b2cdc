// Another province brings its communes at once. GET `data-communes` with `tinh` answers their names;
// without an answer the button of the page stays, which does the same.
(() => {
  "use strict";
  const attach = (box) => {
    const [province, commune] = box.querySelectorAll("select");
    const button = box.querySelector("button[name=_reload]");
    const was = box.querySelector("input[type=hidden]");
    if (!province || !commune || !button) return;
    button.hidden = true;
    const show = (names) => {
      while (commune.options.length > 1) commune.remove(1);
      for (const name of names) commune.add(new Option(name));
      commune.value = "";
      if (was) was.value = "";
    };
    province.addEventListener("change", async () => {
      const asked = province.value;
      try {
        const answer = await fetch(box.dataset.communes + "?tinh=" + encodeURIComponent(asked));
        if (!answer.ok) throw new Error(String(answer.status));
        const names = await answer.json();
        if (province.value === asked) show(names);
      } catch {
        button.hidden = false;
      }
    });
  };
  // Questions that follow an answer bring addresses of their own.
  const attachAll = () => {
    for (const box of document.querySelectorAll("fieldset[data-communes]:not([data-ready])")) {
      box.dataset.ready = "";
      attach(box);
    }
  };
  document.addEventListener("change", attachAll);
  attachAll();
})();
