const repeat = /^\{(\d{1,4})(?:,(\d{0,4}))?\}/;

function endOfClass(source: string, start: number): number {
  let at = start + 1;
  if (source[at] === '^') at++;
  if (source[at] === ']') at++;
  while (at < source.length && source[at] !== ']') at += source[at] === '\\' ? 2 : 1;
  return at + 1;
}

function lengthOfAtom(source: string, at: number): number {
  if (source[at] === '\\') return 2;
  return source[at] === '[' ? endOfClass(source, at) - at : 1;
}

/**
 * About how many parts a pattern has once `x{3}` is written out as `xxx`. Compiling unfolds it, so
 * this is asked before; that nesting of counts is not more than 1,000 is RE2's own rule.
 */
export function unfoldedSize(source: string): number {
  const open: number[] = [];
  let size = 0;
  let last = 0;
  for (let at = 0; at < source.length;) {
    const rest = source[at] === '{' ? repeat.exec(source.slice(at, at + 12)) : null;
    if (rest) {
      const times = Math.max(Number(rest[1]), Number(rest[2] ?? 0), 1);
      size += last * (times - 1);
      last *= times;
      at += rest[0].length;
    } else if (source[at] === '(') {
      open.push(size);
      at++;
    } else if (source[at] === ')') {
      last = size - (open.pop() ?? 0) + 2;
      size += 2;
      at++;
    } else {
      last = 1;
      size += 1;
      at += lengthOfAtom(source, at);
    }
  }
  return size;
}
