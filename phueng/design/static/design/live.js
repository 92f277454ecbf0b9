// How does a page change by itself while open? It asks again with the ETag of what it shows (304 costs nothing);
// when the page names an event stream, each event makes it ask at once. Without a stream polling goes on alone.

const SLOWEST_MS = 60_000;

class LiveRegion {
  constructor(element) {
    this.element = element;
    this.region = element.querySelector("[data-live-region]");
    this.offline = element.querySelector("[data-live-offline]");
    this.said = element.querySelector("[data-live-said]");
    this.every = Number(element.dataset.liveEvery || 10) * 1000;
    this.wait = this.every;
    this.etag = null;
    this.asking = false;
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
    // Nobody looks at a hidden page; becoming visible asks at once.
    if (document.hidden || this.asking) return this.plan();
    this.asking = true;
    try {
      const headers = { "X-Live": "1", ...(this.etag && { "If-None-Match": this.etag }) };
      const answer = await fetch(this.element.dataset.live, { headers, credentials: "same-origin", cache: "no-store" });
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
      this.plan();
    }
  }

  show(html, etag) {
    const isFirst = this.etag === null;
    this.etag = etag ?? "";
    if (html.trim() === this.region.innerHTML.trim()) return;
    // What is being typed or read with the keyboard is not pulled away; the next turn shows it.
    if (this.region.contains(document.activeElement) && document.activeElement.matches("input, select, textarea")) {
      this.etag = null;
      return;
    }
    const focused = this.region.contains(document.activeElement) ? document.activeElement.id : "";
    this.region.innerHTML = html;
    if (focused) document.getElementById(focused)?.focus();
    if (isFirst) return;
    this.region.classList.remove("is-fresh");
    void this.region.offsetWidth;
    this.region.classList.add("is-fresh");
    this.said.textContent = "";
    setTimeout(() => (this.said.textContent = this.said.dataset.words), 100);
  }

  listen(address) {
    if (!address || !window.EventSource) return;
    this.stream?.close();
    this.stream = new EventSource(address);
    this.stream.onmessage = () => this.ask();
  }
}

document.querySelectorAll("[data-live]").forEach((element) => new LiveRegion(element));
