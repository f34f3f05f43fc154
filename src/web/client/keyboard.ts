/** In tables whose rows have links, the arrow keys go from row to row. */
export function walkLists(): void {
  document.addEventListener("keydown", (event) => {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
    const link = step === 0 ? null : (event.target as Element | null)?.closest("tbody th a");
    const rows = [...(link?.closest("tbody")?.querySelectorAll<HTMLElement>("th a") ?? [])];
    const next = link === null || link === undefined ? undefined : rows[rows.indexOf(link as HTMLElement) + step];
    if (next === undefined) return;
    event.preventDefault();
    next.focus();
  });
}
