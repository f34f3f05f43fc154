/** A piece of a line and how it stands out. */
export interface Styled {
  readonly style?: "strong" | "faint";
  readonly text: string;
}

const cell = { width: 8.4, height: 19 };
const margin = 16;

/** Lines of a terminal `columns` wide as an SVG picture, light on dark, readable in both themes of a page. Lines must fit the columns. */
export function terminalPicture(lines: readonly (readonly Styled[])[], columns: number): string {
  const [width, height] = [columns * cell.width + 2 * margin, lines.length * cell.height + 2 * margin];
  const rows = lines.map((line, index) => {
    const y = margin + (index + 0.75) * cell.height;
    return `<text x="${margin}" y="${y.toFixed(1)}" xml:space="preserve">${line.map(span).join("")}</text>`;
  });
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width.toFixed(0)} ${height.toFixed(0)}" width="${width.toFixed(0)}" role="img">`,
    "<style>text { font: 14px ui-monospace, 'DejaVu Sans Mono', Menlo, Consolas, monospace; fill: #d8dee9; white-space: pre } .strong { font-weight: bold; fill: #fff } .faint { fill: #8b98a9 }</style>",
    `<rect width="100%" height="100%" rx="8" fill="#1b2130"/>`,
    ...rows,
    "</svg>\n",
  ].join("\n");
}

function span({ style, text }: Styled): string {
  const escaped = text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
  return style === undefined ? `<tspan>${escaped}</tspan>` : `<tspan class="${style}">${escaped}</tspan>`;
}
