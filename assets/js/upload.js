// Files go up one by one with progress: small ones in one request, large ones in pieces. Without this
// script the button "Tải lên" sends the form, as ever.
(() => {
  "use strict";
  const { reduced, inPieces, rest, PIECE } = self.motcua;
  const say = (words, values) => words.replace(/\{(\w+)\}/g, (all, name) => values[name] ?? all);
  const megabytes = (bytes) =>
    Math.max(0.1, bytes / 1048576).toFixed(1).replace(".", ",").replace(",0", "");

  // The words stand at an upload of the page: its own, or the first.
  const words = (box) => ({ ...document.querySelector("[data-say-progress]")?.dataset, ...box.dataset });
  const token = (box) => box.closest("form").elements._csrf.value;

  // A file, or the id of one that has come in pieces. Resolves to {status, body}; rejects when the
  // network broke.
  const send = (box, file, id, progress) =>
    new Promise((resolve, reject) => {
      const request = new XMLHttpRequest();
      const data = new FormData();
      data.append("_csrf", token(box));
      data.append("name", box.dataset.name);
      if (id) data.append("upload", id);
      else data.append("file", file, file.name);
      request.upload.onprogress = (event) => {
        if (event.lengthComputable) progress(Math.floor((100 * event.loaded) / event.total));
      };
      request.onload = () => {
        let body = {};
        try {
          body = JSON.parse(request.responseText);
        } catch {
          /* an error page: the general words are said */
        }
        resolve({ status: request.status, body });
      };
      request.onerror = request.ontimeout = reject;
      request.open("POST", box.dataset.upload);
      request.setRequestHeader("Accept", "application/json");
      request.send(data);
    });

  const row = (box, file) => {
    const line = document.createElement("li");
    const hidden = document.createElement("input");
    Object.assign(hidden, { type: "hidden", name: box.dataset.name + ".kept", value: file.id });
    const part = (tag, className, text) => {
      const element = document.createElement(tag);
      element.className = className;
      element.textContent = text;
      return element;
    };
    const quiet = (words) => part("span", "hidden", " " + words);
    const facts = [file.size];
    const said = words(box);
    if (file.pages) facts.push(say(said.sayPages, { n: file.pages }));
    if (file.smaller) facts.push(file.smaller);
    line.append(hidden, part("span", "file-name", file.name));
    line.append(part("span", "muted", facts.join(", ")));
    if (file.view) {
      const view = part("a", "", said.sayView);
      view.href = file.view;
      view.append(quiet(file.name));
      line.append(view);
    }
    const remove = part("button", "link", said.sayRemove);
    Object.assign(remove, { type: "submit", name: "_remove", value: file.id });
    remove.append(quiet(file.name));
    line.append(remove);
    return line;
  };

  // What was refused is said at the field, and stays there until other files are chosen.
  const refuse = (box, words) => {
    const line = document.createElement("p");
    line.className = "error";
    line.textContent = words;
    box.querySelector(".upload-refused").append(line);
    box.classList.add("field-refused");
  };
  // A file is there: what the server missed before is no longer so.
  const settle = (box, input) => {
    document.getElementById(input.id + "-error")?.remove();
    if (box.querySelector(".upload-refused").hasChildNodes()) return;
    box.classList.remove("field-refused");
    input.removeAttribute("aria-invalid");
  };

  const upload = async (box, original, state) => {
    const own = words(box);
    const wanted = box.querySelector("[data-reduce]");
    const file = !wanted || wanted.checked ? await reduced(original) : original;
    const limit = Number(own.max);
    if (limit && file.size > limit * 1048576) {
      return say(own.sayLarge, { name: file.name, size: megabytes(file.size), max: limit });
    }
    const bar = document.createElement("progress");
    bar.max = 100;
    bar.setAttribute("aria-label", file.name);
    state.after(bar);
    let spoken = 0;
    const progress = (percent) => {
      bar.value = percent;
      // Not every percent aloud, but each that follows a break.
      if (percent < spoken + 20 && percent < 100 && spoken) return;
      spoken = percent;
      state.textContent = say(own.sayProgress, { n: percent });
    };
    const offline = () => {
      spoken = 0;
      state.textContent = own.sayOffline;
    };
    const failed = say(own.sayFailed, { name: file.name });
    try {
      let id = "";
      if (file.size > PIECE) {
        const headers = { "X-CSRF-Token": token(box), "Accept-Language": document.documentElement.lang };
        const about = own.upload + "\n" + own.name;
        const came = await inPieces(file, about, headers, { progress, offline });
        if (!came.id) return came.error || failed;
        id = came.id;
      }
      for (let attempt = 0; attempt < 6; attempt++) {
        try {
          const { status, body } = await send(box, file, id, progress);
          if (status >= 300 || !body.id) return body.error || failed;
          if (file !== original) {
            const sizes = { from: megabytes(original.size), to: megabytes(file.size) };
            body.smaller = say(own.saySmaller, sizes);
          }
          box.querySelector(".files").append(row(box, body));
          const done = say(own.sayDone, { name: body.name });
          state.textContent = body.smaller ? `${done}. ${body.smaller}` : done;
          const saved = box.closest("form").querySelector("[data-saved]");
          if (saved && body.saved) saved.textContent = body.saved;
          return "";
        } catch {
          offline();
          await rest();
        }
      }
      return failed;
    } finally {
      bar.remove();
    }
  };

  const attach = (box) => {
    const input = box.querySelector("input[type=file]");
    const state = box.querySelector(".upload-state");
    for (const choice of box.querySelectorAll(".upload-reduce")) choice.hidden = false;
    let queue = Promise.resolve();
    box.addEventListener("change", ({ target }) => {
      if (target.type !== "file") return; // the chooser, or the camera
      const files = [...target.files];
      // Taken: they must not be sent a second time with the form.
      target.value = "";
      if (files.length) box.querySelector(".upload-refused").replaceChildren();
      for (const file of files) {
        queue = queue.then(async () => {
          const refusal = await upload(box, file, state);
          if (!refusal) return settle(box, input);
          state.textContent = "";
          refuse(box, refusal);
        });
      }
    });
  };
  // A part of the page that is drawn anew brings uploads of its own.
  const attachAll = () => {
    for (const box of document.querySelectorAll("[data-upload]:not([data-ready])")) {
      box.dataset.ready = "";
      attach(box);
    }
  };
  document.addEventListener("change", attachAll);
  attachAll();
})();
