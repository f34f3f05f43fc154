import type { ScaleLinear } from "d3-scale";
import { html, type Html, type HtmlValue } from "../../base/index.ts";

/** The drawing area: everything inside the margins. Units of the view box, about CSS pixels on a wide page. */
export interface Frame {
  readonly width: number;
  readonly height: number;
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

const wideFrame: Frame = { width: 920, height: 340, left: 56, right: 40, top: 16, bottom: 48 };
const narrowFrame: Frame = { width: 360, height: 290, left: 46, right: 20, top: 16, bottom: 48 };

interface FigureParts {
  readonly id: string;
  readonly title: string;
  readonly description: string;
  readonly caption?: HtmlValue;
}

/** A drawing with its name and description for those who do not see it, and a caption for those who do. */
export function figure({
  frame,
  drawing,
  ...parts
}: FigureParts & { readonly frame: Pick<Frame, "width" | "height">; readonly drawing: HtmlValue }): Html {
  return figureOf(parts, picture(parts, parts.id, frame, "", drawing));
}

/** A chart drawn twice, for wide pages and for narrow ones, of which one is shown. `right` is the room at the right that it needs. */
export function chartFigure({
  right = 0,
  draw,
  ...parts
}: FigureParts & { readonly right?: number; readonly draw: (frame: Frame) => HtmlValue }): Html {
  const roomy = (frame: Frame): Frame => ({ ...frame, right: Math.max(frame.right, right) });
  const [wide, narrow] = [roomy(wideFrame), roomy(narrowFrame)];
  return figureOf(
    parts,
    html`${picture(parts, parts.id, wide, "wide", draw(wide))}
${picture(parts, `${parts.id}-narrow`, narrow, "narrow", draw(narrow))}`,
  );
}

function figureOf({ title, caption }: FigureParts, pictures: Html): Html {
  return html`<figure><div class="scroll" role="region" aria-label="${title}" tabindex="0">
${pictures}</div>${caption !== undefined && html`<figcaption>${caption}</figcaption>`}</figure>`;
}

function picture(
  { title, description }: FigureParts,
  id: string,
  { width, height }: Pick<Frame, "width" | "height">,
  kind: string,
  drawing: HtmlValue,
): Html {
  return html`<svg viewBox="0 0 ${width} ${height}" width="${width}" role="img" ${kind !== "" && html`class="${kind}" `}aria-labelledby="${id}-name ${id}-description">
<title id="${id}-name">${title}</title><desc id="${id}-description">${description}</desc>
${drawing}</svg>`;
}

type Linear = ScaleLinear<number, number>;

/** The axis below, with thin lines upwards. */
export function axisBelow(
  scale: Linear,
  { height, bottom, top, left, right, width }: Frame,
  label: string,
  format: (value: number) => string,
): Html {
  const y = height - bottom;
  const ticks = scale.ticks(Math.min(6, Math.round((width - left - right) / 70))).map((value) => {
    const x = round(scale(value));
    return html`<line class="grid" x1="${x}" x2="${x}" y1="${top}" y2="${y}"/><text class="tick" x="${x}" y="${y + 18}" text-anchor="middle">${format(value)}</text>`;
  });
  return html`<g>${ticks}<line class="axis" x1="${left}" x2="${width - right}" y1="${y}" y2="${y}"/>
<text class="axis-name" x="${(left + width - right) / 2}" y="${y + 38}" text-anchor="middle">${label}</text></g>`;
}

/** The axis at the left, with thin lines across. */
export function axisLeft(
  scale: Linear,
  { left, right, width, top }: Frame,
  label: string,
  format: (value: number) => string,
): Html {
  const ticks = scale.ticks(5).map((value) => {
    const y = round(scale(value));
    return html`<line class="grid" x1="${left}" x2="${width - right}" y1="${y}" y2="${y}"/><text class="tick" x="${left - 8}" y="${y + 4}" text-anchor="end">${format(value)}</text>`;
  });
  return html`<g>${ticks}<text class="axis-name" x="${4}" y="${top - 4}">${label}</text></g>`;
}

/** A vertical line from the low to the high end of an interval. */
export function whisker(x: number, low: number, high: number, kind: string): Html {
  return html`<line class="${kind}" x1="${round(x)}" x2="${round(x)}" y1="${round(low)}" y2="${round(high)}"/>`;
}

/** Coordinates need no more than a tenth of a pixel. */
export function round(value: number): number {
  return Math.round(value * 10) / 10;
}
