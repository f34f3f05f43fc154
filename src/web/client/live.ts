import { followSight } from "./sight.ts";
import { put, shownDigest } from "./put.ts";

/** How long to wait before a lost connection is tried again, in milliseconds: doubled each time, up to the most. */
const [shortest, longest] = [500, 8000];

/**
 * Keeps the page's fragments as the dashboard has them. Large ones are only named when they change, and asked for when they are seen or nothing
 * else happens. A page that nobody sees lets go: browsers bear few connections.
 */
export function followLive(): void {
  const address = document.body.dataset["live"];
  if (address === undefined) return;
  const withQuery = (name: string, value: string): string =>
    `${address}${address.includes("?") ? "&" : "?"}${name}=${encodeURIComponent(value)}`;
  const ask = async (id: string): Promise<void> => {
    const response = await fetch(withQuery("fragment", id));
    if (response.ok) take(await response.text());
  };
  const sight = followSight(ask);
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
    const have = shown.map((element) => `${element.id}:${shownDigest(element)}`).join(",");
    source = new EventSource(withQuery("have", have));
    source.addEventListener("open", () => {
      wait = shortest;
      tell("");
    });
    source.addEventListener("message", (event: MessageEvent<string>) => take(event.data));
    source.addEventListener("changed", (event: MessageEvent<string>) => sight.changed(event.data.split(":")[0] ?? ""));
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
  if (element !== null && shownDigest(element) !== digest) put(element, digest, data.slice(end + 1));
}

function tell(text: string): void {
  const place = document.getElementById("connection");
  if (place !== null) place.textContent = text;
  document.body.classList.toggle("lost", text !== "");
}
