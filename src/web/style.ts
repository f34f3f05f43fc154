/** What the dashboard adds to the look of reports: its frame, forms and what moves. */
export const dashboardStyle = `
.page { max-width: 66rem; padding-top: 2rem; }
.page:focus { outline: none; }
.top { border-bottom: 1px solid var(--line); }
.bar-inner { max-width: 66rem; margin: 0 auto; padding: 0.6rem 1.25rem; display: flex; flex-wrap: wrap; gap: 0.25rem 2rem; align-items: baseline; }
.brand { font-weight: 650; letter-spacing: -0.01em; color: var(--ink); text-decoration: none; }
.top ul { list-style: none; margin: 0; padding: 0; display: flex; flex-wrap: wrap; gap: 0.1rem 1.25rem; font-size: 0.92rem; }
.top li a { display: inline-block; padding: 0.25rem 0; color: var(--muted); text-decoration: none; border-bottom: 2px solid transparent; }
.top li a:hover { color: var(--ink); }
.top li a[aria-current] { color: var(--ink); border-bottom-color: var(--accent); }
.bottom { max-width: 66rem; margin: 0 auto; padding: 0 1.25rem 2rem; border-top: 0; } .bottom p { max-width: none; border-top: 1px solid var(--line); padding-top: 1rem; }
h1 { font-size: 1.35rem; color: var(--ink); font-weight: 650; letter-spacing: -0.01em; }
.title { display: flex; flex-wrap: wrap; gap: 0.5rem 1.5rem; align-items: baseline; justify-content: space-between; margin-bottom: 1rem; }
.title h1 { margin: 0; } .actions { display: flex; flex-wrap: wrap; gap: 0.5rem; }
.visually-hidden { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); margin: 0; }
button, .button { font: inherit; font-size: 0.92rem; line-height: 1.4; display: inline-block; padding: 0.32rem 0.9rem; border-radius: 6px; border: 1px solid var(--quiet); background: var(--paper); color: var(--ink); cursor: pointer; text-decoration: none; white-space: nowrap; }
button:hover, .button:hover { border-color: var(--ink); }
button.main, .button.main { background: var(--accent); border-color: var(--accent); color: var(--paper); }
button.danger { border-color: var(--loss); color: var(--loss); }
form.inline { display: inline; }
form.fields { display: flex; flex-wrap: wrap; gap: 0.9rem 1rem; align-items: start; margin: 0 0 2rem; }
form.fields > button { margin-top: 1.65rem; }
.fields fieldset { flex: 1 0 100%; min-width: 0; border: 0; margin: 0 0 0.75rem; padding: 0; display: flex; flex-wrap: wrap; gap: 0.9rem 1rem; }
legend { font-weight: 600; padding: 0; margin-bottom: 0.6rem; } legend small { margin-left: 0.4rem; }
.fields .failure { flex: 1 0 100%; margin: 0; }
.send { flex: 1 0 100%; max-width: none; margin: 0; display: flex; flex-wrap: wrap; gap: 0.5rem; }
.field { display: grid; gap: 0.2rem; align-content: start; font-size: 0.92rem; min-width: min(12rem, 100%); flex: 0 1 15rem; }
.field.wide { flex: 1 0 100%; }
.field span { color: var(--muted); }
.field small { font-size: 0.8125rem; line-height: 1.4; }
.check { font-size: 0.92rem; flex: 1 0 100%; }
input:not([type=checkbox], [type=radio]), textarea { font: inherit; color: inherit; background: var(--paper); border: 1px solid var(--quiet); border-radius: 6px; padding: 0.32rem 0.6rem; width: 100%; min-width: 0; min-height: 2.25rem; }
textarea { line-height: 1.5; resize: vertical; }
select { width: 100%; min-height: 2.25rem; border-radius: 6px; padding: 0.32rem 0.5rem; }
.matrix-controls select { width: auto; min-height: 0; }
.status { font-size: 0.875rem; font-weight: 500; color: var(--muted); white-space: nowrap; }
.status::before { content: ""; display: inline-block; width: 0.5em; height: 0.5em; border-radius: 50%; margin-right: 0.45em; background: var(--quiet); }
.status.running::before, .status.starting::before { background: var(--accent); box-shadow: 0 0 0 3px var(--accent-soft); }
.status.finished::before { background: var(--accent); }
.status.interrupted::before { background: none; border: 2px solid var(--quiet); }
.status.failed { color: var(--loss); } .status.failed::before { background: var(--loss); border-radius: 0; }
.empty { color: var(--muted); padding: 1.5rem 0; }
.failure { border-left: 3px solid var(--loss); padding: 0.1rem 0 0.1rem 1rem; margin: 0 0 1.5rem; } .failure p { margin-bottom: 0.5rem; }
.live { background: var(--panel); border-radius: 10px; padding: 1.25rem 1.5rem 0.5rem; margin-bottom: 2.5rem; }
.live h2 { font-size: 1.05rem; margin-bottom: 0.5rem; } .live caption { padding-top: 0.5rem; }
.budget { list-style: none; margin: 0 0 1rem; padding: 0; display: grid; gap: 0.25rem; }
.budget label { display: inline-flex; gap: 0.75rem; align-items: center; min-width: min(22rem, 100%); } .budget progress { flex: 1; }
progress { appearance: none; height: 0.5rem; border: 0; border-radius: 4px; background: var(--line); overflow: hidden; accent-color: var(--accent); min-width: 6rem; }
progress::-webkit-progress-bar { background: var(--line); } progress::-webkit-progress-value { background: var(--accent); } progress::-moz-progress-bar { background: var(--accent); }
.spark { display: block; width: 100%; max-width: 40rem; height: 60px; margin: 0 0 1rem; } .spark polyline { fill: none; stroke: var(--accent); stroke-width: 2; vector-effect: non-scaling-stroke; }
.told { list-style: none; padding: 0; margin: 0 0 1rem; font-size: 0.875rem; } .told li { padding: 0.15rem 0; } .told time { color: var(--muted); margin-right: 0.6rem; }
.cards { list-style: none; margin: 0 0 1.5rem; padding: 0; display: grid; gap: 1rem; }
.card { border: 1px solid var(--line); border-radius: 10px; padding: 0.9rem 1.1rem 0.25rem; min-width: 0; }
.card .title { margin-bottom: 0.5rem; } .card h3 { margin: 0; } .card > p { margin-bottom: 0.6rem; } .card details { margin-bottom: 0.6rem; }
.card.vetoed { border-style: dashed; } .card.vetoed h3, .card.vetoed > p { color: var(--muted); text-decoration: line-through; }
.scroll { position: relative; } td .actions { flex-wrap: nowrap; } td strong { overflow-wrap: normal; }
.page section { margin: 2.75rem 0; } .page section.live { margin: 0 0 2.5rem; }
.plan { font-size: 0.92rem; font-family: inherit; }
.pages { display: flex; gap: 1.25rem; align-items: baseline; color: var(--muted); font-size: 0.92rem; }
.opened .trace { border-top: 0; }
.timeline { list-style: none; margin: 0 0 1.5rem; padding: 0; border-left: 2px solid var(--line); }
.turn { padding: 0.4rem 0 0.4rem 1rem; } .turn details { margin: 0; } .turn .text { margin: 0.25rem 0; }
.turn.answer { border-left: 3px solid var(--accent); margin-left: -2.5px; } .turn.failed em { color: var(--loss); } .turn.end { color: var(--loss); }
.took { color: var(--muted); float: right; } .turn.tool small:not(.took) { font-family: ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; }
.chat { list-style: none; margin: 0; padding: 0; } .chat > li { padding: 1.25rem 0; border-top: 1px solid var(--line); }
.said { white-space: pre-wrap; overflow-wrap: anywhere; } .said strong { display: block; font-size: 0.84rem; color: var(--muted); font-weight: 500; }
.ask-form { position: sticky; bottom: 0; background: var(--paper); padding: 0.75rem 0 0.25rem; border-top: 1px solid var(--line); } .ask-form form { margin: 0; }
.history { padding-left: 1.2rem; }
.labels { list-style: none; padding: 0; } .labels li { padding: 0.5rem 0; border-top: 1px solid var(--line); }
body.lost #connection { color: var(--loss); }
h2 + form, h2 + .scroll { margin-top: 0; }
@media (max-width: 44rem) { .page { padding-top: 1.25rem; } .live { padding: 1rem; border-radius: 8px; } .field { flex: 1 1 100%; } form.fields > button, .send button { width: 100%; margin-top: 0; } }
@media (prefers-reduced-motion: no-preference) { .status.running::before { animation: pulse 2s ease-in-out infinite; } @keyframes pulse { 50% { opacity: 0.45; } } }
@media print { .top, .actions, .ask-form, .bottom { display: none; } }
`;
