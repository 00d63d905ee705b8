// The commands of a shell as the evaluator walks them.

/** A command. */
export type Node =
  | Simple
  | { readonly kind: 'pipeline'; readonly commands: readonly Node[] }
  | { readonly kind: 'not'; readonly body: Node }
  | { readonly kind: 'and' | 'or'; readonly left: Node; readonly right: Node }
  | { readonly kind: 'list'; readonly items: readonly Node[] }
  | { readonly kind: 'background'; readonly body: Node; readonly text: string }
  | { readonly kind: 'subshell'; readonly body: Node; readonly redirects: readonly Redirect[] }
  | { readonly kind: 'redirected'; readonly body: Node; readonly redirects: readonly Redirect[] }
  | { readonly kind: 'if'; readonly test: Node; readonly body: Node; readonly otherwise: Node | undefined }
  | { readonly kind: 'while'; readonly test: Node; readonly until: boolean; readonly body: Node }
  | { readonly kind: 'for'; readonly name: string; readonly words: readonly Word[] | undefined; readonly body: Node }
  | { readonly kind: 'case'; readonly word: Word; readonly items: readonly CaseItem[] }
  | { readonly kind: 'function'; readonly name: string; readonly body: Node };

/** A simple command. `line` counts from 0 at the start of the complete command that it stands in. */
export interface Simple {
  readonly kind: 'simple';
  readonly assignments: readonly Assignment[];
  readonly words: readonly Word[];
  readonly redirects: readonly Redirect[];
  readonly line: number;
  /** Nothing in it redirects or runs another command, and its name is plain: a builtin can be called at once. */
  readonly direct: boolean;
}

/** A branch of case. */
export interface CaseItem {
  readonly patterns: readonly Word[];
  readonly body: Node | undefined;
}

/** `name=value`. */
export interface Assignment {
  readonly name: string;
  readonly value: Word;
}

/** A redirection. `<<` has its text as the target. */
export interface Redirect {
  readonly operator: '>' | '>>' | '<' | '<>' | '<&' | '>&' | '>|' | '&>' | '<<';
  readonly fd: number;
  readonly target: Word;
}

/** A word before expansion. */
export interface Word {
  readonly parts: readonly Part[];
  /** The text of a word in which nothing can be expanded, split or matched. */
  readonly literal: string | undefined;
  /** No command has to run to expand it. */
  readonly still: boolean;
}

/** A piece of a word. What is `quoted` is neither split nor a pattern. */
export type Part =
  | { readonly kind: 'text'; readonly text: string; readonly quoted: boolean }
  | { readonly kind: 'parameter'; readonly name: string; readonly operation: Operation | undefined; readonly quoted: boolean }
  /** What a command has printed: split where it is not quoted. */
  | { readonly kind: 'value'; readonly text: string; readonly quoted: boolean }
  | { readonly kind: 'command'; readonly body: Node | undefined; readonly quoted: boolean }
  | { readonly kind: 'process'; readonly body: Node | undefined; readonly direction: '<' | '>'; readonly quoted: boolean }
  | { readonly kind: 'arithmetic'; readonly expression: Word; readonly quoted: boolean };

/** What `${name...}` does with the value. */
export type Operation =
  | { readonly kind: 'length' }
  | { readonly kind: 'default'; readonly operator: '-' | '=' | '?' | '+'; readonly colon: boolean; readonly word: Word }
  | { readonly kind: 'remove'; readonly operator: '#' | '##' | '%' | '%%'; readonly pattern: Word }
  | { readonly kind: 'replace'; readonly all: boolean; readonly pattern: Word; readonly replacement: Word }
  | { readonly kind: 'slice'; readonly offset: Word; readonly length: Word | undefined };
