import { z } from "zod";
import { validate } from "../base/index.ts";
import type { Settings } from "./form.ts";

/** Checks the settings of a form. Throws AlleleError `unknown-key` with the nearest known one, or `invalid-value`. */
export function readSettings<S extends z.ZodType>(shape: S, settings: Settings, form: string): z.output<S> {
  return validate(shape, settings, () => ({ file: `settings of the form ${form}` }));
}

/** Names parted by commas, or a list of them. */
export const Names = z.union([
  z.string().transform((text) =>
    text
      .split(",")
      .map((name) => name.trim())
      .filter((name) => name !== ""),
  ),
  z.array(z.string().min(1)),
]);
