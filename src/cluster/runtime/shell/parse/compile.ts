// unbash's tree as the evaluator walks it. The text has been read by ash's grammar before, so what bash alone knows does not occur.
import type { Command, CommandNode, CompoundCommand, CompoundList, ParsedScript, PipelineNode, Redirection, Statement } from 'unbash';
import { parse } from 'unbash';
import { compileAssignmentWord, compileBody, compileWord } from './compile-word.ts';
import type { Assignment, Node, Redirect, Word } from './syntax.ts';

/** The text of one complete command as a tree; undefined where nothing is in it. */
export function compileCommand(text: string): Node | undefined {
  return compiler(text).list(parse(text).commands);
}

const nothing: Node = { kind: 'list', items: [] };

interface Compiler {
  list(statements: readonly Statement[]): Node | undefined;
}

function compiler(text: string): Compiler {
  const script = (inner: ParsedScript | undefined): Node | undefined =>
    inner && (inner.source === undefined ? list(inner.commands) : compileCommand(inner.source));
  const lineOf = (at: number): number => {
    let line = 0;
    for (let i = text.indexOf('\n'); i >= 0 && i < at; i = text.indexOf('\n', i + 1)) line += 1;
    return line;
  };
  const word = (written: Parameters<typeof compileWord>[0]): Word => compileWord(written, script);

  const list = (statements: readonly Statement[]): Node | undefined => {
    const items = statements.map(statement);
    return items.length < 2 ? items[0] : { kind: 'list', items };
  };
  const body = (inner: CompoundList): Node => list(inner.commands) ?? nothing;

  const statement = ({ command, background, pos, end }: Statement): Node => {
    const node = command.type === 'AndOr' ? andOr(command.commands, command.operators) : pipeline(command);
    return background ? { kind: 'background', body: node, text: text.slice(pos, end).replace(/\s*&?\s*$/, '') } : node;
  };
  const andOr = (commands: readonly PipelineNode[], operators: readonly string[]): Node => {
    const nodes = commands.map(pipeline);
    return nodes.reduce((left, right, index) => ({ kind: operators[index - 1] === '&&' ? 'and' : 'or', left, right }));
  };
  const pipeline = (node: PipelineNode): Node => {
    if (node.type !== 'Pipeline') return command(node);
    const nodes = node.commands.map(command);
    const inner: Node = nodes.length === 1 && nodes[0] ? nodes[0] : { kind: 'pipeline', commands: nodes };
    return node.prefixes.reduce<Node>((held, prefix) => (prefix.type === 'Negation' ? { kind: 'not', body: held } : held), inner);
  };

  const command = (node: CommandNode): Node => {
    if (node.type === 'Command') return simple(node);
    if (node.type === 'Redirected') {
      const redirects = node.redirects.flatMap(redirect);
      if (node.command.type === 'Subshell') return { kind: 'subshell', body: body(node.command.body), redirects };
      return { kind: 'redirected', body: compound(node.command), redirects };
    }
    if (node.type === 'Function')
      return { kind: 'function', name: node.name.value, body: node.body.type === 'CompoundList' ? body(node.body) : command(node.body) };
    return node.type === 'Coproc' ? nothing : compound(node);
  };

  const compound = (node: CompoundCommand): Node => {
    switch (node.type) {
      case 'If': {
        const branches = [node, ...node.elif];
        const last = node.else && body(node.else);
        return branches.reduceRight<Node | undefined>(
          (otherwise, branch) => ({ kind: 'if', test: body(branch.clause), body: body(branch.then), otherwise }),
          last,
        ) as Node;
      }
      case 'While':
        return { kind: 'while', test: body(node.clause), until: node.kind === 'until', body: body(node.body) };
      case 'For':
        return { kind: 'for', name: node.name.value, words: node.wordlist?.map(word), body: body(node.body) };
      case 'Case':
        return {
          kind: 'case',
          word: word(node.word),
          items: node.items.map((item) => ({ patterns: item.pattern.map(word), body: list(item.body.commands) })),
        };
      case 'Subshell':
        return { kind: 'subshell', body: body(node.body), redirects: [] };
      case 'BraceGroup':
        return body(node.body);
      default:
        return nothing;
    }
  };

  const simple = (node: Command): Node => {
    const assignments: Assignment[] = [];
    for (const prefix of node.prefix) {
      if (prefix.type !== 'Assignment' || prefix.value.type !== 'Word') continue;
      assignments.push({ name: prefix.name, value: compileWord(prefix.value, script, 'assignment') });
    }
    const words = node.name ? [word(node.name)] : [];
    for (const argument of node.args) {
      if (argument.type === 'Word') words.push(word(argument));
      else if (argument.value.type === 'Word') words.push(compileAssignmentWord(argument.name, argument.value, script));
    }
    const redirects = node.redirects.flatMap(redirect);
    const named = words.length > 0 ? words[0]?.literal !== undefined && assignments.length === 0 : assignments.length > 0;
    const still = words.every((each) => each.still) && assignments.every(({ value }) => value.still);
    return { kind: 'simple', assignments, words, redirects, line: lineOf(node.pos), direct: named && still && redirects.length === 0 };
  };

  const redirect = (node: Redirection): readonly Redirect[] => {
    const number = node.descriptor?.type === 'FileDescriptor' ? node.descriptor.value : undefined;
    if (node.type === 'HereDoc') {
      const { parts, text: written } = node.body;
      const stripped = node.operator === '<<-' ? written.replace(/^\t+/gm, '') : written;
      const target = compileBody(parts, stripped, !(node.delimiter?.quoted ?? false), script);
      return [{ operator: '<<', fd: number ?? 0, target: node.operator === '<<-' ? withoutTabs(target) : target }];
    }
    if (node.type === 'HereString' || !node.target || node.operator === '&>>') return [];
    const fd = number ?? (node.operator.startsWith('<') ? 0 : 1);
    return [{ operator: node.operator, fd, target: word(node.target) }];
  };
  return { list };
}

/** `<<-`: tabs at the start of a line are no part of the text. */
function withoutTabs(word: Word): Word {
  const parts = word.parts.map((part, index) => {
    if (part.kind !== 'text') return part;
    return { ...part, text: part.text.replace(index === 0 ? /^\t+|(?<=\n)\t+/g : /(?<=\n)\t+/g, '') };
  });
  const literal = word.literal === undefined ? undefined : parts.map((part) => (part.kind === 'text' ? part.text : '')).join('');
  return { ...word, parts, literal };
}
