// How does an answer survive a closed tab? The form is sent to its data-autosave address on every change and on
// leaving; keepalive lets the last one finish after the page is gone. Valid or not, the server keeps what was typed.

const KEEPALIVE_LIMIT_BYTES = 60_000;

function typedIn(form) {
  const body = new URLSearchParams();
  for (const [name, value] of new FormData(form)) {
    if (typeof value === "string") body.append(name, value);
  }
  return body;
}

function watch(form) {
  const status = form.querySelector("[data-autosave-status]") ?? document.querySelector("[data-autosave-status]");
  let changed = false;
  let submitted = false;
  let sending = Promise.resolve();

  async function send() {
    if (!changed || submitted) return;
    changed = false;
    const body = typedIn(form);
    try {
      const answer = await fetch(form.dataset.autosave, {
        method: "POST",
        body,
        credentials: "same-origin",
        headers: { "X-Autosave": "1" },
        keepalive: body.toString().length < KEEPALIVE_LIMIT_BYTES,
      });
      if (!answer.ok) throw new Error(String(answer.status));
      if (status) status.textContent = status.dataset.saved ?? "✓";
    } catch {
      // Tried again at the next change or on leaving; the submit itself carries everything anyway.
      changed = true;
      if (status) status.textContent = status.dataset.unsaved ?? "";
    }
  }
  // One after the other: an older answer that overtakes a newer one would bring back what was corrected.
  const queue = () => (sending = sending.then(send));

  form.addEventListener("input", () => (changed = true));
  form.addEventListener("change", () => {
    changed = true;
    queue();
  });
  form.addEventListener("submit", () => (submitted = true));
  window.addEventListener("pageshow", () => (submitted = false));
  window.addEventListener("pagehide", send);
  document.addEventListener("visibilitychange", () => document.visibilityState === "hidden" && send());
}

document.querySelectorAll("form[data-autosave]").forEach(watch);
