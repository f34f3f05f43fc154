"""Drives GEPA: evaluation by `allele eval serve`, reflection by the model endpoint. The request comes in PEER, the result goes to its `out`.

Everything is GEPA's default; with `parallel` it samples 4 parents and 4 minibatches at once and evaluates them together. With `cases` it
searches nothing: it only rewrites one component for each case.
"""

import json
import os
import threading
import time
import urllib.error
import urllib.request
from concurrent.futures import ThreadPoolExecutor

import gepa
from gepa import EvaluationBatch
from gepa.proposer.reflective_mutation.reflection_lm import StatelessReflectionLM
from gepa.strategies.proposal_sampling import PxNSampling

request = json.loads(os.environ["PEER"])
started = time.monotonic()
picks = []
noting = threading.Lock()


class BudgetSpent(Exception):
    pass


def ask(url, body=None):
    data = None if body is None else json.dumps(body).encode()
    sent = urllib.request.Request(url, data, {"content-type": "application/json"})
    with urllib.request.urlopen(sent) as response:
        return json.load(response)


class ReflectionModel:
    """As GEPA's own client sends it, without the seconds that loading LiteLLM takes."""

    def complete(self, messages):
        reply = ask(request["model"] + "/chat/completions", {"model": "reflection", "messages": messages})
        return reply["choices"][0]["message"]["content"]

    def __call__(self, prompt):
        return self.complete([{"role": "user", "content": prompt}] if isinstance(prompt, str) else prompt)

    def batch_complete(self, messages_list, max_workers=10):
        with ThreadPoolExecutor(max_workers=max_workers) as pool:
            return list(pool.map(self.complete, messages_list))


def spent():
    return ask(request["evaluation"] + "/status")["rollouts"]


def evaluate(candidate, tasks, traces):
    body = {"candidate": candidate, "tasks": [task["id"] for task in tasks], "traces": traces}
    try:
        results = ask(request["evaluation"] + "/evaluate", body)["results"]
    except urllib.error.HTTPError as refused:
        if refused.code != 400:
            raise
        problem = json.load(refused)["error"]["message"]
        results = [{"task": task["id"], "score": 0.0, "trace": "", "feedback": [problem]} for task in tasks]
    for result in results:
        if "error" in result:
            raise RuntimeError(result["error"])
    return results


def record(component, task, result):
    return {
        "Component": request["components"][component],
        "Inputs": task["input"],
        "Generated Outputs": result["trace"],
        "Feedback": "\n".join([f"Score: {result['score']:.2f}", *result["feedback"]]),
    }


class Adapter:
    propose_new_texts = None

    def __init__(self, validation):
        self.validation = {task["id"] for task in validation}

    def evaluate(self, batch, candidate, capture_traces=False):
        """What begins within the budget is finished; after that nothing begins. The server's count decides."""
        if spent() >= request["budget"]:
            raise BudgetSpent
        return self.measure(batch, candidate, capture_traces)

    def measure(self, batch, candidate, capture_traces):
        results = evaluate(candidate, batch, capture_traces)
        scores = [result["score"] for result in results]
        if {task["id"] for task in batch} == self.validation:
            note(candidate, sum(scores) / len(scores))
        return EvaluationBatch(results, scores, list(zip(batch, results)) if capture_traces else None)

    def make_reflective_dataset(self, candidate, eval_batch, components_to_update):
        return {one: [record(one, *seen) for seen in eval_batch.trajectories] for one in components_to_update}


class ParallelAdapter(Adapter):
    """All minibatches of an iteration at once, and all validations of its children; of these as many as begin within the budget."""

    def batch_evaluate(self, items):
        left = request["budget"] - spent()
        sizes = [len(batch) for _, batch in items]
        fitting = [item for i, item in enumerate(items) if sum(sizes[:i]) < left]
        with ThreadPoolExecutor(max_workers=max(1, len(fitting))) as pool:
            batches = list(pool.map(lambda item: self.measure(item[1], item[0], True), fitting))
        if len(fitting) < len(items):
            raise BudgetSpent
        return batches


def note(candidate, score):
    with noting:
        if not picks or score > picks[-1]["validation"]:
            at = time.monotonic() - started
            picks.append({"seconds": at, "rollouts": spent(), "validation": score, "candidate": dict(candidate)})


def search():
    global started
    train, validation = (ask(f"{request['evaluation']}/tasks?split={split}")["tasks"] for split in ("train", "validation"))
    seed = ask(request["evaluation"] + "/genome?format=text")["components"]
    adapter = ParallelAdapter(validation) if request["parallel"] else Adapter(validation)
    started = time.monotonic()
    try:
        result = gepa.optimize(
            seed_candidate=seed,
            trainset=train,
            valset=validation,
            adapter=adapter,
            reflection_lm=ReflectionModel(),
            max_metric_calls=request["budget"],
            sampling_strategy=PxNSampling(4, 4) if request["parallel"] else None,
            seed=request["seed"],
        )
        own, ended = result.total_metric_calls, "by its own count"
    except BudgetSpent:
        own, ended = None, "the server's count reached the budget"
    return {"picks": picks, "ownCount": own, "ended": ended, "seconds": time.monotonic() - started}


def rewrite(case):
    """What GEPA makes of the reply to its own prompt."""
    component = case["component"]
    records = [record(component, example, example) for example in case["examples"]]
    reflection = StatelessReflectionLM(ReflectionModel())
    proposal, _ = reflection.reflect({component: case["current"]}, {component: records}, [component])
    return proposal.new_texts[component]


if "cases" in request:
    with open(request["cases"]) as cases:
        result = [rewrite(case) for case in json.load(cases)]
else:
    result = search()
with open(request["out"], "w") as out:
    json.dump(result, out)
