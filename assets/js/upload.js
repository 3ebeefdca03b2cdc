// Files go up one by one with progress; large photos are made smaller here. Without this script the
// button "Tải lên" sends the form, as ever.
(() => {
  "use strict";
  const LONGEST = 2400; // pixels: a page of A4 at 200 dpi
  const SMALL = 1_500_000; // bytes: not worth reducing

  const say = (words, values) => words.replace(/\{(\w+)\}/g, (all, name) => values[name] ?? all);
  const megabytes = (bytes) => (bytes / 1048576).toFixed(1).replace(".", ",").replace(",0", "");

  const smaller = async (file) => {
    if (!/^image\/(jpeg|png)$/.test(file.type) || file.size < SMALL || !self.createImageBitmap)
      return file;
    try {
      const picture = await createImageBitmap(file, { imageOrientation: "from-image" });
      const scale = Math.min(1, LONGEST / Math.max(picture.width, picture.height));
      const canvas = document.createElement("canvas");
      canvas.width = Math.round(picture.width * scale);
      canvas.height = Math.round(picture.height * scale);
      const pen = canvas.getContext("2d");
      pen.fillStyle = "#fff"; // transparent scans stay readable
      pen.fillRect(0, 0, canvas.width, canvas.height);
      pen.drawImage(picture, 0, 0, canvas.width, canvas.height);
      picture.close();
      const blob = await new Promise((done) => canvas.toBlob(done, "image/jpeg", 0.85));
      if (!blob || blob.size >= file.size) return file;
      return new File([blob], file.name.replace(/\.\w+$/, "") + ".jpg", { type: "image/jpeg" });
    } catch {
      return file;
    }
  };

  const online = () =>
    navigator.onLine
      ? new Promise((done) => setTimeout(done, 3000))
      : new Promise((done) => addEventListener("online", done, { once: true }));

  // Resolves to {status, body}; rejects when the network broke.
  const send = (box, file, progress) =>
    new Promise((resolve, reject) => {
      const request = new XMLHttpRequest();
      const data = new FormData();
      data.append("_csrf", box.closest("form").elements._csrf.value);
      data.append("name", box.dataset.name);
      data.append("file", file, file.name);
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
    if (file.pages) facts.push(say(box.dataset.sayPages, { n: file.pages }));
    if (file.from) facts.push(say(box.dataset.saySmaller, { size: file.from }));
    line.append(hidden, part("span", "file-name", file.name));
    line.append(part("span", "muted", facts.join(", ")));
    if (file.view) {
      const view = part("a", "", box.dataset.sayView);
      view.href = file.view;
      view.append(quiet(file.name));
      line.append(view);
    }
    const remove = part("button", "link", box.dataset.sayRemove);
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
    const words = box.dataset;
    const file = await smaller(original);
    const limit = Number(words.max);
    if (limit && file.size > limit * 1048576) {
      return say(words.sayLarge, { name: file.name, size: megabytes(file.size), max: limit });
    }
    const bar = document.createElement("progress");
    bar.max = 100;
    bar.setAttribute("aria-label", file.name);
    state.after(bar);
    let spoken = 0;
    try {
      for (let attempt = 0; attempt < 6; attempt++) {
        try {
          const { status, body } = await send(box, file, (percent) => {
            bar.value = percent;
            if (percent < spoken + 20 && percent < 100) return; // not every percent aloud
            spoken = percent;
            state.textContent = say(words.sayProgress, { n: percent });
          });
          if (status < 300 && body.id) {
            if (file !== original) body.from = megabytes(original.size);
            box.querySelector(".files").append(row(box, body));
            state.textContent = say(words.sayDone, { name: body.name });
            const saved = box.closest("form").querySelector("[data-saved]");
            if (saved && body.saved) saved.textContent = body.saved;
            return "";
          }
          return body.error || say(words.sayFailed, { name: file.name });
        } catch {
          spoken = 0;
          state.textContent = words.sayOffline;
          await online();
        }
      }
      return say(words.sayFailed, { name: file.name });
    } finally {
      bar.remove();
    }
  };

  for (const box of document.querySelectorAll("[data-upload]")) {
    const input = box.querySelector("input[type=file]");
    const state = box.querySelector(".upload-state");
    let queue = Promise.resolve();
    input.addEventListener("change", () => {
      const files = [...input.files];
      // Taken: they must not be sent a second time with the form.
      input.value = "";
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
  }
})();
