'use strict';
const fs = require('node:fs');
const grpc = require('@grpc/grpc-js');
const { mirror, toPairs, toMetadata, fill, sum } = require('./contract');

const health = 'grpc.health.v1.Health';

/** The servers of this peer, and what their handlers saw of calls that carry a name in x-call. */
class Servers {
  constructor(contract) {
    this.contract = contract;
    this.servers = new Map();
    this.notes = new Map();
    this.releases = new Map();
  }

  async serve({ port, maxReceive, compress, security }) {
    const server = new grpc.Server({
      ...(maxReceive ? { 'grpc.max_receive_message_length': maxReceive } : {}),
      ...(compress ? { 'grpc.default_compression_algorithm': 2 } : {}),
    });
    server.addService(this.contract.service(mirror), this.#mirror());
    server.addService(this.contract.service(health), healthHandlers);
    const bound = await new Promise((resolve, reject) =>
      server.bindAsync(`127.0.0.1:${port ?? 0}`, credentials(security), (failure, at) => (failure ? reject(failure) : resolve(at))));
    this.servers.set(bound, server);
    return { server: bound, port: bound };
  }

  recall(name) {
    return this.notes.get(name)?.seen ?? null;
  }

  release(name) {
    this.#releaseOf(name).open();
  }

  drain(server) {
    this.servers.get(server).tryShutdown(() => {});
  }

  #mirror() {
    const single = (handler) => (call, callback) => {
      const run = this.#start(call);
      run.follow(handler).then((answer) => callback(null, answer, run.trailers()), callback);
    };
    const stream = (handler) => (call) => {
      const run = this.#start(call);
      run.follow(handler).then(() => call.end(run.trailers()), (failure) => call.emit('error', failure));
    };
    const ask = single(async (run, call) => {
      await run.carryOut(call.request);
      return run.answer(call.request);
    });
    return {
      Ask: (call, callback) => {
        // Thrown here and not in a promise: what becomes of it is the library's affair.
        if (call.request.crash) {
          throw new Error('crash of the handler');
        }
        ask(call, callback);
      },
      Download: stream((run, call) => run.carryOut(call.request, call.request.answers)),
      Upload: single(async (run, call) => {
        let last = {};
        for await (last of ordersOf(call)) {
          await run.carryOut(last);
          if (last.enough) {
            break;
          }
        }
        return run.answer(last);
      }),
      Chat: stream(async (run, call) => {
        for await (const order of ordersOf(call)) {
          await run.carryOut(order, 1);
          if (order.enough) {
            break;
          }
        }
      }),
    };
  }

  #start(call) {
    const name = call.metadata.get('x-call')[0];
    const run = new Run(call, this.#releaseOf(name));
    if (name) {
      this.notes.set(name, run);
    }
    return run;
  }

  #releaseOf(name) {
    if (!this.releases.has(name)) {
      const release = {};
      release.opened = new Promise((resolve) => (release.open = resolve));
      this.releases.set(name, release);
    }
    return this.releases.get(name);
  }
}

// Plain iteration destroys the stream at its end, and with it the answers that are still to come.
const ordersOf = (call) => call.iterator({ destroyOnReturn: false });

/** One call that is served. */
class Run {
  #number = 0;
  #bytes = 0;
  #sum = 0;

  constructor(call, release) {
    this.call = call;
    this.release = release;
    const deadline = call.getDeadline();
    this.completed = false;
    this.seen = {
      waiting: false,
      cancelled: false,
      ended: false,
      orders: 0,
      deadline_ms: Number.isFinite(Number(deadline)) ? Number(deadline) - Date.now() : 0,
      authority: call.getHost(),
      metadata: toPairs(call.metadata).map(([key, value]) => ({ key, value })),
    };
    this.cancelled = new Promise((resolve) => call.on('cancelled', () => {
      this.seen.cancelled = !this.completed;
      resolve();
    }));
  }

  /** Runs the handler and notes how it ended. */
  async follow(handler) {
    try {
      const answer = await handler(this, this.call);
      this.completed = true;
      return answer;
    } finally {
      this.seen.ended = true;
    }
  }

  async carryOut(order, answers = 0) {
    this.seen.orders++;
    this.#bytes += order.payload.length;
    this.#sum = sum(order.payload, this.#sum);
    this.wantsTrailers ||= order.echo_trailers;
    if (order.early_headers) {
      this.call.sendMetadata(toMetadata([['x-early', 'yes'], ['x-early-bin', 'AP8='], ...this.#echoes()]));
    }
    for (let sent = 0; sent < answers && !this.call.cancelled; sent++) {
      if (!this.call.write(this.answer(order))) {
        await Promise.race([new Promise((resolve) => this.call.once('drain', resolve)), this.cancelled]);
      }
    }
    await this.#wait(order.wait);
    if (order.failure && this.#concerns(order.failure)) {
      this.completed = true;
      throw this.#failure(order.failure);
    }
  }

  answer(order) {
    return {
      text: order.text,
      payload: fill(order.answer_bytes ?? 0),
      number: ++this.#number,
      received_bytes: this.#bytes,
      received_sum: this.#sum,
      orders: this.seen.orders,
    };
  }

  trailers() {
    return toMetadata(this.wantsTrailers ? this.#echoes() : []);
  }

  async #wait(kind) {
    if (kind === 'WAIT_NONE') {
      return;
    }
    this.seen.waiting = true;
    await (kind === 'WAIT_UNTIL_CANCELLED' ? this.cancelled : this.release.opened);
  }

  #echoes() {
    return toPairs(this.call.metadata).filter(([key]) => key.startsWith('x-echo-'));
  }

  #concerns({ attempts }) {
    const previous = Number(this.call.metadata.get('grpc-previous-rpc-attempts')[0] ?? 0);
    return attempts === 0 || previous < attempts;
  }

  #failure({ code, text, details, pushback }) {
    const metadata = this.trailers();
    metadata.add('x-failure', 'yes');
    if (details.length > 0) {
      metadata.add('grpc-status-details-bin', details);
    }
    if (pushback) {
      metadata.add('grpc-retry-pushback-ms', pushback);
    }
    return { code, details: text, metadata };
  }
}

const healthHandlers = {
  Check: (call, callback) => (call.request.service === '' || call.request.service === mirror
    ? callback(null, { status: 'SERVING' })
    : callback({ code: grpc.status.NOT_FOUND, details: 'unknown service' })),
  // Stays open, as the protocol of health checks says.
  Watch: (call) => call.write({ status: call.request.service === '' || call.request.service === mirror ? 'SERVING' : 'SERVICE_UNKNOWN' }),
};

function credentials(security) {
  if (!security) {
    return grpc.ServerCredentials.createInsecure();
  }
  const keys = [{ private_key: fs.readFileSync(security.key), cert_chain: fs.readFileSync(security.certificate) }];
  return grpc.ServerCredentials.createSsl(fs.readFileSync(security.roots), keys, security.mutual);
}

module.exports = { Servers };
