// `[data-refresh]` is drawn anew every so many seconds, from the same page; a server that is away for
// a while leaves what was there. What is typed outside of it stays. `[data-stop]` in it stops it.
(() => {
  "use strict";
  const place = document.querySelector("[data-refresh]");
  if (!place) return;
  let stopped = false;
  const ready = () => {
    const stop = place.querySelector("[data-stop]");
    if (!stop) return;
    stop.hidden = false;
    stop.addEventListener("click", () => {
      stopped = true;
      stop.hidden = true;
    });
  };
  const draw = async () => {
    if (stopped || document.hidden || place.contains(document.activeElement)) return;
    try {
      const answer = await fetch(location.href, { credentials: "same-origin" });
      if (!answer.ok || answer.redirected) return;
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const fresh = page.querySelector("[data-refresh]");
      if (!fresh || stopped) return;
      place.replaceChildren(...fresh.childNodes);
      ready();
    } catch {
      /* next time */
    }
  };
  ready();
  setInterval(draw, 1000 * (Number(place.dataset.refresh) || 60));
})();
