// The programs of a README (every block that begins with a file name) and of the typings, and what they print.

export const blocks = (readme) => [...readme.matchAll(/^```(\w+)\n\/\/ (\S+)\n(.*?)^```$/gms)].map(([, , name, code]) => ({ name, code }));

/** The examples of the typings, by the class that each belongs to. */
export const examples = (typings) => [...typings.matchAll(/^ \* ```js\n((?: \*.*\n)*?) \* ```\n(?: \*.*\n)*? \*\/\nexport class (\w+)/gm)]
  .map(([, lines, name]) => ({ name: `${name}.mjs`, code: lines.replace(/^ \* ?/gm, '') }));

/** `console.log` prints the text of the comment beside it; each has one. */
export function expectedLines(code) {
  const lines = [...code.matchAll(/^ *console\.log\(.*\); \/\/ => (.*)$/gm)].map(([, line]) => line);
  if (lines.length !== code.match(/console\.log/g).length) throw new Error('a console.log without what it prints');
  return lines;
}
