'use strict';
// structuredClone copies of an object only its own members, so that a copy of a profile, or one that is sent to a worker thread, would
// be an empty object without a word. An own member that cannot be copied makes it an error, whose text is the symbol's.

/** The value of an own, enumerable member of each instance; `way` is what to do instead. */
const uncloneable = (type, way) => Symbol(`a ${type} cannot be cloned or sent to another thread: ${way}`);

module.exports = { uncloneable };
