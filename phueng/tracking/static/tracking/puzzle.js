// Does this browser want the try enough to compute for it? It looks for a number whose SHA-256 with the challenge
// begins with enough zero bits, then sends the form. Without this script the page says how long to wait.

const form = document.querySelector("[data-puzzle]");
const encoder = new TextEncoder();

async function zeroBits(text) {
  const digest = new DataView(await crypto.subtle.digest("SHA-256", encoder.encode(text)));
  return Math.clz32(digest.getUint32(0));
}

async function solve() {
  const { challenge, solution } = form.elements;
  for (let number = 0; ; number += 1) {
    if ((await zeroBits(`${challenge.value} ${number}`)) >= Number(form.dataset.puzzle)) {
      solution.value = String(number);
      form.requestSubmit();
      return;
    }
  }
}

// Browsers offer this only on secure pages; elsewhere waiting works as it does without JavaScript.
if (form && globalThis.crypto?.subtle) solve();
