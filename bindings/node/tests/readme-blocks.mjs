// The programs of a README: every block that begins with a file name, and what it prints.

export const blocks = (readme) => [...readme.matchAll(/^```(\w+)\n\/\/ (\S+)\n(.*?)^```$/gms)].map(([, , name, code]) => ({ name, code }));

/** `console.log` prints the text of the comment beside it; each has one. */
export function expectedLines(code) {
  const lines = [...code.matchAll(/^ *console\.log\(.*\); \/\/ => (.*)$/gm)].map(([, line]) => line);
  if (lines.length !== code.match(/console\.log/g).length) throw new Error('a console.log without what it prints');
  return lines;
}
