/**
 * Text without escape sequences and other control characters, line ends and tabs apart: what a model or a file supplied must not
 * steer the terminal it is shown on. Marks that turn the direction of the text around them are control characters too.
 */
export function plainText(text: string): string {
  return text.replaceAll(
    // oxlint-disable-next-line no-control-regex -- control characters are what is looked for
    /\u001B\[[0-9;?]*[A-Za-z]|[\u0000-\u0008\u000B-\u001F\u007F-\u009F\u202A-\u202E\u2066-\u2069]/g,
    "",
  );
}
