// onnxruntime-node on the same model file. Reads lines "PROMPTS LENGTH RUNS"; answers {"microseconds":[...],"logits":[...]} per line.
// Usage: node peer.js <folder of onnxruntime-node> <model file> <logits per prompt>
'use strict';
const readline = require('readline');
const [, , packageFolder, modelFile, width] = process.argv;
const ort = require(packageFolder);

const options = {
  intraOpNumThreads: 1,
  interOpNumThreads: 1,
  graphOptimizationLevel: 'all',
  executionMode: 'sequential',
  logSeverityLevel: 3,
  extra: { session: { intra_op: { allow_spinning: '0' }, inter_op: { allow_spinning: '0' } } },
};

const shapes = new Map();

// Made once per shape, as on the other side: the input tensors and the memory of the result.
function tensorsOf(prompts, length) {
  const key = `${prompts}x${length}`;
  if (!shapes.has(key)) {
    const ids = BigInt64Array.from({ length: prompts * length }, (_, i) => BigInt(4 + ((i * 7919) % 15000)));
    const mask = new BigInt64Array(prompts * length).fill(1n);
    const logits = new Float32Array(prompts * Number(width));
    shapes.set(key, {
      feeds: { ids: new ort.Tensor('int64', ids, [prompts, length]), mask: new ort.Tensor('int64', mask, [prompts, length]) },
      fetches: { logits: new ort.Tensor('float32', logits, [prompts, Number(width)]) },
    });
  }
  return shapes.get(key);
}

async function main() {
  const session = await ort.InferenceSession.create(modelFile, options);
  for await (const line of readline.createInterface({ input: process.stdin })) {
    const [prompts, length, runs] = line.split(' ').map(Number);
    const { feeds, fetches } = tensorsOf(prompts, length);
    const microseconds = new Array(runs);
    let result;
    for (let i = 0; i < runs; i++) {
      const start = process.hrtime.bigint();
      result = await session.run(feeds, fetches);
      microseconds[i] = Number(process.hrtime.bigint() - start) / 1000;
    }
    process.stdout.write(JSON.stringify({ microseconds, logits: Array.from(result.logits.data) }) + '\n');
  }
}

main().catch((error) => {
  console.error(error);
  process.exit(1);
});
