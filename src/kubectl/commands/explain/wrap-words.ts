// Breaks lines between words. Models github.com/mitchellh/go-wordwrap: a word that is longer than a line is left whole.

/** Wraps text to lines of at most `limit` characters; line breaks in it stay. */
export function wrapWords(text: string, limit: number): string {
  return text
    .split('\n')
    .map((line) => wrapLine(line, limit))
    .join('\n');
}

function wrapLine(line: string, limit: number): string {
  let out = '';
  let width = 0;
  for (const [, space = '', word = ''] of line.matchAll(/(\s*)(\S*)/g)) {
    if (word === '') {
      if (width + space.length <= limit) out += space;
      continue;
    }
    const isTooWide = width + space.length + word.length > limit && word.length < limit;
    // A longer word moves to a line of its own once it has shown that the rest of this one is too short, while it is still the shorter.
    const breaks = isTooWide || (word.length >= limit && width + space.length + limit - 1 > limit);
    if (breaks) {
      out += `\n${word}`;
      width = word.length;
    } else {
      out += space + word;
      width += space.length + word.length;
    }
  }
  return out;
}
