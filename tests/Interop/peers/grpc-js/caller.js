'use strict';
const fs = require('node:fs');
const { once } = require('node:events');
const grpc = require('@grpc/grpc-js');
const { toPairs, toMetadata, fill, sum } = require('./contract');

const compressions = { deflate: 1, gzip: 2 };
const answersKept = 64;

/** Makes the call that a plan describes and tells what came of it. */
class Caller {
  constructor(contract) {
    this.contract = contract;
    this.clients = new Map();
    this.calls = new Map();
  }

  cancel(name) {
    this.calls.get(name).cancel();
  }

  async call(plan) {
    const outcome = { code: null, details: '', headers: null, trailers: [], answers: [], answerCount: 0, payloadBytes: 0, payloadSum: 0, refused: null };
    try {
      await this.#run(plan, outcome);
    } catch (failure) {
      outcome.refused = String(failure.message);
    }
    return outcome;
  }

  #client(plan) {
    const key = JSON.stringify([plan.target, plan.security, plan.options]);
    if (!this.clients.has(key)) {
      this.clients.set(key, new grpc.Client(plan.target, credentials(plan.security), channelOptions(plan.options)));
    }
    return this.clients.get(key);
  }

  async #run(plan, outcome) {
    const method = this.contract.method(plan.service, plan.method);
    const serialize = plan.raw == null ? method.requestSerialize : () => Buffer.from(plan.raw, 'base64');
    const metadata = toMetadata(plan.metadata);
    if (plan.waitForReady) {
      metadata.setOptions({ waitForReady: true });
    }
    const options = plan.deadlineMs == null ? {} : { deadline: Date.now() + plan.deadlineMs };
    const requests = requestsOf(plan);
    const client = this.#client(plan);

    await new Promise((resolve) => {
      let call;
      const path = method.path;
      // Comes before the status and may know better: that an answer is missing is found out on this side.
      let verdict;
      const single = (failure, answer) => {
        verdict = failure?.code;
        if (answer) {
          note(outcome, answer);
        }
      };
      if (plan.kind === 'unary') {
        call = client.makeUnaryRequest(path, serialize, method.responseDeserialize, requests[0], metadata, options, single);
      } else if (plan.kind === 'serverStream') {
        call = client.makeServerStreamRequest(path, serialize, method.responseDeserialize, requests[0], metadata, options);
      } else if (plan.kind === 'clientStream') {
        call = client.makeClientStreamRequest(path, serialize, method.responseDeserialize, metadata, options, single);
      } else {
        call = client.makeBidiStreamRequest(path, serialize, method.responseDeserialize, metadata, options);
      }

      this.calls.set(plan.name, call);
      let over = false;
      let next = 0;
      const send = () => (next < requests.length ? call.write(requests[next++]) : plan.hold || call.end());
      const sendAll = async () => {
        for (const request of requests) {
          if (over) {
            return;
          }
          if (!call.write(request)) {
            await Promise.race([once(call, 'drain'), once(call, 'status')]).catch(() => {});
          }
        }
        if (!plan.hold && !over) {
          call.end();
        }
      };

      call.on('metadata', (headers) => {
        outcome.headers = toPairs(headers);
        if (plan.cancelOnHeaders) {
          call.cancel();
        }
      });
      call.on('data', (answer) => {
        note(outcome, answer);
        if (outcome.answerCount === plan.cancelAfterAnswers) {
          call.cancel();
        }
        if (plan.pingPong) {
          send();
        }
      });
      // The status tells the same and more.
      call.on('error', () => {});
      call.on('status', (status) => {
        over = true;
        outcome.code = verdict ?? status.code;
        outcome.details = status.details;
        outcome.trailers = toPairs(status.metadata);
        resolve();
      });

      if (plan.cancelAtOnce) {
        call.cancel();
      }
      if (plan.kind === 'clientStream' || plan.kind === 'duplex') {
        plan.pingPong ? send() : sendAll();
      }
    });
  }
}

function note(outcome, { payload, ...answer }) {
  outcome.answerCount++;
  outcome.payloadBytes += payload?.length ?? 0;
  outcome.payloadSum = sum(payload ?? [], outcome.payloadSum);
  if (outcome.answers.length < answersKept) {
    outcome.answers.push(answer);
  }
}

function requestsOf(plan) {
  const payload = plan.fill ? fill(plan.fill) : undefined;
  const once = plan.requests.map((request) => (payload ? { ...request, payload } : request));
  return Array.from({ length: plan.repeat ?? 1 }, () => once).flat();
}

function credentials(security) {
  const read = (file) => (file ? fs.readFileSync(file) : null);
  return security
    ? grpc.credentials.createSsl(read(security.roots), read(security.key), read(security.certificate))
    : grpc.credentials.createInsecure();
}

function channelOptions(options) {
  const all = {
    'grpc.default_compression_algorithm': compressions[options.compression],
    'grpc.max_send_message_length': options.maxSend,
    'grpc.max_receive_message_length': options.maxReceive,
    'grpc.default_authority': options.authority,
    'grpc.keepalive_time_ms': options.keepaliveMs,
    'grpc.service_config': options.attempts && retryConfig(options.attempts),
    'grpc.initial_reconnect_backoff_ms': 100,
  };
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value != null));
}

function retryConfig(maxAttempts) {
  const retryPolicy = { maxAttempts, initialBackoff: '0.05s', maxBackoff: '0.1s', backoffMultiplier: 1, retryableStatusCodes: ['UNAVAILABLE'] };
  return JSON.stringify({ loadBalancingConfig: [], methodConfig: [{ name: [{}], retryPolicy }] });
}

module.exports = { Caller };
