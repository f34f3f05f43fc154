/**
 * One line of JSON that stays one line and shows nothing unseen, whatever is in it: control characters, line ends of other systems and marks
 * that turn the direction of text are written as escapes, which read back as themselves.
 */
export function jsonLine(value: unknown): string {
  return JSON.stringify(value).replaceAll(
    /[\u007F-\u009F\u2028\u2029\u200E\u200F\u202A-\u202E\u2066-\u2069]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}
