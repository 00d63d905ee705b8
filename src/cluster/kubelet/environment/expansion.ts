// $(VAR) in commands, arguments and values. Models third_party/forked/golang/expansion.

/** Replaces `$(NAME)` by what `lookUp` knows; an unknown one stays as it is; `$$` stands for `$`. */
export function expand(text: string, lookUp: (name: string) => string | undefined): string {
  let out = '';
  for (let i = 0; i < text.length; i += 1) {
    const next = text[i + 1];
    if (text[i] !== '$' || next === undefined) out += text[i];
    else if (next === '$') {
      out += '$';
      i += 1;
    } else if (next === '(') {
      const end = text.indexOf(')', i + 2);
      if (end < 0) out += '$(';
      else {
        const name = text.slice(i + 2, end);
        out += lookUp(name) ?? `$(${name})`;
      }
      i = end < 0 ? i + 1 : end;
    } else {
      out += `$${next}`;
      i += 1;
    }
  }
  return out;
}
