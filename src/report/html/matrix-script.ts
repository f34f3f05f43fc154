/**
 * Draws every `[data-matrix]` of the page from its packed data, and reads a cell to whoever points at it or walks there with the arrow keys.
 * Plain JavaScript for the browser: no imports, no network. A page that puts new matrices in dispatches `allele:changed` on the document.
 */
export const matrixScript = String.raw`(() => {
  "use strict";
  // A page that is kept up to date replaces its matrices: what is drawn again is only what is still there.
  const drawn = new Map();
  const start = (root) => {
    if (root.dataset.started) return;
    root.dataset.started = "yes";
    const data = JSON.parse(root.querySelector("script").textContent);
    const bytes = Uint8Array.from(atob(data.cells), (character) => character.charCodeAt(0));
    const canvas = root.querySelector("[data-matrix-canvas]");
    const view = canvas.parentElement;
    const mark = root.querySelector("[data-matrix-mark]");
    const output = root.querySelector("[data-matrix-cell]");
    const filter = root.querySelector("[data-matrix-filter]");
    const winners = new Set(data.winners);
    let rows = [];
    let at = { row: 0, column: 0 };
    let cell = { width: 6, height: 6 };
    let shown = false;

    const byteAt = (task, candidate) => bytes[candidate * data.tasks.length + task];
    const words = (byte) => byte === 255 ? "not measured" : byte === 254 ? "failed outside" : "score " + (byte / 200).toFixed(2);

    const choose = () => {
      const [kind, value] = filter.value.split(":");
      rows = data.tasks.map((_, index) => index).filter((index) =>
        kind === "" || (kind === "split" ? data.splits[index] === value : data.marks[index].includes(value)));
      at = { row: 0, column: 0 };
      shown = false;
      output.textContent = rows.length === 0 ? "No such task." : rows.length + " tasks. Point at a cell, or walk with the arrow keys.";
      draw();
    };

    // The cell that is read has a frame of its own above the picture: 150,000 cells are not drawn anew for each move of the pointer.
    const place = () => {
      mark.hidden = !shown || rows.length === 0;
      Object.assign(mark.style, {
        left: at.column * cell.width + "px",
        top: at.row * cell.height + "px",
        width: cell.width + "px",
        height: cell.height + "px",
      });
    };

    const draw = () => {
      const style = getComputedStyle(root);
      const color = (name) => style.getPropertyValue(name).trim();
      const ratio = window.devicePixelRatio || 1;
      const room = view.clientWidth - 2;
      cell = {
        width: Math.max(4, Math.min(48, Math.floor(room / data.candidates))),
        height: Math.max(4, Math.min(14, Math.floor(1200 / Math.max(1, rows.length)))),
      };
      const width = cell.width * data.candidates;
      const height = Math.max(1, cell.height * rows.length);
      canvas.width = Math.round(width * ratio);
      canvas.height = Math.round(height * ratio);
      canvas.style.width = width + "px";
      canvas.style.height = height + "px";
      const pen = canvas.getContext("2d");
      pen.scale(ratio, ratio);
      const gap = cell.width > 5 && cell.height > 5 ? 1 : 0;
      const low = color("--cell-low").match(/\d+/g).map(Number);
      const high = color("--cell-high").match(/\d+/g).map(Number);
      const shades = Array.from({ length: 201 }, (_, step) => {
        const mix = low.map((from, index) => Math.round(from + (high[index] - from) * (step / 200)));
        return "rgb(" + mix.join(",") + ")";
      });
      rows.forEach((task, row) => {
        for (let column = 0; column < data.candidates; column++) {
          const byte = byteAt(task, column);
          if (byte === 255) continue;
          const [x, y, w, h] = [column * cell.width, row * cell.height, cell.width - gap, cell.height - gap];
          if (byte === 254) {
            pen.strokeStyle = color("--loss");
            pen.beginPath();
            pen.moveTo(x, y);
            pen.lineTo(x + w, y + h);
            pen.moveTo(x + w, y);
            pen.lineTo(x, y + h);
            pen.stroke();
            continue;
          }
          pen.fillStyle = shades[byte];
          pen.fillRect(x, y, w, h);
        }
      });
      place();
    };

    const read = (row, column) => {
      if (rows.length === 0) return;
      const next = { row: Math.max(0, Math.min(rows.length - 1, row)), column: Math.max(0, Math.min(data.candidates - 1, column)) };
      if (shown && next.row === at.row && next.column === at.column) return;
      at = next;
      shown = true;
      const task = rows[at.row];
      const marks = data.marks[task].length === 0 ? "" : ", " + data.marks[task].join(", ");
      const name = at.column === 0 ? "seed" : "candidate #" + at.column;
      output.textContent = data.tasks[task] + " (" + data.splits[task] + marks + "), " + name + (winners.has(at.column) ? " (winner)" : "") + ": " + words(byteAt(task, at.column));
      place();
    };

    const steps = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1], PageUp: [-20, 0], PageDown: [20, 0] };
    canvas.addEventListener("keydown", (event) => {
      const step = event.key === "Home" ? [0, -at.column] : event.key === "End" ? [0, data.candidates] : steps[event.key];
      if (step === undefined) return;
      event.preventDefault();
      read(at.row + (shown ? step[0] : 0), at.column + (shown ? step[1] : 0));
      const [x, y] = [at.column * cell.width, at.row * cell.height];
      if (y < view.scrollTop || y + cell.height > view.scrollTop + view.clientHeight) view.scrollTop = y - view.clientHeight / 2;
      if (x < view.scrollLeft || x + cell.width > view.scrollLeft + view.clientWidth) view.scrollLeft = x - view.clientWidth / 2;
    });
    let waiting;
    canvas.addEventListener("pointermove", (event) => {
      const pointed = [Math.floor(event.offsetY / cell.height), Math.floor(event.offsetX / cell.width)];
      if (waiting === undefined) requestAnimationFrame(() => {
        read(...waiting);
        waiting = undefined;
      });
      waiting = pointed;
    });
    filter.addEventListener("change", choose);
    drawn.set(root, draw);
    choose();
  };
  const startAll = () => {
    for (const root of [...drawn.keys()]) if (!root.isConnected) drawn.delete(root);
    document.querySelectorAll("[data-matrix]").forEach(start);
  };
  const drawAll = () => drawn.forEach((draw) => draw());
  addEventListener("resize", drawAll);
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", drawAll);
  document.addEventListener("allele:changed", startAll);
  startAll();
})();`;
