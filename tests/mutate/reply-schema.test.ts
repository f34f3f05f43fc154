import { expect, test } from "vitest";
import { hypothesesSchema } from "../../src/mutate/diagnosis-reply.ts";
import { replySchema } from "../../src/mutate/reply-form.ts";

test("the schema of a reply is made once, and another one where other genes may be named", () => {
  expect(replySchema("text").schema).toBe(replySchema("text").schema);
  expect(replySchema("rules").name).toBe("rules_gene");
  const schema = hypothesesSchema(["a", "b"]).schema;
  expect(hypothesesSchema(["a", "b"]).schema).toBe(schema);
  expect(JSON.stringify(schema)).toContain('"enum":["a","b"]');
  expect(JSON.stringify(hypothesesSchema(["a"]).schema)).toContain('"enum":["a"]');
});
