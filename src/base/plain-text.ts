/**
 * Text without escape sequences and other control characters, line ends and tabs apart: what a model or a file supplied must not
 * steer the terminal it is shown on.
 */
export function plainText(text: string): string {
  // oxlint-disable-next-line no-control-regex -- control characters are what is looked for
  return text.replaceAll(/\u001B\[[0-9;?]*[A-Za-z]|[\u0000-\u0008\u000B-\u001F\u007F-\u009F]/g, "");
}
