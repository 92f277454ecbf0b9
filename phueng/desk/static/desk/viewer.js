// How does an officer look at a photo without leaving the case? Beside the form, turned upright, one key to the next.

const viewer = document.querySelector("[data-viewer]");
const links = [...document.querySelectorAll("[data-viewer-open]")];

if (viewer && links.length) {
  const image = viewer.querySelector("[data-viewer-image]");
  const caption = viewer.querySelector("[data-viewer-caption]");
  let now = 0;
  let turns = 0;

  const turned = () => {
    image.className = `is-turned-${turns}`;
  };

  const show = (number) => {
    now = (number + links.length) % links.length;
    turns = 0;
    turned();
    image.src = links[now].href;
    image.alt = links[now].querySelector("img").alt;
    caption.textContent = `${image.alt} (${now + 1}/${links.length})`;
    viewer.hidden = false;
  };

  const close = () => {
    viewer.hidden = true;
    links[now].focus();
  };

  links.forEach((link, number) =>
    link.addEventListener("click", (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      show(number);
      viewer.focus({ preventScroll: true });
      viewer.scrollIntoView({ block: "nearest" });
    }),
  );
  viewer.querySelectorAll("[data-viewer-step]").forEach((button) =>
    button.addEventListener("click", () => show(now + Number(button.dataset.viewerStep))),
  );
  viewer.querySelector("[data-viewer-turn]").addEventListener("click", () => {
    turns = (turns + 1) % 4;
    turned();
  });
  viewer.querySelector("[data-viewer-close]").addEventListener("click", close);
  viewer.addEventListener("keydown", (event) => {
    if (event.key === "Escape") close();
    else if (event.key === "ArrowRight") show(now + 1);
    else if (event.key === "ArrowLeft") show(now - 1);
    else return;
    event.preventDefault();
  });
}
