// `kubectl edit`: the learner's computer has no editor that a line could open.
import type { Command } from '../../command.ts';
import { fail, usageError } from '../../failure.ts';
import { objectsOf, OBJECT_FLAGS } from '../../objects-of.ts';

const edit: Command = {
  name: 'edit',
  usage: 'edit (RESOURCE/NAME | -f FILENAME) [options]',
  about: 'Edit a resource from the default editor.',
  flags: [...OBJECT_FLAGS, { name: 'output', short: 'o', type: 'string' }, { name: 'save-config', type: 'bool' }],
  *run(context) {
    if (context.args.length === 0 && !context.flags.has('filename')) throw usageError('edit', 'must specify the type of resource to edit');
    yield* objectsOf(context, context.args);
    throw fail('unable to launch the editor "vi"');
  },
};

export default edit;
