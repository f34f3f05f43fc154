import { html, markupOf, trustedHtml, type Html } from "../base/index.ts";
import type { Page } from "./answer.ts";
import { assetAddress } from "./assets.ts";

const parts: readonly (readonly [address: string, name: string])[] = [
  ["/", "Runs"],
  ["/compare", "Compare"],
  ["/genomes", "Genomes"],
  ["/datasets", "Datasets"],
  ["/labels", "Labels"],
  ["/profiles", "Profiles"],
  ["/chat", "Chat"],
  ["/settings", "Settings"],
];

/** The frame around every page. `live` is where its changes come from. */
export function layout({ title, part, body }: Page, live: string | undefined): string {
  return markupOf(html`${trustedHtml("<!doctype html>")}
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title} · Allele</title><link rel="icon" href="${assetAddress("icon.svg")}" type="image/svg+xml">
<link rel="stylesheet" href="${assetAddress("style.css")}">
<script src="${assetAddress("matrix.js")}" defer></script><script src="${assetAddress("client/main.js")}" type="module"></script></head>
<body${live !== undefined && html` data-live="${live}"`}><a class="skip" href="#main">Skip to the content</a>
<header class="top"><div class="bar-inner"><a class="brand" href="/">Allele</a>
<nav aria-label="Main"><ul>${parts.map((item) => html`<li>${navLink(item, part)}</li>`)}</ul></nav></div></header>
<main id="main" class="page" tabindex="-1">${body}</main>
<footer class="bottom"><p>Scores are in [0, 1], intervals are 95 %. <span id="connection" role="status"></span></p></footer></body></html>
`);
}

function navLink([address, name]: readonly [string, string], part: string): Html {
  return html`<a href="${address}"${address === part && html` aria-current="page"`}>${name}</a>`;
}
