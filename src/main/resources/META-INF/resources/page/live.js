// Parts marked data-live are fetched again and put in place: the server alone makes markup. What the reader has open,
// focused or typed stays.
const parts = () => [...document.querySelectorAll("[data-live]")];
let asked = null;

export async function refresh() {
  if (asked) return asked;
  asked = (async () => {
    try {
      const answer = await fetch(location.href, { headers: { Accept: "text/html" }, redirect: "manual" });
      if (!answer.ok) return;
      const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
      for (const old of parts()) replace(old, fresh.getElementById(old.id));
      document.dispatchEvent(new CustomEvent("refreshed"));
    } catch {
      // the control plane is away for a moment: asked again
    } finally {
      asked = null;
    }
  })();
  return asked;
}

function replace(old, fresh) {
  if (!fresh || old.isEqualNode(fresh)) return;
  if (old.contains(document.activeElement) && document.activeElement.matches("input, select, textarea")) return;
  const open = new Set([...old.querySelectorAll("details[open][id]")].map(each => each.id));
  const focused = old.contains(document.activeElement) ? document.activeElement.id : "";
  const scrolled = [...old.querySelectorAll(".wide")].map(each => each.scrollLeft);
  const put = document.importNode(fresh, true);
  put.querySelectorAll("details[id]").forEach(each => { if (open.has(each.id)) each.open = true; });
  old.replaceWith(put);
  put.querySelectorAll(".wide").forEach((each, i) => { each.scrollLeft = scrolled[i] ?? 0; });
  if (focused) document.getElementById(focused)?.focus({ preventScroll: true });
}

/** Every so often, while somebody looks, and as long as the page says that something may change. */
function watch() {
  const every = Math.min(...parts().map(part => Number(part.dataset.live)).filter(Boolean));
  if (!Number.isFinite(every)) return;
  setTimeout(async () => {
    if (!document.hidden) await refresh();
    watch();
  }, every);
}

/** A run's events as they come; where no stream is offered the watch above is all there is. */
function follow() {
  const run = document.querySelector("[data-follow]");
  if (!run || typeof EventSource === "undefined") return;
  const source = new EventSource(run.dataset.follow);
  let soon = 0;
  const heard = () => {
    clearTimeout(soon);
    soon = setTimeout(refresh, 120);
  };
  source.onmessage = heard;
  source.addEventListener("event", heard);
  source.addEventListener("state", heard);
  source.addEventListener("end", () => { heard(); source.close(); });
  document.addEventListener("refreshed", () => { if (!document.querySelector("[data-follow]")) source.close(); });
}

watch();
follow();
document.addEventListener("visibilitychange", () => { if (!document.hidden && parts().some(part => Number(part.dataset.live))) refresh(); });
