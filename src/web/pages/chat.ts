import { foreignText, html, type Html } from "../../base/index.ts";
import { formatCount, formatDuration, formatMoney, said } from "../../report/index.ts";
import { profileRows, rateSession } from "../../workbench/index.ts";
import { elsewhere, page, type Action, type View } from "../answer.ts";
import type { Chat, Turn } from "../chats.ts";
import { failure } from "../failure.ts";
import { givenNumber } from "../form-data.ts";
import { fragment, type Fragment } from "../fragment.ts";
import { actForm, button, field, genomeLink, given, textField } from "../parts.ts";
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
  show: ({ dashboard: { chats }, params, query }) => {
    const chat = chats.get(params["chat"] ?? "");
    return page({
      title: `Chat with ${chat.reference}`,
      part: "/chat",
      live: true,
      body: html`<h1>Chat with <bdi>${chat.reference}</bdi> <small>genome ${genomeLink(chat.genome)}</small></h1>
${query.get("rated") === "yes" && html`<p class="note" role="status">What you said of it is kept.</p>`}${turns(chat).map(fragment)}
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

/** Keeps what was said of a conversation; the last word of an author stands. */
export const rateChatAction: Action = ({ dashboard: { chats, workbench }, params, form }) => {
  const { id, trial } = chats.get(params["chat"] ?? "");
  rateSession(workbench, trial?.session ?? "", { score: givenNumber(form, "score") ?? Number.NaN });
  return elsewhere(link(["chat", id], { rated: "yes" }));
};

function turns(chat: Chat): readonly Fragment[] {
  const content =
    chat.turns.length === 0
      ? html`<p class="empty">Ask it something. It sees the whole conversation, and keeps one world for it.</p>`
      : html`<ol class="chat">${chat.turns.map(turnHtml)}</ol>${ratePart(chat)}`;
  return [{ id: "turns", content }];
}

/** A session that is kept for a trial has an opinion asked of it. */
function ratePart({ id, trial, turns: asked }: Chat): Html {
  if (trial === undefined || asked.every((turn) => turn.trace === undefined)) return html``;
  const who = trial.kind === "shadow" ? "the incumbent, while a challenger looks on" : `the ${trial.arm}`;
  const rate = (label: string, score: string): Html => button(link(["chat", id, "rate"]), label, "plain", { score });
  return html`<div class="title rate"><p>Answered by ${who} (${trial.kind}). How was this conversation?</p><div class="actions">${rate("Good", "1")}${rate("Bad", "0")}</div></div>`;
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
