// `[data-poll]` asks its address every `data-every` seconds: `{"new": 2}` puts a sentence with a
// link there; rows never jump.
(() => {
  "use strict";
  for (const place of document.querySelectorAll("[data-poll]")) {
    const every = 1000 * (Number(place.dataset.every) || 60);
    const ask = async () => {
      if (document.hidden) return;
      try {
        const answer = await fetch(place.dataset.poll, { credentials: "same-origin" });
        if (!answer.ok) return;
        const count = Number((await answer.json()).new);
        if (!count) return;
        const link = document.createElement("a");
        link.href = location.href;
        link.textContent = place.dataset.reload;
        place.replaceChildren(place.dataset.words.replace("{n}", count), " ", link);
      } catch {
        /* next time */
      }
    };
    setInterval(ask, every);
    document.addEventListener("visibilitychange", ask);
  }
})();
