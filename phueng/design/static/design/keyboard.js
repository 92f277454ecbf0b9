// Which keys save an officer the way to the mouse? J, K, Enter in a list, the letter shown on a button, ? for help.
// All can be switched off (WCAG 2.1.4): voice control and unsteady hands press letters without meaning to.

const OFF = "phueng.keys.off";
const dialog = document.querySelector("[data-keys-dialog]");
const opener = document.querySelector("[data-keys-open]");
const switchOff = document.querySelector("[data-keys-off]");

function remembered() {
  try {
    return localStorage.getItem(OFF) === "1";
  } catch {
    return false;
  }
}

function remember(isOff) {
  try {
    localStorage.setItem(OFF, isOff ? "1" : "0");
  } catch {
    // A browser that keeps nothing still obeys until the page is left.
  }
}

const rows = () => [...document.querySelectorAll("[data-keys-list] [data-keys-row]")];

function step(by) {
  const all = rows();
  if (!all.length) return;
  const now = all.findIndex((row) => row.classList.contains("is-chosen"));
  const next = all[Math.max(0, Math.min(all.length - 1, now < 0 ? 0 : now + by))];
  all.forEach((row) => row.classList.toggle("is-chosen", row === next));
  next.scrollIntoView({ block: "nearest" });
  // Focus follows, so that Enter, a screen reader and the eye are on the same line.
  next.querySelector("a, button")?.focus({ preventScroll: true });
}

function isTyping(target) {
  return target.closest("input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable], dialog[open]");
}

function press(event) {
  if (switchOff.checked || event.ctrlKey || event.metaKey || event.altKey || event.repeat || isTyping(event.target)) return;
  const key = event.key.toLowerCase();
  const marked = document.querySelector(`[data-key="${CSS.escape(key)}"]`);
  if (key === "j") step(1);
  else if (key === "k") step(-1);
  else if (key === "?") dialog.showModal();
  else if (marked) marked.click();
  else return;
  event.preventDefault();
}

switchOff.checked = remembered();
switchOff.addEventListener("change", () => remember(switchOff.checked));
if (opener) opener.hidden = false;
opener?.addEventListener("click", () => dialog.showModal());
document.addEventListener("keydown", press);
