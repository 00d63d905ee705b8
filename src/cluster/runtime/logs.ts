// Reading a container's log: what is there, or a stream that follows it.
import type { CriCall } from './cri.ts';
import type { Reply } from './containers.ts';
import { stamp } from './container-log.ts';
import type { Container, RuntimeNode } from './node.ts';
import type { Streams } from './streams.ts';

/** Handles ContainerLogs. */
export function containerLogs(
  node: RuntimeNode,
  streams: Streams,
  container: Container,
  call: Extract<CriCall, { call: 'ContainerLogs' }>,
  to: string,
  reply: Reply,
) {
  const { at } = node.context();
  const { startAtMs } = node.options;
  const text = container.log.read(call, at, startAtMs);
  if (!call.follow) return reply({ ok: { text } });
  let isAtLineStart = text === '' || text.endsWith('\n');
  const follow = (piece: string) => {
    if (!call.timestamps) return stream.send({ fd: 1, text: piece });
    const when = stamp(startAtMs + node.context().at);
    const stamped = piece.replace(/^/gm, (_match, offset: number) =>
      offset === 0 && !isAtLineStart ? '' : offset === piece.length ? '' : `${when} `,
    );
    isAtLineStart = piece.endsWith('\n');
    stream.send({ fd: 1, text: stamped });
  };
  const end = () => {
    container.onLog.delete(follow);
    stream.end({});
  };
  const stream = streams.open(to, (data) => {
    if (!data.end) return;
    container.onLog.delete(follow);
    container.onEnd.delete(end);
  });
  reply({ ok: { stream: stream.id } });
  if (text !== '') stream.send({ fd: 1, text });
  if (container.state === 'exited') return end();
  container.onLog.add(follow);
  container.onEnd.add(end);
}
