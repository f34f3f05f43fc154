const listItem = /^\s*(?:[-*•]|\(?\d{1,3}[.)])\s+/;

/** The sentences of a text in their order, wrapped lines joined, marks of lists left out; an item of a list is at least one sentence. */
export function sentencesIn(text: string): readonly string[] {
  return blocksIn(text).flatMap((block) =>
    block
      .split(/(?<=[.!?]["')]?)\s+(?=[\p{Lu}\p{N}"'(*_`])/u)
      .map((sentence) => sentence.trim())
      .filter((sentence) => sentence !== ""),
  );
}

function blocksIn(text: string): readonly string[] {
  const blocks: string[] = [];
  let open = false;
  for (const line of text.split("\n")) {
    const starts = listItem.test(line) || /^\s*#{1,6}\s/.test(line);
    const body = line.replace(listItem, "").trim();
    if (body === "") open = false;
    else if (open && !starts) blocks.push(`${blocks.pop() ?? ""} ${body}`);
    else blocks.push(body);
    if (body !== "") open = true;
  }
  return blocks;
}
