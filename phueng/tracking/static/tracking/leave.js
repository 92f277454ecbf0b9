// How does somebody leave this page at once? The link works without JavaScript; with it the page also leaves the
// browser's history, and pressing Shift three times does the same as the link.

const THREE_TIMES_WITHIN_MS = 2000;
const link = document.querySelector("[data-leave]");

function leave(event) {
  event?.preventDefault();
  document.body.hidden = true;
  location.replace(link.href);
}

if (link) {
  let pressed = [];
  link.addEventListener("click", leave);
  document.addEventListener("keydown", (event) => {
    if (event.repeat) return;
    const at = performance.now();
    pressed = event.key === "Shift" ? [...pressed.filter((one) => at - one < THREE_TIMES_WITHIN_MS), at] : [];
    if (pressed.length === 3) leave();
  });
}
