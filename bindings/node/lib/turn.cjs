'use strict';
// A turn of the event loop: what waits is done first. Not setTimeout, which browsers hold back by four milliseconds.

/** Resolves in a later turn. */
const turn = () => new Promise((resolve) => {
  if (typeof setImmediate === 'function') return void setImmediate(resolve);
  // Without the two ends of a channel, as in some workers, the timer is all there is.
  if (typeof MessageChannel !== 'function') return void setTimeout(resolve);
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = () => {
    port1.close();
    resolve();
  };
  port2.postMessage(undefined);
});

module.exports = { turn };
