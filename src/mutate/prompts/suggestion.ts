/** How a person's hypothesis is put to a reflection model. */
export const suggestionPrompt = {
  heading: "A person's hypothesis",
  task: [
    "A person who knows this work thinks so. Start from it: propose the change to this gene that puts it to the test, and no other.",
    "Where the examples speak against it, say so in the hypothesis, and propose the change all the same.",
  ].join("\n"),
} as const;
