// What the address of an embedded figure asks for: `?embed=1&view=pod&hide=title,timeline&ctl=1&play=0&controls=1&theme=auto&lang=ko#…`.
// The names are those of StackBlitz where it has them.

/** Parts that a page may leave out. */
const PARTS = ['title', 'caption', 'timeline'] as const;
type Part = (typeof PARTS)[number];

/** How a figure is embedded. */
export interface EmbedOptions {
  /** A figure of the stage, or `timeline`; undefined: what the link says. */
  readonly view: string | undefined;
  readonly hides: ReadonlySet<Part>;
  /** The simulation is fetched when somebody clicks, not before. */
  readonly waitsForClick: boolean;
  /** Plays by itself. */
  readonly plays: boolean;
  readonly hasControls: boolean;
  readonly theme: 'auto' | 'light' | 'dark';
  readonly language: 'ko' | 'en' | undefined;
}

/** Reads an address; what is not known is as good as not said. */
export function readOptions(search: string): EmbedOptions {
  const asked = new URLSearchParams(search);
  const oneOf = <T extends string>(name: string, ...values: readonly T[]): T | undefined =>
    values.find((value) => value === asked.get(name));
  const plays = asked.get('play') === '1';
  const hidden = (asked.get('hide') ?? '').split(',');
  return {
    view: asked.get('view') ?? undefined,
    hides: new Set(PARTS.filter((part) => hidden.includes(part))),
    waitsForClick: !plays && asked.get('ctl') !== '0',
    plays,
    hasControls: asked.get('controls') !== '0',
    theme: oneOf('theme', 'light', 'dark') ?? 'auto',
    language: oneOf('lang', 'ko', 'en'),
  };
}
