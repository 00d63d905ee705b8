// Backslash escapes of echo -e, printf and `%b`.

const simple: Readonly<Record<string, string>> = { a: '\x07', b: '\b', e: '\x1b', f: '\f', n: '\n', r: '\r', t: '\t', v: '\v', '\\': '\\' };

/** Text with its escapes read; `stop`: a `\c` ended it. `octalZero`: octal numbers may begin with a 0 of their own. */
export function readEscapes(text: string, octalZero: boolean): { readonly text: string; readonly stop: boolean } {
  let out = '';
  for (let i = 0; i < text.length; i += 1) {
    const char = text.charAt(i);
    if (char !== '\\' || i + 1 >= text.length) {
      out += char;
      continue;
    }
    const next = text.charAt(i + 1);
    if (next === 'c') return { text: out, stop: true };
    const number = numeric(text.slice(i + 1), octalZero);
    if (simple[next] !== undefined) out += simple[next];
    else if (number) out += String.fromCharCode(number.code & 255);
    else out += `\\${next}`;
    i += number ? number.length : 1;
  }
  return { text: out, stop: false };
}

function numeric(text: string, octalZero: boolean): { readonly code: number; readonly length: number } | undefined {
  const hexadecimal = /^x([0-9A-Fa-f]{1,2})/.exec(text);
  if (hexadecimal) return { code: Number.parseInt(hexadecimal[1] ?? '', 16), length: hexadecimal[0].length };
  const octal = (octalZero ? /^(0[0-7]{0,3}|[0-7]{1,3})/ : /^([0-7]{1,3})/).exec(text);
  return octal ? { code: Number.parseInt(octal[1] ?? '', 8), length: octal[0].length } : undefined;
}

/** What echo prints. */
export function echoText(args: readonly string[], escapesByDefault = false): string {
  let newline = true;
  let escapes = escapesByDefault;
  let i = 0;
  for (; i < args.length; i += 1) {
    const word = args[i] ?? '';
    if (!/^-[neE]+$/.test(word)) break;
    for (const letter of word.slice(1)) {
      if (letter === 'n') newline = false;
      else escapes = letter === 'e' || (letter === 'E' ? escapes && word.includes('e') : escapes);
    }
  }
  const text = args.slice(i).join(' ');
  if (!escapes) return newline ? `${text}\n` : text;
  const read = readEscapes(text, true);
  return newline && !read.stop ? `${read.text}\n` : read.text;
}
