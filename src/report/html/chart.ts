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

export const wideFrame: Frame = { width: 920, height: 340, left: 56, right: 150, top: 16, bottom: 48 };

/** A drawing with its name and description for those who do not see it, and a caption for those who do. */
export function figure(parts: {
  readonly id: string;
  readonly title: string;
  readonly description: string;
  readonly frame: Pick<Frame, "width" | "height">;
  readonly drawing: HtmlValue;
  readonly caption?: HtmlValue;
}): Html {
  const { id, title, description, frame, drawing, caption } = parts;
  return html`<figure><div class="scroll" role="region" aria-label="${title}" tabindex="0">
<svg viewBox="0 0 ${frame.width} ${frame.height}" width="${frame.width}" role="img" aria-labelledby="${id}-name ${id}-description">
<title id="${id}-name">${title}</title><desc id="${id}-description">${description}</desc>
${drawing}</svg></div>${caption !== undefined && html`<figcaption>${caption}</figcaption>`}</figure>`;
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
  const ticks = scale.ticks(6).map((value) => {
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
