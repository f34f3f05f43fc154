/** The look of reports, for light and dark, wide and narrow, screen and paper. Pages that embed sections bring it along. */
export const reportStyle = `:root {
  color-scheme: light dark;
  --paper: #fdfdfb; --ink: #1d2226; --muted: #5a646d; --line: #e2e3de; --panel: #f4f4ef;
  --accent: #0a6b6b; --accent-soft: #cfe8e4; --loss: #a33b16; --loss-soft: #f8e0d6; --quiet: #8b949c;
  --cell-low: 233 231 222; --cell-high: 10 107 107;
}
@media (prefers-color-scheme: dark) { :root {
  --paper: #15181b; --ink: #e5e8ea; --muted: #a0aab3; --line: #2d3338; --panel: #1c2024;
  --accent: #5cc7bb; --accent-soft: #17403d; --loss: #f0a07c; --loss-soft: #47271b; --quiet: #77818a;
  --cell-low: 43 48 53; --cell-high: 92 199 187;
} }
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; scroll-padding-top: 1rem; }
body { overflow-wrap: break-word; margin: 0; background: var(--paper); color: var(--ink); font: 16px/1.6 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif; font-variant-numeric: tabular-nums; }
.page { max-width: 61rem; margin: 0 auto; padding: 2.5rem 1.25rem 5rem; }
h1 { font-size: 1.05rem; font-weight: 600; margin: 0 0 1.25rem; color: var(--muted); overflow-wrap: anywhere; }
h2 { font-size: 1.35rem; line-height: 1.3; font-weight: 650; margin: 0 0 1rem; letter-spacing: -0.01em; }
h3 { font-size: 1rem; font-weight: 600; margin: 1.5rem 0 0.5rem; }
section { margin: 0 0 4rem; }
p { margin: 0 0 1rem; max-width: 44rem; }
a { color: var(--accent); text-underline-offset: 0.2em; }
small { font-size: 0.875em; font-weight: 400; color: var(--muted); }
bdi, td, dd, .text { overflow-wrap: anywhere; }
td code { white-space: nowrap; }
code, pre, .text { font-family: ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; font-size: 0.875em; }
pre { background: var(--panel); border-radius: 6px; padding: 0.9rem 1rem; overflow-x: auto; white-space: pre-wrap; overflow-wrap: anywhere; margin: 0 0 1rem; }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; border-radius: 3px; }
.skip { position: absolute; left: -999rem; }
.skip:focus { left: 1rem; top: 1rem; background: var(--paper); padding: 0.5rem 1rem; z-index: 1; }
nav.contents { margin: 1rem 0 3rem; padding: 0 0 1rem; border-bottom: 1px solid var(--line); font-size: 0.9rem; }
nav.contents ul { list-style: none; display: flex; flex-wrap: wrap; gap: 0.35rem 1.25rem; margin: 0; padding: 0; }
nav.contents a { text-decoration: none; }
nav.contents a:hover { text-decoration: underline; }
.verdict { margin-bottom: 4rem; }
.lead { font-size: clamp(1.3rem, 1rem + 1.6vw, 1.85rem); line-height: 1.35; font-weight: 600; letter-spacing: -0.015em; max-width: 50rem; margin: 0.75rem 0 1.25rem; text-wrap: pretty; }
.lead .figures { font-weight: 400; font-size: 0.72em; letter-spacing: 0; color: var(--muted); }
.verdict figure svg { min-width: 0; max-width: min(100%, 40rem); width: 100%; }
.caution { border-left: 3px solid var(--quiet); padding: 0.1rem 0 0.1rem 0.9rem; color: var(--muted); }
.badge { display: inline-block; white-space: nowrap; font-size: 0.85rem; line-height: 1.4; font-weight: 600; padding: 0.1rem 0.6rem; border-radius: 999px; border: 1.5px solid var(--quiet); color: var(--ink); }
.badge.better { border-color: var(--accent); background: var(--accent-soft); }
.badge.worse { border-color: var(--loss); background: var(--loss-soft); }
.badge.same { border-style: double; border-width: 3px; }
.badge.cannot-tell { border-style: dashed; color: var(--muted); }
.note, figcaption { font-size: 0.875rem; line-height: 1.5; color: var(--muted); max-width: 44rem; }
.ask { font-size: 1.1rem; white-space: pre-wrap; }
dl { margin: 0 0 1.5rem; display: grid; gap: 0.35rem; }
dl div { display: grid; grid-template-columns: 11rem 1fr; gap: 1rem; }
dt { color: var(--muted); }
dd { margin: 0; }
.scroll { overflow-x: auto; margin: 0 0 1rem; }
table { border-collapse: collapse; width: 100%; font-size: 0.92rem; line-height: 1.45; }
caption { text-align: left; color: var(--muted); font-size: 0.875rem; padding: 0 0 0.5rem; }
th, td { text-align: left; vertical-align: top; padding: 0.45rem 1.25rem 0.45rem 0; border-bottom: 1px solid var(--line); font-weight: 400; }
thead th { color: var(--muted); font-size: 0.84rem; white-space: nowrap; border-bottom-color: var(--quiet); }
tbody th { font-weight: 500; }
.figure { text-align: right; white-space: nowrap; }
th:last-child, td:last-child { padding-right: 0; }
td:not(.figure), tbody th:not(.figure) { min-width: 6rem; }
figure { margin: 0 0 1.5rem; }
figure svg { display: block; height: auto; max-width: 100%; min-width: 34rem; }
figure svg.wide { min-width: 0; } figure svg.narrow { display: none; }
svg text { font-family: inherit; fill: var(--ink); }
.tick, .axis-name { font-size: 12px; fill: var(--muted) !important; }
.label { font-size: 12.5px; paint-order: stroke; stroke: var(--paper); stroke-width: 4px; stroke-linejoin: round; }
.label.strong { font-weight: 650; }
.grid { stroke: var(--line); } .axis { stroke: var(--quiet); } .zero { stroke: var(--ink); stroke-width: 1.5; }
.same-band { fill: var(--line); }
.interval { stroke: var(--ink); stroke-width: 1; } .interval.same { fill: var(--quiet); }
.interval.better { fill: var(--accent); stroke: var(--accent); } .interval.worse { fill: var(--loss); stroke: var(--loss); }
.interval.cannot-tell { stroke: var(--quiet); stroke-dasharray: 4 3; }
.hatch { fill: var(--quiet); }
.point { fill: var(--paper); stroke: var(--ink); stroke-width: 2; }
.band { fill: var(--accent-soft); opacity: 0.7; } .incumbent-line { fill: none; stroke: var(--accent); stroke-width: 2; }
.dot { fill: var(--paper); stroke: var(--quiet); stroke-width: 1.5; } .dot.proven { fill: var(--accent); stroke: var(--paper); stroke-width: 1; }
.whisker { stroke: var(--ink); stroke-width: 1.5; } .whisker.faint { stroke: var(--quiet); stroke-width: 1; }
.test { fill: var(--ink); } .test.seed { fill: var(--paper); stroke: var(--ink); stroke-width: 2; }
.link { fill: none; stroke: var(--quiet); } .link.second { stroke-dasharray: 3 3; }
.bar { vertical-align: middle; margin-right: 0.4rem; } .bar-room { fill: var(--line); } .bar-share { fill: var(--accent); }
#lineage figure .scroll { max-height: 34rem; overflow: auto; }
#lineage figure svg { max-width: none; }
.fate.incumbent, .fate.accepted, .fate.seed { font-weight: 600; }
.marks { list-style: none; margin: 0 0 1rem; padding: 0; display: grid; gap: 0.3rem; }
.marks strong { display: inline-block; min-width: 2.5rem; text-align: right; margin-right: 0.4rem; }
.mark { font-size: 0.84rem; font-weight: 600; border-bottom: 2px solid var(--quiet); }
.mark.fixed { border-color: var(--accent); } .mark.broken { border-color: var(--loss); border-bottom-style: double; border-bottom-width: 4px; }
.mark.flaky { border-bottom-style: dashed; } .mark.saturated, .mark.unsolved { border-bottom-style: dotted; }
.matrix { margin: 0 0 1rem; }
.matrix-controls { display: flex; flex-wrap: wrap; gap: 0.5rem 1.5rem; align-items: baseline; margin-bottom: 0.75rem; font-size: 0.9rem; }
.matrix-controls output { overflow-wrap: anywhere; min-height: 1.6em; }
select { font: inherit; color: inherit; background: var(--paper); border: 1px solid var(--quiet); border-radius: 5px; padding: 0.15rem 0.4rem; }
.matrix-view { position: relative; overflow: auto; max-height: 36rem; border: 1px solid var(--line); border-radius: 6px; }
canvas { display: block; } .matrix-mark { position: absolute; pointer-events: none; outline: 2px solid var(--ink); }
details { margin: 0 0 1rem; } summary { cursor: pointer; font-weight: 500; padding: 0.25rem 0; overflow-wrap: anywhere; }
.gene { border-top: 1px solid var(--line); } .gene h3 { margin-top: 1rem; }
.text { white-space: pre-wrap; line-height: 1.55; margin: 0 0 0.75rem; }
ins { background: var(--accent-soft); text-decoration: underline; text-decoration-color: var(--accent); text-underline-offset: 0.2em; }
del { background: var(--loss-soft); text-decoration: line-through; text-decoration-color: var(--loss); }
.trace { border-top: 1px solid var(--line); margin: 0; } .trace[open] { padding-bottom: 1.5rem; }
.sides { display: grid; grid-template-columns: 1fr 1fr; gap: 2rem; } .sides > div { min-width: 0; }
.steps { margin: 0; padding-left: 1.4rem; } .step { padding: 0.25rem 0; font-size: 0.92rem; }
.step.parting { border-left: 3px solid var(--accent); padding-left: 0.6rem; margin-left: -0.7rem; }
.step.failed strong, .step em { color: var(--loss); } .step.parting > em { color: var(--accent); font-style: normal; font-weight: 600; }
.result { color: var(--muted); border-left: 2px solid var(--line); padding-left: 0.6rem; }
.feedback { font-size: 0.9rem; color: var(--muted); padding-left: 1.2rem; }
footer { color: var(--muted); font-size: 0.875rem; border-top: 1px solid var(--line); padding-top: 1rem; }
@media (max-width: 44rem) {
  .page { padding-top: 1.5rem; } section { margin-bottom: 3rem; }
  .sides, dl div { grid-template-columns: 1fr; gap: 0 1rem; } dl { gap: 0.75rem; }
  .sides { gap: 1.5rem; } .estimate small { display: block; }
  th, td { padding-right: 0.75rem; } thead th, thead th.figure { white-space: normal; }
  tbody th:not(.figure) { min-width: 4rem; } td.words:not(.figure) { min-width: 15rem; }
  .verdict .tick { font-size: 19px; }
  figure svg.wide { display: none; } figure svg.narrow { display: block; min-width: 0; width: 100%; max-width: 30rem; }
}
@media print {
  :root { --paper: #fff; --ink: #000; --muted: #444; --line: #ccc; --panel: #f4f4f4; --accent: #0a6b6b; --accent-soft: #dcefec; --loss: #a33b16; --loss-soft: #f8e0d6; --quiet: #777; --cell-low: 233 231 222; --cell-high: 10 107 107; }
  body { font-size: 10.5pt; } .page { max-width: none; padding: 0; }
  nav.contents, .skip, .matrix-controls, .matrix-mark { display: none; }
  .scroll, .matrix-view, #lineage figure .scroll { overflow: visible; max-height: none; }
  figure svg { min-width: 0; max-width: 100% !important; }
  canvas { max-width: 100%; height: auto !important; }
  figure, tr, .step, h2, h3 { break-inside: avoid; } h2, h3 { break-after: avoid; }
  .trace::details-content { content-visibility: visible; display: block; height: auto; }
}
`;
