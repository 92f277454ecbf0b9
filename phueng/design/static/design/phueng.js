// What makes pages kinder when JavaScript is there? Nothing here is needed: every page works without it.
// The rest is fetched only by pages that carry the attribute, so that a phone on 3G does not pay for it.

const LOST_AFTER_MS = 20_000;

function guardAgainstDoubleSubmit() {
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.method !== "post" || "allowRepeat" in form.dataset || event.defaultPrevented) return;
    if (form.getAttribute("aria-busy") === "true") {
      event.preventDefault();
      return;
    }
    // The button stays enabled: its name and value must travel, and a lost answer must not lock the page.
    form.setAttribute("aria-busy", "true");
    setTimeout(() => form.removeAttribute("aria-busy"), LOST_AFTER_MS);
  });
  // Coming back with the Back button shows the page as it was left, busy mark included.
  window.addEventListener("pageshow", () => {
    document.querySelectorAll("form[aria-busy]").forEach((form) => form.removeAttribute("aria-busy"));
  });
}

function focusErrors() {
  const summary = document.querySelector("[data-focus-first]");
  if (!summary) return;
  summary.focus();
  summary.addEventListener("click", (event) => {
    const link = event.target.closest("a[href^='#']");
    const input = link && document.getElementById(link.hash.slice(1));
    if (!input) return;
    event.preventDefault();
    // The question must be seen, not only the box below it.
    (input.closest(".field") ?? input).scrollIntoView({ block: "start" });
    input.focus({ preventScroll: true });
  });
}

function smallConveniences() {
  document.addEventListener("click", async (event) => {
    if (event.target.closest("[data-print]")) window.print();
    const copy = event.target.closest("[data-copy]");
    if (copy) await navigator.clipboard?.writeText(copy.dataset.copy).catch(() => {});
  });
}

guardAgainstDoubleSubmit();
focusErrors();
smallConveniences();
if (document.querySelector("form[data-autosave]")) import("./autosave.js");
if (document.querySelector("[data-live]")) import("./live.js");
if (document.querySelector("input[type=file][data-shrink]")) import("./shrink.js");
if (document.querySelector("[data-keys-dialog]")) import("./keyboard.js");
