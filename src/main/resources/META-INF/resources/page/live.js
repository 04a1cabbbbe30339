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

/** A run's events as they come: whatever comes is a reason to look. Where it is cut off the watch above goes on. */
async function follow() {
  const run = document.querySelector("[data-follow]");
  if (!run) return;
  let soon = 0;
  try {
    const answer = await fetch(run.dataset.follow, { headers: { Accept: "text/event-stream" } });
    if (!answer.ok || !answer.headers.get("Content-Type")?.startsWith("text/event-stream")) return;
    const events = answer.body.getReader();
    addEventListener("pagehide", () => events.cancel());
    while (!(await events.read()).done) {
      clearTimeout(soon);
      soon = setTimeout(refresh, 120);
    }
    await refresh();
  } catch {
    // the watch goes on
  }
}

watch();
follow();
document.addEventListener("visibilitychange", () => { if (!document.hidden && parts().some(part => Number(part.dataset.live))) refresh(); });
