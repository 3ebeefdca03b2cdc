// Passkeys: the browser makes one or shows one, the server says what it wants and judges it. Without
// this script, or in a browser that cannot, the password and the code of the app do.
(() => {
  "use strict";
  const able =
    window.PublicKeyCredential &&
    PublicKeyCredential.parseCreationOptionsFromJSON &&
    PublicKeyCredential.parseRequestOptionsFromJSON;
  for (const box of document.querySelectorAll("[data-passkey]")) {
    const button = box.querySelector("button");
    const note = box.querySelector("[role=status]");
    if (!able) {
      note.textContent = box.dataset.unable;
      button.hidden = true;
      box.hidden = false;
      continue;
    }
    const send = async (path, body) => {
      const answer = await fetch(path, {
        method: "POST",
        headers: { "Content-Type": "application/json", "X-CSRF-Token": box.dataset.csrf },
        body: JSON.stringify(body),
      });
      const told = await answer.json();
      if (!answer.ok) throw new Error(told.detail);
      return told;
    };
    const go = async () => {
      const options = await send(box.dataset.begin, {});
      let credential;
      try {
        credential =
          box.dataset.passkey === "make"
            ? await navigator.credentials.create({
                publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(options),
              })
            : await navigator.credentials.get({
                publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(options),
              });
      } catch {
        // Turned down, timed out, or none that fits: the browser has said so itself.
        throw new Error(box.dataset.stopped);
      }
      const label = box.querySelector("input");
      const name = label ? label.value : "";
      const done = await send(box.dataset.end, { name, credential: credential.toJSON() });
      location.assign(done.next);
    };
    button.addEventListener("click", async () => {
      button.disabled = true;
      note.textContent = "";
      try {
        await go();
      } catch (error) {
        note.textContent = error.message;
        button.disabled = false;
        button.focus();
      }
    });
    box.hidden = false;
  }
})();
