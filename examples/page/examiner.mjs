// The worker that examines, from the page's side: one at a time, and of all that was asked meanwhile the last.

/** The one script that a policy of trusted types lets this page make a worker of. */
const policy = globalThis.trustedTypes?.createPolicy('callback-profile-worker', { createScriptURL: (url) => url });

const urlOf = (script) => URL.createObjectURL(new Blob([script], { type: 'text/javascript' }));

/** A worker of this script. */
function workerOf(url) {
  return new Worker(policy?.createScriptURL(url) ?? url);
}

/** What a worker of this script makes of its first message. */
function answerOf(script, message) {
  return new Promise((resolve, reject) => {
    const worker = workerOf(urlOf(script));
    worker.onmessage = ({ data }) => {
      worker.terminate();
      resolve(data);
    };
    worker.onerror = reject;
    worker.postMessage(message);
  });
}

/** Script and WebAssembly of the worker, out of the page's own texts: the script's length in four bytes, the script, the module. */
async function coreOf({ unpack, core }) {
  const { buffer, byteOffset, byteLength } = await answerOf(unpack, core);
  const length = new DataView(buffer, byteOffset).getUint32(0);
  const end = byteOffset + byteLength;
  return { script: urlOf(new Uint8Array(buffer, byteOffset + 4, length)), wasm: buffer.slice(byteOffset + 4 + length, end) };
}

/**
 * Starts the worker, which is in the page's `texts`; `answered` gets each report, `failed` is called where one could not be made. `ask(input)` asks for a report, and
 * `stop()` ends the worker with all that it knows.
 */
export function examinerOf(texts, answered, failed) {
  const core = coreOf(texts);
  let worker = null;
  let waiting = null;
  let isBusy = false;

  async function start() {
    const { script, wasm } = await core;
    worker = workerOf(script);
    worker.postMessage(wasm);
    worker.onmessage = ({ data }) => done(data);
    worker.onerror = (event) => {
      event.preventDefault();
      done(null);
    };
  }

  function done(report) {
    isBusy = false;
    if (report === null) {
      // A trap leaves nothing that could be used again.
      worker.terminate();
      worker = null;
    }
    if (waiting !== null) next();
    else if (report === null) failed();
    else answered(report);
  }

  async function next() {
    isBusy = true;
    try {
      if (worker === null) await start();
    } catch {
      isBusy = false;
      failed();
      return;
    }
    if (waiting === null) {
      isBusy = false;
      return;
    }
    worker.postMessage(waiting);
    waiting = null;
  }

  return {
    ask(input) {
      waiting = input;
      if (!isBusy) next();
    },
    stop() {
      waiting = null;
      isBusy = false;
      worker?.terminate();
      worker = null;
    },
  };
}
