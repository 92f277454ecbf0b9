// How does a page change by itself while open? It asks again with the ETag of what it shows (304 costs nothing);
// when the page names an event stream, each event makes it ask at once. Without a stream polling goes on alone.

const SLOWEST_MS = 60_000;

function wasChanged(input) {
  if (input.type === "checkbox" || input.type === "radio") return input.checked !== input.defaultChecked;
  if (input.options) return [...input.options].some((option) => option.selected !== option.defaultSelected);
  return input.value !== input.defaultValue;
}

class LiveRegion {
  constructor(element) {
    this.element = element;
    this.region = element.querySelector("[data-live-region]");
    this.offline = element.querySelector("[data-live-offline]");
    this.said = element.querySelector("[data-live-said]");
    this.every = Number(element.dataset.liveEvery || 10) * 1000;
    this.wait = this.every;
    this.etag = element.dataset.liveEtag || null;
    this.asking = false;
    // What a reader opened or closed by hand stays so; the rest follows the page.
    this.opened = new Map();
    this.region.addEventListener("click", (event) => {
      const details = event.target.closest("summary")?.parentElement;
      if (details?.id) this.opened.set(details.id, !details.open);
    });
    this.listen(element.dataset.events);
    this.plan();
    document.addEventListener("visibilitychange", () => document.hidden || this.ask());
    window.addEventListener("online", () => this.ask());
  }

  plan() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.ask(), this.wait);
  }

  async ask() {
    if (this.isOver) return;
    // Nobody looks at a hidden page; becoming visible asks at once.
    if (document.hidden || this.asking) return this.plan();
    this.asking = true;
    try {
      const headers = { "X-Live": "1", ...(this.etag && { "If-None-Match": this.etag }) };
      const answer = await fetch(this.element.dataset.live, { headers, credentials: "same-origin", cache: "no-store" });
      // The server says when nothing more will change; what could not be shown yet is asked for once more all the same.
      this.isOver = answer.headers.get("X-Live") === "over";
      if (answer.status === 200 && !answer.redirected) this.show(await answer.text(), answer.headers.get("ETag"));
      else if (answer.status !== 304) throw new Error(String(answer.status));
      if (this.stream?.readyState === EventSource.CLOSED) this.listen(answer.headers.get("X-Events"));
      this.wait = this.every;
      this.offline.hidden = true;
    } catch {
      // Asking a struggling server more often makes it worse.
      this.wait = Math.min(this.wait * 2, SLOWEST_MS);
      this.offline.hidden = false;
    } finally {
      this.asking = false;
      if (!this.isOver) this.plan();
    }
  }

  show(html, etag) {
    const isFirst = this.etag === null;
    this.etag = etag ?? "";
    if (html.trim() === this.region.innerHTML.trim()) return;
    // What is being typed or read with the keyboard is not pulled away; the next turn shows it.
    if (this.region.contains(document.activeElement) && document.activeElement.matches("input, select, textarea")) {
      this.etag = "";
      this.isOver = false;
      return;
    }
    this.replace(html);
    if (isFirst) return;
    this.region.classList.remove("is-fresh");
    void this.region.offsetWidth;
    this.region.classList.add("is-fresh");
    this.said.textContent = "";
    setTimeout(() => (this.said.textContent = this.said.dataset.words), 100);
  }

  replace(html) {
    const focused = this.region.contains(document.activeElement) ? document.activeElement.id : "";
    const typed = [...this.region.querySelectorAll("input[id], textarea[id], select[id]")].filter(wasChanged);
    this.region.innerHTML = html;
    for (const [id, isOpen] of this.opened) {
      const details = this.region.querySelector(`#${CSS.escape(id)}`);
      if (details) details.open = isOpen;
    }
    for (const before of typed) {
      const now = this.region.querySelector(`#${CSS.escape(before.id)}`);
      if (!now || now.type !== before.type) continue;
      now.value = before.value;
      if ("checked" in before) now.checked = before.checked;
    }
    if (focused) document.getElementById(focused)?.focus({ preventScroll: true });
  }

  listen(address) {
    if (!address || !window.EventSource) return;
    this.stream?.close();
    this.stream = new EventSource(address);
    this.stream.onmessage = () => this.ask();
  }
}

document.querySelectorAll("[data-live]").forEach((element) => new LiveRegion(element));
