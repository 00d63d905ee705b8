import { expect, test } from 'vitest';
import type { Sys } from '../../process/program.ts';
import { readConfiguration, serversIn } from './configuration.ts';

const reader = (files: Readonly<Record<string, string>>): Sys =>
  ({
    files: {
      read: (path: string) => (path in files ? { text: files[path] } : { error: 'ENOENT' }),
      list: (path: string) => ({
        names: Object.keys(files)
          .filter((name) => name.startsWith(`${path}/`))
          .map((name) => name.slice(path.length + 1)),
      }),
    },
  }) as unknown as Sys;

test('servers come from the files that are included', () => {
  const found = readConfiguration(
    reader({
      '/etc/nginx/nginx.conf': 'events {}\nhttp {\n  include conf.d/*.conf; # all\n}\n',
      '/etc/nginx/conf.d/a.conf':
        'server {\n listen 8080; listen [::]:8080;\n server_name shop;\n root /srv;\n location = /up { return 200 "yes; {it} is\\n"; }\n location / { index a.html; }\n}',
    }),
    '/etc/nginx/nginx.conf',
  );
  expect('error' in found ? found : serversIn(found)).toMatchObject([
    {
      ports: [8080],
      name: 'shop',
      root: '/srv',
      locations: [
        { path: '/up', isExact: true, returns: ['200', 'yes; {it} is\n'] },
        { path: '/', isExact: false, index: ['a.html'] },
      ],
    },
  ]);
});

test.each([
  ['http {\n server {', 'unexpected end of file, expecting "}" in /n.conf:2'],
  ['http { listen 80 }', 'unexpected "}" in /n.conf:1'],
  ['events {}\n}', 'unexpected "}" in /n.conf:2'],
  ['user nginx', 'unexpected end of file, expecting ";" or "}" in /n.conf:1'],
])('%j is refused', (text, error) => {
  expect(readConfiguration(reader({ '/n.conf': text }), '/n.conf')).toEqual({ error });
});
