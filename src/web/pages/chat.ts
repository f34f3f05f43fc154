import { foreignText, html, type Html } from "../../base/index.ts";
import { formatCount, formatDuration, formatMoney, said } from "../../report/index.ts";
import { profileRows } from "../../workbench/index.ts";
import { elsewhere, page, type Action, type View } from "../answer.ts";
import type { Chat, Turn } from "../chats.ts";
import { failure } from "../failure.ts";
import { fragment, type Fragment } from "../fragment.ts";
import { actForm, field, genomeLink, given, textField } from "../parts.ts";
import { link } from "../router.ts";
import { traceSteps } from "./trace.ts";

export const chatsView: View = {
  show: ({ dashboard: { workbench, chats }, query }) => {
    const live = profileRows(workbench);
    const [first] = live;
    const suggestion =
      given(query, "profile") ?? (first === undefined ? undefined : `${first.profile}@${first.channel}`);
    return page({
      title: "Chat",
      part: "/chat",
      body: html`<h1>Talk to an agent</h1>${actForm(
        "/chat",
        html`${field({ name: "profile", label: "Profile", hint: "or anything that names a genome", value: suggestion, required: true })}
${field({ name: "dataset", label: "Dataset", hint: "whose tools and world; the one it was promoted on when empty" })}`,
        "Start",
      )}
${chats.list().length > 0 && html`<h2>Conversations</h2><ul>${chats.list().map(({ id, reference, turns }) => html`<li><a href="${link(["chat", id])}">${said(reference, 60)}, ${turns.length} turns</a></li>`)}</ul>`}`,
    });
  },
};

export const startChatAction: Action = async ({ dashboard: { chats }, form }) =>
  elsewhere(link(["chat", await chats.start(given(form, "profile") ?? "", given(form, "dataset"))]));

/** A conversation, what the agent did beside what it said. */
export const chatView: View = {
  show: ({ dashboard: { chats }, params }) => {
    const chat = chats.get(params["chat"] ?? "");
    return page({
      title: `Chat with ${chat.reference}`,
      part: "/chat",
      live: true,
      body: html`<h1>Chat with <bdi>${chat.reference}</bdi> <small>genome ${genomeLink(chat.genome)}</small></h1>
${turns(chat).map(fragment)}
<div class="ask-form">${actForm(link(["chat", chat.id]), textField({ name: "question", label: "Your question", required: true }, 3), "Ask")}</div>`,
    });
  },
  parts: ({ dashboard: { chats }, params }) => {
    const id = params["chat"] ?? "";
    return [{ version: () => chats.get(id).version, render: () => turns(chats.get(id)) }];
  },
};

export const askAction: Action = ({ dashboard: { chats }, params, form }) => {
  const id = params["chat"] ?? "";
  const question = given(form, "question");
  if (question !== undefined) chats.ask(id, question);
  return elsewhere(link(["chat", id]));
};

function turns(chat: Chat): readonly Fragment[] {
  const content =
    chat.turns.length === 0
      ? html`<p class="empty">Ask it something. It sees the whole conversation, and keeps one world for it.</p>`
      : html`<ol class="chat">${chat.turns.map(turnHtml)}</ol>`;
  return [{ id: "turns", content }];
}

function turnHtml({ question, trace, failure: thrown }: Turn): Html {
  return html`<li class="sides"><div><p class="said you"><strong>You</strong> ${foreignText(question, 20_000)}</p>
${
  trace !== undefined
    ? html`<p class="said agent"><strong>Agent</strong> ${trace.answer.trim() === "" ? html`<em>(no answer: ended by the ${trace.stop.replace("-", " ")})</em>` : foreignText(trace.answer, 20_000)}</p>`
    : thrown === undefined
      ? html`<p class="said" role="status">thinking…</p>`
      : failure(thrown)
}</div><div>${trace !== undefined && html`<p class="note">${trace.usage.modelCalls} model calls, ${formatCount(trace.usage.inputTokens + trace.usage.outputTokens)} tokens, ${formatMoney(trace.usage.usd)}, ${formatDuration(trace.usage.milliseconds / 1000)}</p>${traceSteps(trace)}`}</div></li>`;
}
