'use strict';
// Names that come from outside, shown so that nobody can forge a log line with them: as the core's messages show them.

/** Longest name that is shown, in characters. */
const LONGEST = 256;

/** Controls, marks of text direction, invisible characters, line separators, half surrogate pairs, noncharacters. */
const HIDDEN = /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\p{Noncharacter_Code_Point}\u{fff9}-\u{fffb}]/gu;

/** A name with every character escaped that is not shown as itself. */
function visible(name) {
  const shown = name.length > LONGEST ? [...name.slice(0, 2 * LONGEST)].slice(0, LONGEST).join('') : name;
  return shown.replace(HIDDEN, (character) => `\\u{${character.codePointAt(0).toString(16)}}`);
}

module.exports = { visible };
