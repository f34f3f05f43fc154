/** The `tools.ts` of a dataset whose world comes with Allele. */
export function worldTools(world: string, options: Readonly<Record<string, string>> = {}): string {
  const given = Object.entries(options).map(([name, value]) => `, ${name}: ${JSON.stringify(value)}`);
  return `// Written by \`allele dataset import\`. The world comes with Allele; what it needs stands in this folder.
export const createTools = ({ worlds }) => worlds.${world}({ folder: import.meta.dirname${given.join("")} });
`;
}
