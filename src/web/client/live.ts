/** How long to wait before a lost connection is tried again, in milliseconds: doubled each time, up to the most. */
const [shortest, longest] = [500, 8000];

/** Keeps the page's fragments as the dashboard has them. A page that nobody sees lets go: browsers bear few connections. */
export function followLive(): void {
  const address = document.body.dataset["live"];
  if (address === undefined) return;
  let source: EventSource | undefined;
  let wait = shortest;
  let retry = 0;

  const disconnect = (): void => {
    clearTimeout(retry);
    source?.close();
    source = undefined;
  };
  const connect = (): void => {
    disconnect();
    const shown = [...document.querySelectorAll<HTMLElement>("[data-fragment]")];
    const have = shown.map((element) => `${element.id}:${element.dataset["fragment"] ?? ""}`).join(",");
    source = new EventSource(`${address}${address.includes("?") ? "&" : "?"}have=${encodeURIComponent(have)}`);
    source.addEventListener("open", () => {
      wait = shortest;
      tell("");
    });
    source.addEventListener("message", (event: MessageEvent<string>) => take(event.data));
    source.addEventListener("error", () => {
      disconnect();
      tell("The connection is lost; trying again.");
      retry = window.setTimeout(connect, wait);
      wait = Math.min(longest, wait * 2);
    });
  };

  document.addEventListener("visibilitychange", () => {
    if (document.hidden) disconnect();
    else if (source === undefined) connect();
  });
  // A page that comes back from the browser's memory has lost its connection; one that goes there must let go of it.
  addEventListener("pagehide", disconnect);
  addEventListener("pageshow", (event) => {
    if (event.persisted) connect();
  });
  if (!document.hidden) connect();
}

/** The first line names the fragment and its digest; what follows is its content. */
function take(data: string): void {
  const end = data.indexOf("\n");
  const [id = "", digest = ""] = data.slice(0, end).split(":");
  const element = document.getElementById(id);
  if (element === null || element.dataset["fragment"] === digest) return;
  const keep = remember(element);
  element.innerHTML = data.slice(end + 1);
  element.dataset["fragment"] = digest;
  keep();
  document.dispatchEvent(new CustomEvent("allele:changed"));
}

/** What the reader did to a fragment, to be done to its new content: what is unfolded, where things are scrolled to, what has the focus. */
function remember(element: HTMLElement): () => void {
  const open = [...element.querySelectorAll("details")].map((details) => details.open);
  const scrolled = [...element.querySelectorAll(".scroll, .matrix-view")].map(({ scrollLeft, scrollTop }) => ({
    scrollLeft,
    scrollTop,
  }));
  const focusable = "a, button, input, select, textarea, summary, [tabindex]";
  const focused = [...element.querySelectorAll<HTMLElement>(focusable)].indexOf(document.activeElement as HTMLElement);
  return () => {
    for (const [index, details] of [...element.querySelectorAll("details")].entries())
      details.open = open[index] ?? details.open;
    for (const [index, box] of [...element.querySelectorAll(".scroll, .matrix-view")].entries())
      Object.assign(box, scrolled[index]);
    if (focused !== -1) element.querySelectorAll<HTMLElement>(focusable)[focused]?.focus({ preventScroll: true });
  };
}

function tell(text: string): void {
  const place = document.getElementById("connection");
  if (place !== null) place.textContent = text;
  document.body.classList.toggle("lost", text !== "");
}
