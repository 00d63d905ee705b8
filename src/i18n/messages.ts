// The page's own words, in two languages. A dictionary stands beside its owner as `messages.ts`; Korean must have exactly the keys and
// the arguments that English has, so a missing one does not compile.

/** A language that the page speaks. */
export type Language = 'ko' | 'en';

/** A text, or a function of what it tells about. */
export type Message = string | ((...values: never[]) => string);

/** The same dictionary in both languages. */
export interface Messages<D> {
  readonly en: D;
  readonly ko: D;
}

/** A dictionary as English has it, its texts any text. */
type Shape<D> = { readonly [K in keyof D]: D[K] extends (...values: infer A) => string ? (...values: A) => string : string };
type Values<M> = M extends (...values: infer A) => string ? A : [];

/** Looks up a message of one dictionary. */
export type Text<D> = <K extends keyof D>(key: K, ...values: Values<D[K]>) => string;

/** Pairs the two languages of a dictionary. */
export function defineMessages<D extends Readonly<Record<string, Message>>>(en: D, ko: Shape<D>): Messages<Shape<D>> {
  return { en: en as unknown as Shape<D>, ko };
}

/** The lookup of a dictionary in a language. */
export function textOf<D extends object>(messages: Messages<D>, language: Language): Text<D> {
  const dictionary = messages[language];
  return (key, ...values) => {
    const message: unknown = dictionary[key];
    return typeof message === 'function' ? (message as (...given: unknown[]) => string)(...values) : String(message);
  };
}

/** The language that somebody who prefers these reads best. */
export function preferredLanguage(preferred: readonly string[]): Language {
  return preferred[0]?.toLowerCase().startsWith('ko') ? 'ko' : 'en';
}
