// Where does the visitor stand? The phone knows, when asked and allowed; typing it works as well.

const button = document.querySelector("[data-place-ask]");
const said = document.querySelector("[data-place-said]");

const fill = (name, value) => {
  document.querySelector(`[data-place-form] [name="${name}"]`).value = value;
};

if (button && "geolocation" in navigator) {
  button.hidden = false;
  button.addEventListener("click", () => {
    said.textContent = said.dataset.asking;
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        fill("latitude", coords.latitude.toFixed(6));
        fill("longitude", coords.longitude.toFixed(6));
        fill("accuracy", Math.round(coords.accuracy));
        said.textContent = said.dataset.found.replace("{n}", Math.round(coords.accuracy));
      },
      () => {
        said.textContent = said.dataset.refused;
      },
      { enableHighAccuracy: true, timeout: 20_000, maximumAge: 0 },
    );
  });
}
