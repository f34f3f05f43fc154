/** The files of a starter project: relative name and text. */
export function starterFiles(): readonly (readonly [string, string])[] {
  return [
    ["allele.yaml", configuration],
    ["genomes/starter.yaml", genome],
    ["datasets/starter/dataset.yaml", dataset],
    ["datasets/starter/tasks.jsonl", tasks()],
  ];
}

const configuration = `allele: config/1

# The model that is optimized. "simulated" needs no key and no network.
models:
  task: { kind: simulated }
  # Any OpenAI-compatible endpoint works the same way; the key is read from the environment variable named here:
  # task: { kind: openai-compatible, base_url: "https://api.example.com/v1", model: some-model, key_env: EXAMPLE_API_KEY }
  # The model that reflects on failures and proposes changes; the task model when left out.
  # reflection: { kind: openai-compatible, base_url: "https://api.example.com/v1", model: some-stronger-model, key_env: EXAMPLE_API_KEY }

# The default budget of \`allele evolve\`: rollouts, tokens, usd, minutes.
budget: { rollouts: 2000 }

# Rollouts at once. It does not change results.
concurrency: 8
`;

const genome = `allele: genome/1
name: starter
description: Sorts messages of customers into queues
genes:
  # What the agent is told first.
  system:
    type: text
    value: Sort the customer's message into the right queue.
  # Rules that evolution may add, change and remove one by one.
  rules:
    type: rules
    max_items: 20
    value: []
  # Worked examples.
  demos:
    type: demos
    max: 3
    value: []
  answer_format:
    type: text
    value: ""
  plan:
    type: strategy
    evolvable: false
    value: { kind: direct }
`;

const dataset = `allele: dataset/1
name: starter
description: Which queue does a customer's message belong to?
licence: MIT
source: written for this starter
tasks: tasks.jsonl
# Each task here says its split. Tasks without one are dealt out by a hash of their input, so that adding a task never moves another.
splits: { train: 0.34, validation: 0.33, test: 0.33 }
`;

const messages: readonly (readonly [string, string])[] = [
  ["billing", "I was charged twice for my subscription this month."],
  ["billing", "Your invoice has the wrong VAT number, please send a corrected one."],
  ["billing", "Why is there a fee of 4.99 on my card statement?"],
  ["billing", "The discount code was accepted but the full price was taken."],
  ["billing", "Please tell me when the next payment will be collected."],
  ["billing", "I need a receipt for the payment I made in March."],
  ["delivery", "My parcel has been at the depot for six days now."],
  ["delivery", "The courier left the box in the rain and never rang."],
  ["delivery", "Can the delivery be moved to Saturday morning?"],
  ["delivery", "Tracking says delivered but nothing has arrived here."],
  ["delivery", "I paid for express and it still took a week to get here."],
  ["delivery", "Please send it to my office instead, I am away."],
  ["returns", "The kettle is lovely but too large, I want to send it back."],
  ["returns", "How do I get a label to return these shoes?"],
  ["returns", "I sent the lamp back two weeks ago and heard nothing."],
  ["returns", "One of the mugs came chipped, I would like to exchange it."],
  ["returns", "Can I still bring back a coat I bought in October?"],
  ["returns", "You refused my return although the box was unopened."],
  ["account", "I cannot log in since I changed my phone."],
  ["account", "The reset link for my password has expired again."],
  ["account", "Please change the e-mail address of my profile."],
  ["account", "Somebody else seems to be using my login."],
  ["account", "How can I delete my profile and all my data?"],
  ["account", "The site says my user name is already taken, but it is mine."],
];

/** Said beside the matter; the second kind names another queue's matter that is settled. */
const remarks = [
  "",
  " Thank you for your help, and greetings from Ghent.",
  " By the way, the refund of last year has arrived, that is settled.",
];
const splits = ["train", "validation", "test"] as const;

/** All variants of a message go to the same split, so that no test task resembles one that was shown. */
function tasks(): string {
  return messages
    .flatMap(([queue, message], index) =>
      remarks.map((remark, variant) =>
        JSON.stringify({
          id: `message-${String(index * remarks.length + variant + 1).padStart(2, "0")}`,
          input: `Which queue should handle this message: billing, delivery, returns or account? Answer with the name of the queue only.\n\nMessage:\n${message}${remark}`,
          checks: [
            {
              type: "equals",
              value: queue,
              feedback: `The customer still waits for something that ${queue} does, or the reply is more than the queue's name.`,
            },
          ],
          tags: [queue],
          split: splits[index % splits.length],
        }),
      ),
    )
    .map((line) => `${line}\n`)
    .join("");
}
