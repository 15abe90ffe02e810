//! The core as WebAssembly, without imports: `bindings/node/lib/wasm/` calls it as it calls the native addon.
//!
//! Each function of the addon is an export. Its arguments are texts and handles: the caller asks [`exchange::input`] for room, writes
//! the texts there and calls; the answer is a number, and texts that [`exchange::output`] points to, until [`exchange::finish`]
//! wipes them. Settings are JSON, and so is what has members. A number below zero is a failure.
//!
//! Nothing that is passed in traps: a handle that does not exist, or texts that are not there, are a failure. What is left – a defect,
//! or memory that is used up while the core works – is a trap; nothing was answered then, and the caller makes a new instance.
//!
//! Layers: `exchange`, then `arguments` and `answer`, `settings`, `objects`; then what calls the core.

// The functions are public to the linker alone.
#![allow(unreachable_pub, missing_docs)]

mod address;
mod answer;
mod arguments;
mod callback;
mod cipher;
mod details;
mod diagnosis;
mod envelope;
mod exchange;
mod hazmat;
mod key_ring;
mod keys;
mod objects;
mod profile;
mod settings;
mod signing;
mod stored;
mod tables;
