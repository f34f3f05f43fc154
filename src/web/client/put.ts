/** What stands between these marks is folded away, and put in when it is unfolded. */
const marks = /<!--\/?folded-->/;
const folded = new WeakMap<HTMLDetailsElement, string>();

export function shownDigest(element: HTMLElement): string {
  return element.dataset["fragment"] ?? "";
}

/** Gives a fragment new content, and does to it what the reader had done to the old. */
export function put(element: HTMLElement, digest: string, markup: string): void {
  const keep = remember(element);
  // Every other piece is folded away.
  const pieces = markup.split(marks);
  element.innerHTML = pieces.filter((_, index) => index % 2 === 0).join("");
  element.dataset["fragment"] = digest;
  for (const [index, details] of element.querySelectorAll<HTMLDetailsElement>("details.folded").entries())
    folded.set(details, pieces[2 * index + 1] ?? "");
  keep();
  document.dispatchEvent(new CustomEvent("allele:changed"));
}

/** Long tables are put in when somebody wants to see them. */
export function unfoldWhenOpened(): void {
  // It does not bubble.
  document.addEventListener("toggle", (event) => unfold(event.target as HTMLDetailsElement), { capture: true });
}

function unfold(details: HTMLDetailsElement): void {
  const markup = folded.get(details);
  if (markup === undefined || !details.open) return;
  folded.delete(details);
  details.insertAdjacentHTML("beforeend", markup);
}

/**
 * What the reader did to a fragment, to be done to its new content: what is unfolded, chosen and scrolled to, and what has the focus. Things are
 * the same when they are the same in number, as far as they are not folded away.
 */
function remember(element: HTMLElement): () => void {
  const things = <Found extends Element>(selector: string): readonly Found[] =>
    [...element.querySelectorAll<Found>(selector)].filter(
      (found) => found.matches("summary") || found.closest("details.folded:not([open])") === null,
    );
  const boxes = ".scroll, .matrix-view";
  const focusable = "a, button, input, select, textarea, summary, [tabindex]";
  const open = [...element.querySelectorAll("details")].map((details) => details.open);
  const scrolled = things(boxes).map(({ scrollLeft, scrollTop }) => ({ scrollLeft, scrollTop }));
  const chosen = things<HTMLSelectElement>("select").map(({ value }) => value);
  const focused = things<HTMLElement>(focusable).indexOf(document.activeElement as HTMLElement);
  return () => {
    for (const [index, details] of [...element.querySelectorAll("details")].entries()) {
      details.open = open[index] ?? details.open;
      unfold(details);
    }
    for (const [index, select] of things<HTMLSelectElement>("select").entries())
      select.value = chosen[index] ?? select.value;
    for (const [index, box] of things(boxes).entries()) Object.assign(box, scrolled[index]);
    if (focused !== -1) things<HTMLElement>(focusable)[focused]?.focus({ preventScroll: true });
  };
}
