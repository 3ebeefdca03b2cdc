// Another province brings its communes at once. GET `data-communes` with `tinh` answers their names;
// without an answer the button of the page stays, which does the same.
(() => {
  "use strict";
  const attach = (box) => {
    const province = box.querySelector('[name$=".province"]');
    const commune = box.querySelector('[name$=".commune"]');
    const chosen = commune instanceof HTMLSelectElement;
    const button = box.querySelector("button[name=_reload]");
    const was = box.querySelector("input[type=hidden]");
    if (!province || !commune) return;
    if (button) button.hidden = true;
    // Where communes are typed, a list of the page suggests them.
    const suggest = (names) => {
      const list = document.createElement("datalist");
      list.id = commune.id + "-xa";
      for (const name of names) list.append(new Option(name, name));
      document.getElementById(list.id)?.remove();
      box.append(list);
      commune.setAttribute("list", list.id);
    };
    const show = (names) => {
      if (chosen) {
        while (commune.options.length > 1) commune.remove(1);
        for (const name of names) commune.add(new Option(name));
      } else suggest(names);
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
        if (button) button.hidden = false;
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
