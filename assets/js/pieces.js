// A large file goes up in pieces, and goes on where it stopped: after a broken connection, a restart
// of the server, or when the same file is chosen again on the page opened anew.
(() => {
  "use strict";
  const BEGIN = "/api/v1/uploads/resumable";
  const PIECE = 512 * 1024; // bytes: some seconds on a slow connection
  const SAMPLE = 64 * 1024;
  const KEPT = 24 * 3600 * 1000; // as long as the server waits for the next piece
  const MARK = "motcua.tep.";
  const PATIENCE = 40; // tries without a byte getting through

  const rest = () =>
    navigator.onLine
      ? new Promise((done) => setTimeout(done, 2000))
      : new Promise((done) => addEventListener("online", done, { once: true }));

  // Where the pieces of a file went, kept by the browser under a digest: no name is written down.
  const store = {
    get(key) {
      try {
        const { place, at } = JSON.parse(localStorage.getItem(key)) || {};
        return Date.now() - at < KEPT ? place : "";
      } catch {
        return "";
      }
    },
    set(key, place) {
      try {
        localStorage.setItem(key, JSON.stringify({ place, at: Date.now() }));
      } catch {
        /* full or forbidden: the file just begins anew after a reload */
      }
    },
    drop(key) {
      try {
        localStorage.removeItem(key);
      } catch {
        /* forbidden: there was none */
      }
    },
  };
  try {
    for (const key of Object.keys(localStorage))
      if (key.startsWith(MARK) && !store.get(key)) store.drop(key);
  } catch {
    /* forbidden */
  }

  // cyrb53 over the file's place, name, size, beginning and end: tells files apart, secures nothing.
  const fingerprint = async (file, about) => {
    const ends = [file.slice(0, SAMPLE), file.slice(Math.max(0, file.size - SAMPLE))];
    const parts = [new TextEncoder().encode([about, file.name, file.size].join("\n"))];
    for (const end of ends) parts.push(new Uint8Array(await end.arrayBuffer()));
    let [a, b] = [0xdeadbeef, 0x41c6ce57];
    for (const part of parts)
      for (const byte of part) {
        a = Math.imul(a ^ byte, 2654435761);
        b = Math.imul(b ^ byte, 1597334677);
      }
    return MARK + (a >>> 0).toString(36) + (b >>> 0).toString(36);
  };

  class Refused extends Error {}
  const refuse = async (answer) => {
    let detail = "";
    try {
      detail = (await answer.json()).detail || "";
    } catch {
      /* no problem document: the general words are said */
    }
    throw new Refused(detail);
  };
  const isTemporary = (status) => status >= 500 || status === 429 || status === 408;

  const begin = async (file, headers) => {
    const about = { name: file.name, length: file.size };
    if (file.type) about.media_type = file.type;
    const answer = await fetch(BEGIN, {
      method: "POST",
      headers: { ...headers, "Content-Type": "application/json" },
      body: JSON.stringify(about),
    });
    if (answer.ok) return (await answer.json()).location;
    if (isTemporary(answer.status)) throw new Error();
    return refuse(answer);
  };

  // The next step of a file at `at.place`; true when it is whole.
  const step = async (at, file, headers) => {
    if (!at.place) {
      at.place = await begin(file, headers);
      at.offset = 0;
      store.set(at.key, at.place);
    }
    if (at.offset === null) {
      const told = await fetch(at.place, { method: "HEAD", headers });
      if (told.status === 404) return lost(at);
      if (!told.ok) throw new Error();
      at.offset = Number(told.headers.get("Upload-Offset"));
    }
    const answer = await fetch(at.place, {
      method: "PATCH",
      headers: {
        ...headers,
        "Content-Type": "application/offset+octet-stream",
        "Upload-Offset": String(at.offset),
      },
      body: file.slice(at.offset, at.offset + PIECE),
    });
    if (answer.status === 200) return true;
    if (answer.status === 404) return lost(at);
    if (answer.ok || answer.status === 409) {
      at.offset = Number(answer.headers.get("Upload-Offset"));
      return answer.status === 409 && at.offset === file.size;
    }
    if (isTemporary(answer.status)) throw new Error();
    return refuse(answer);
  };
  const lost = (at) => {
    store.drop(at.key);
    at.place = "";
    return false;
  };

  // Resolves to {id} or {error}; `says.progress(percent)` and `says.offline()` are told meanwhile.
  const inPieces = async (file, about, headers, says) => {
    const key = await fingerprint(file, about);
    const at = { key, place: store.get(key), offset: null };
    for (let tries = 0; tries < PATIENCE; ) {
      try {
        const before = at.offset;
        if (await step(at, file, headers)) {
          store.drop(key);
          return { id: at.place.split("/").pop() };
        }
        tries = at.offset > (before ?? 0) ? 0 : tries + 1;
        says.progress(Math.floor((100 * at.offset) / file.size));
      } catch (error) {
        if (error instanceof Refused) {
          store.drop(key);
          return { error: error.message };
        }
        tries += 1;
        says.offline();
        await rest();
        at.offset = null;
      }
    }
    return { error: "" };
  };

  self.motcua = { ...self.motcua, inPieces, rest, PIECE };
})();
