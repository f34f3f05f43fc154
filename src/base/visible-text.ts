/**
 * Text that cannot hide anything or disturb what stands beside it: control characters become pictures of themselves (`␛`), marks that turn the
 * direction of writing, invisible characters and halves of characters their number (`‹U+202E›`). Line ends and tabs stay, `\r\n` as `\n`.
 */
export function visibleText(text: string): string {
  return text.isWellFormed() && !suspect.test(text)
    ? text
    : text.toWellFormed().replaceAll("\r\n", "\n").replaceAll(everySuspect, shown);
}

/** The first `most` characters (UTF-16 units, never half a character), and how many more there are. */
export function clippedText(text: string, most: number): string {
  if (text.length <= most) return text;
  const end = most > 0 && /[\uD800-\uDBFF]/.test(text.charAt(most - 1)) ? most - 1 : most;
  return `${text.slice(0, end)}… (${text.length - end} more characters)`;
}

/** Controls but `\t` and `\n`; invisible characters but the joiners of emoji and Persian; what turns the direction; tags. */
const suspects =
  "[\\u0000-\\u0008\\u000B-\\u001F\\u007F-\\u009F\\u00AD\\u061C\\u180E\\u200B\\u200E\\u200F\\u2028-\\u202E\\u2060-\\u206F\\uFEFF\\uFFF9-\\uFFFB\\uFFFE\\uFFFF\\u{E0000}-\\u{E007F}]";
const suspect = new RegExp(suspects, "u");
const everySuspect = new RegExp(suspects, "gu");

function shown(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  if (code < 0x20) return String.fromCodePoint(0x2400 + code);
  if (code === 0x7f) return "␡";
  return `‹U+${code.toString(16).toUpperCase().padStart(4, "0")}›`;
}
