// The library for browsers and their workers, made once. Bundlers follow this form of a URL and copy the file beside what they make.
import library from './build/library.mjs';

/** Compiled while it arrives, or after that from a server that has no media type for WebAssembly. */
async function compiled(url) {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`callback-profile: ${response.status} in place of ${url}`);
  if (response.headers.get('content-type') === 'application/wasm') return WebAssembly.compileStreaming(response);
  return WebAssembly.compile(await response.arrayBuffer());
}

export const { hazmat, ...main } = library(await compiled(new URL('./callback_profile.wasm', import.meta.url)));
