import { begin, evaluate, finish, note, request, seedTexts, tasksOf } from "../benchmarks/peers/drivers/endpoint.ts";

// A peer that measures the seed on ten tasks again and again, reflects once between, and miscounts.

const model = request.model;
if (request.seed === 13) throw new Error("thirteen brings bad luck");
const [tasks, seed] = [(await tasksOf("train")).slice(0, 10), await seedTexts()];
begin();
for (;;) {
  const results = await evaluate(seed, tasks);
  await note(seed, results.reduce((sum, { score }) => sum + score, 0) / results.length);
  const body = JSON.stringify({ model: "reflection", messages: [{ role: "user", content: "Anything new?" }] });
  const response = await fetch(`${model}/chat/completions`, { method: "POST", body });
  if (!response.ok) finish("the model does not answer", 1);
}
