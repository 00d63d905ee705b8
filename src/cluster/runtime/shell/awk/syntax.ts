// The tree of an awk program.

/** A program: rules in order, and functions. */
export interface Awk {
  readonly rules: readonly Rule[];
  readonly functions: ReadonlyMap<string, AwkFunction>;
}

/** What runs when. Without an action the record is printed. */
export interface Rule {
  readonly kind: 'BEGIN' | 'END' | 'record';
  readonly pattern: Expression | undefined;
  readonly until: Expression | undefined;
  readonly action: readonly Statement[] | undefined;
}

/** A function of the program. */
export interface AwkFunction {
  readonly parameters: readonly string[];
  readonly body: readonly Statement[];
}

/** A statement. */
export type Statement =
  | { readonly kind: 'expression'; readonly value: Expression }
  | { readonly kind: 'print' | 'printf'; readonly values: readonly Expression[]; readonly to: Target | undefined }
  | { readonly kind: 'if'; readonly test: Expression; readonly yes: Statement; readonly no: Statement | undefined }
  | { readonly kind: 'while'; readonly test: Expression; readonly body: Statement; readonly first: boolean }
  | {
      readonly kind: 'for';
      readonly before: Statement | undefined;
      readonly test: Expression | undefined;
      readonly after: Statement | undefined;
      readonly body: Statement;
    }
  | { readonly kind: 'each'; readonly name: string; readonly array: string; readonly body: Statement }
  | { readonly kind: 'block'; readonly body: readonly Statement[] }
  | { readonly kind: 'delete'; readonly array: string; readonly index: readonly Expression[] | undefined }
  | { readonly kind: 'next' | 'break' | 'continue' }
  | { readonly kind: 'exit' | 'return'; readonly value: Expression | undefined };

/** Where print goes. */
export interface Target {
  readonly append: boolean;
  readonly path: Expression;
}

/** What can be assigned to. */
export type Place =
  | { readonly kind: 'variable'; readonly name: string }
  | { readonly kind: 'field'; readonly index: Expression }
  | { readonly kind: 'element'; readonly array: string; readonly index: readonly Expression[] };

/** An expression. */
export type Expression =
  | Place
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'string'; readonly value: string }
  | { readonly kind: 'regex'; readonly text: string }
  | { readonly kind: 'group'; readonly value: Expression }
  | { readonly kind: 'assign'; readonly operator: string; readonly place: Place; readonly value: Expression }
  | { readonly kind: 'step'; readonly by: 1 | -1; readonly before: boolean; readonly place: Place }
  | { readonly kind: 'unary'; readonly operator: string; readonly value: Expression }
  | { readonly kind: 'binary'; readonly operator: string; readonly left: Expression; readonly right: Expression }
  | { readonly kind: 'ternary'; readonly test: Expression; readonly yes: Expression; readonly no: Expression }
  | { readonly kind: 'in'; readonly index: readonly Expression[]; readonly array: string }
  | { readonly kind: 'call'; readonly name: string; readonly values: readonly Expression[] };

/** Why a program cannot be read, or what it did wrong. */
export class AwkMistake extends Error {
  override readonly name = 'AwkMistake';
}
