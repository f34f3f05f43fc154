/** Text that Nunjucks, the template language of promptfoo, renders to itself. */
export function literal(text: string): string {
  return text.replaceAll(/\{(?=[{%#])/g, '{{ "{" }}').replaceAll("#}", '#{{ "}" }}');
}

/** A value as JavaScript that the same language renders to itself: no two braces of a mark stand together. */
export function literalCode(value: string | readonly string[]): string {
  return JSON.stringify(value)
    .replaceAll("{", String.raw`\u007b`)
    .replaceAll("}", String.raw`\u007d`);
}
