// Narrows the list while one types; without this script the form asks the server.
import "./live.js";

const form = document.getElementById("narrow");
const words = form.elements.q;

function narrow() {
  const wanted = words.value.toLowerCase().split(/\s+/).filter(Boolean);
  let shown = 0;
  for (const body of document.querySelectorAll("#assets tbody")) {
    let some = false;
    for (const row of body.querySelectorAll("tr[data-text]")) {
      const text = row.dataset.text.toLowerCase();
      row.hidden = !wanted.every(word => text.includes(word));
      if (!row.hidden) { some = true; shown++; }
    }
    body.hidden = !some;
  }
  document.getElementById("shown").textContent = `${shown} shown`;
}

let soon = 0;
words.addEventListener("input", () => { cancelAnimationFrame(soon); soon = requestAnimationFrame(narrow); });
form.addEventListener("submit", event => { event.preventDefault(); narrow(); });
document.addEventListener("refreshed", narrow);
document.addEventListener("keydown", event => {
  if (event.key === "/" && !event.target.closest("input, textarea, select")) { event.preventDefault(); words.focus(); }
});
narrow();
