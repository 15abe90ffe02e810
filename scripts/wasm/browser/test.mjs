// What the shared cases use of `node:test`, for browsers: the page calls `runAll`.

const tests = [];

export default (name, work) => tests.push({ name, work });

/** Runs the tests in their order; gives what they printed, what failed, and how many ran. */
export async function runAll() {
  const [lines, failed] = [[], []];
  console.log = (line) => lines.push(line);
  for (const { name, work } of tests) {
    try {
      await work();
    } catch (error) {
      failed.push(`${name}: ${error.message}`);
    }
  }
  return { lines, ran: tests.length, failed };
}
