// Runs an ONNX file in the real runtime. Input file: int32 count, then per batch int32 rows, int32
// length, ids and mask as int64. Output file: the logits of all batches as float32, in order.
// usage: node runtime.mjs MODULE_FOLDER MODEL INPUT OUTPUT | node runtime.mjs MODULE_FOLDER MODEL --time ROWSxLENGTH...
import { createRequire } from 'node:module';
import { readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';

const [folder, model, input, ...rest] = process.argv.slice(2);
const ort = createRequire(resolve(folder, 'x.js'))('onnxruntime-node');
const session = await ort.InferenceSession.create(model, {
  intraOpNumThreads: 1, interOpNumThreads: 1,
  extra: { session: { intra_op: { allow_spinning: '0' } } },
});
const run = (rows, length, ids, mask) => session.run({
  ids: new ort.Tensor('int64', ids, [rows, length]),
  mask: new ort.Tensor('int64', mask, [rows, length]),
});

if (input === '--time') {
  for (const shape of rest) {
    const [rows, length] = shape.split('x').map(Number);
    const ids = BigInt64Array.from({ length: rows * length }, (_, at) => BigInt(300 + (at * 7919) % 4000));
    const mask = new BigInt64Array(rows * length).fill(1n);
    for (let warm = 0; warm < 20; warm++) await run(rows, length, ids, mask);
    const times = [];
    for (let turn = 0; turn < 300; turn++) {
      const before = process.cpuUsage();
      await run(rows, length, ids, mask);
      const used = process.cpuUsage(before);
      times.push((used.user + used.system) / 1000);
    }
    times.sort((a, b) => a - b);
    console.log(`${shape} ${times[150].toFixed(3)}`);
  }
} else {
  const bytes = readFileSync(input);
  let at = 4;
  const parts = [];
  for (let left = bytes.readInt32LE(0); left > 0; left--) {
    const rows = bytes.readInt32LE(at);
    const length = bytes.readInt32LE(at + 4);
    const size = rows * length * 8;
    at += 8;
    const slice = (from) => new BigInt64Array(bytes.buffer.slice(bytes.byteOffset + from, bytes.byteOffset + from + size));
    const { logits } = await run(rows, length, slice(at), slice(at + size));
    parts.push(Buffer.from(logits.data.buffer, logits.data.byteOffset, logits.data.byteLength));
    at += 2 * size;
  }
  writeFileSync(rest[0], Buffer.concat(parts));
}
