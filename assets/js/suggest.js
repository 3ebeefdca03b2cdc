// Suggestions under the search box: a combobox as the ARIA practices describe it. GET `data-suggest`
// with `q` answers `[{code, name, url, parts}]`, the name in parts, each with whether it answers.
(() => {
  "use strict";
  const MOST = 7;
  const WAIT = 150;

  const attach = (input, number) => {
    const list = document.createElement("ul");
    list.id = "goi-y-" + number;
    list.className = "suggestions";
    list.hidden = true;
    list.setAttribute("role", "listbox");
    list.setAttribute("aria-label", input.dataset.label);
    const state = document.createElement("p");
    state.className = "hidden";
    state.setAttribute("role", "status");
    input.after(list, state);
    for (const [name, value] of Object.entries({
      role: "combobox",
      "aria-autocomplete": "list",
      "aria-expanded": "false",
      "aria-controls": list.id,
    }))
      input.setAttribute(name, value);

    let timer = 0;
    let asked = null;
    let active = -1;
    const options = () => [...list.children];
    const select = (index) => {
      active = index;
      options().forEach((option, i) => option.setAttribute("aria-selected", String(i === index)));
      if (index < 0) input.removeAttribute("aria-activedescendant");
      else {
        input.setAttribute("aria-activedescendant", options()[index].id);
        options()[index].scrollIntoView({ block: "nearest" });
      }
    };
    const close = () => {
      clearTimeout(timer);
      if (asked) asked.abort();
      list.hidden = true;
      input.setAttribute("aria-expanded", "false");
      select(-1);
    };
    const show = (found) => {
      list.replaceChildren(
        ...found.slice(0, MOST).map((item, index) => {
          const option = document.createElement("li");
          option.id = list.id + "-" + index;
          option.setAttribute("role", "option");
          option.dataset.url = item.url;
          const code = document.createElement("span");
          code.className = "code";
          code.textContent = item.code;
          for (const [text, marked] of item.parts || [[item.name, false]])
            option.append(marked ? Object.assign(document.createElement("mark"), { textContent: text }) : text);
          option.append(code);
          return option;
        }),
      );
      const count = list.children.length;
      list.hidden = count === 0;
      input.setAttribute("aria-expanded", String(count > 0));
      state.textContent = count ? input.dataset.count.replace("{n}", count) : "";
      select(-1);
    };
    const ask = async () => {
      const words = input.value.trim();
      if (words.length < 2) return close();
      if (asked) asked.abort();
      asked = new AbortController();
      const address = new URL(input.dataset.suggest, location.href);
      address.searchParams.set("q", words);
      try {
        const answer = await fetch(address, { signal: asked.signal, credentials: "same-origin" });
        if (answer.ok && document.activeElement === input) show(await answer.json());
      } catch {
        /* no network: the form still asks the server */
      }
    };
    const go = (option) => {
      const url = new URL(option.dataset.url, location.href);
      if (url.origin === location.origin) location.assign(url);
    };

    input.addEventListener("input", () => {
      clearTimeout(timer);
      timer = setTimeout(ask, WAIT);
    });
    input.addEventListener("keydown", (event) => {
      if (event.isComposing || list.hidden) return;
      const count = list.children.length;
      if (event.key === "ArrowDown") select((active + 1) % count);
      else if (event.key === "ArrowUp") select(active < 0 ? count - 1 : active - 1);
      else if (event.key === "Enter" && active >= 0) go(options()[active]);
      else if (event.key === "Escape") close();
      else return;
      event.preventDefault();
    });
    input.addEventListener("blur", () => setTimeout(close, 150));
    list.addEventListener("mousedown", (event) => {
      const option = event.target.closest("[role=option]");
      if (option) {
        event.preventDefault();
        go(option);
      }
    });
  };
  document.querySelectorAll("input[data-suggest]").forEach(attach);
})();
