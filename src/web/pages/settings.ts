import { html } from "../../base/index.ts";
import { dataTable, said } from "../../report/index.ts";
import { examine, renderFindings, viewSettings } from "../../workbench/index.ts";
import { elsewhere, page, type Action, type View } from "../answer.ts";
import { button } from "../parts.ts";
import { link } from "../router.ts";

/** The configuration in force. Keys are named, never shown. */
export const settingsView: View = {
  show: ({ dashboard: { workbench } }) => {
    const { root, models, configuration } = viewSettings(workbench);
    return page({
      title: "Settings",
      part: "/settings",
      body: html`<h1>Settings</h1><p>Project <code>${root}</code>. Change <code>allele.yaml</code> and start the dashboard anew; keys stand in the environment.</p>
${dataTable(
  "Models",
  [
    { head: "Role", cell: ({ role }) => role },
    { head: "Model", cell: ({ identity }) => said(identity, 120) },
    { head: "Address", cell: ({ address }) => (address === undefined ? "–" : said(address, 200)) },
    {
      head: "Key",
      cell: ({ keyVariable, keyIsSet }) =>
        keyVariable === undefined
          ? "none needed"
          : html`<code>${keyVariable}</code> ${keyIsSet ? "is set" : html`<strong>is not set</strong>`}`,
    },
    { head: "Price", cell: ({ priceKnown }) => (priceKnown ? "known" : "unknown: counts as free") },
  ],
  models,
)}
${button("/settings/check", "Check everything", "plain")}<p class="note">Asks each model one short question, as <code>allele doctor</code> does.</p>
<h2>Configuration in force</h2><pre>${JSON.stringify(configuration, null, 2)}</pre>`,
    });
  },
};

export const checkAction: Action = ({ dashboard: { workbench, jobs } }) => {
  const id = jobs.start({
    title: "Check everything",
    key: "doctor",
    work: async (_, signal) => html`<pre>${renderFindings(await examine(workbench, signal))}</pre>`,
  });
  return elsewhere(link(["jobs", id]));
};
