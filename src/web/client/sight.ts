/** Parts that come so near to what is seen are kept up to date. */
const near = "600px 0px";
/** After so many milliseconds without news the parts out of sight are brought up to date too, for searching, printing and reading aloud. */
const quiet = 1500;

/** Decides when a fragment that has changed is asked for. */
export interface Sight {
  /** To be called when a fragment has changed. */
  readonly changed: (id: string) => void;
}

/** `ask` brings a fragment up to date. What changes while it is asked for is asked for again. */
export function followSight(ask: (id: string) => Promise<void>): Sight {
  const seen = new Set<string>();
  const waiting = new Set<string>();
  const asking = new Set<string>();
  let calm = 0;

  const bring = async (id: string): Promise<void> => {
    if (!waiting.has(id) || asking.has(id)) return;
    waiting.delete(id);
    asking.add(id);
    try {
      await ask(id);
    } catch {
      // The connection is lost; when it is back, whatever is not shown is told again.
    } finally {
      asking.delete(id);
    }
    if (seen.has(id)) void bring(id);
  };
  const bringAll = async (): Promise<void> => {
    for (const id of waiting) await bring(id);
  };
  const observer = new IntersectionObserver(
    (entries) => {
      for (const { target, isIntersecting } of entries) {
        if (isIntersecting) seen.add(target.id);
        else seen.delete(target.id);
        if (isIntersecting) void bring(target.id);
      }
    },
    { rootMargin: near },
  );
  for (const element of document.querySelectorAll("[data-fragment]")) observer.observe(element);

  return {
    changed: (id) => {
      waiting.add(id);
      if (seen.has(id)) void bring(id);
      clearTimeout(calm);
      calm = window.setTimeout(() => void bringAll(), quiet);
    },
  };
}
