// How does a photo reach the office from a weak signal? It is drawn smaller in the phone, to 1 MB or less, before it
// is sent; drawing also drops the place hidden in the file. What cannot be drawn here (HEIC) is sent as it is.

const ENOUGH_BYTES = 1_000_000;
const LONGEST_SIDE = 2000;
const QUALITIES = [0.85, 0.75, 0.6, 0.45];

async function smaller(file) {
  if (!file.type.startsWith("image/") || file.type === "image/svg+xml") return file;
  try {
    const picture = await createImageBitmap(file, { imageOrientation: "from-image" });
    const scale = Math.min(1, LONGEST_SIDE / Math.max(picture.width, picture.height));
    const canvas = document.createElement("canvas");
    canvas.width = Math.round(picture.width * scale);
    canvas.height = Math.round(picture.height * scale);
    const pen = canvas.getContext("2d");
    // JPEG has no transparency; without this a scanned page with alpha turns black.
    pen.fillStyle = "#fff";
    pen.fillRect(0, 0, canvas.width, canvas.height);
    pen.drawImage(picture, 0, 0, canvas.width, canvas.height);
    picture.close();
    for (const quality of QUALITIES) {
      const blob = await new Promise((done) => canvas.toBlob(done, "image/jpeg", quality));
      if (!blob) return file;
      if (blob.size <= ENOUGH_BYTES) {
        return new File([blob], file.name.replace(/\.\w+$/, "") + ".jpg", { type: "image/jpeg" });
      }
    }
  } catch {
    // The original is better than none; the server shrinks it too.
  }
  return file;
}

function watch(input) {
  let working = null;
  const status = input.closest(".field")?.querySelector("[data-shrink-status]");
  const said = (files) => files.map((file) => `${file.name} · ${Math.max(1, Math.round(file.size / 1000))} kB`).join(", ");

  input.addEventListener("change", () => {
    const chosen = [...input.files];
    if (!chosen.length) return;
    working = Promise.all(chosen.map(smaller))
      .then((files) => {
        const carrier = new DataTransfer();
        files.forEach((file) => carrier.items.add(file));
        input.files = carrier.files;
        if (status) status.textContent = said(files);
      })
      .catch(() => {}) // the chosen originals are still in the input
      .finally(() => (working = null));
  });
  // Before the double-submit guard hears of it: a submit that came too early is held and repeated once.
  input.form?.addEventListener("submit", (event) => {
    if (!working) return;
    event.preventDefault();
    event.stopPropagation();
    working.then(() => event.target.requestSubmit(event.submitter ?? undefined));
  });
}

document.querySelectorAll("input[type=file][data-shrink]").forEach(watch);
