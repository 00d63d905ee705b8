// The shell beyond the recordings: what was compared with a real busybox by hand, other dialects, and the programs of other images.
// biome-ignore-all lint/suspicious/noTemplateCurlyInString: shells write their expansions like this
import { expect, test } from 'vitest';
import { createLab } from './lab.ts';
import type { Base } from './bases.ts';

function run(script: string, base: Base = 'busybox', shell = 'sh'): string {
  const lab = createLab({ base });
  lab.start([shell, '-c', script]);
  lab.run(60_000);
  return `${lab.output()}${lab.ended.get(1)?.exitCode}`;
}

test.each([
  ['cd /nosuch; echo $?', "sh: cd: line 0: can't cd to /nosuch: No such file or directory\n2\n0"],
  ['echo a\ncd /nosuch', "a\nsh: cd: line 1: can't cd to /nosuch: No such file or directory\n2"],
  ['exit abc', 'sh: exit: line 0: Illegal number: abc\n2'],
  ['eval "echo ("; echo after', 'sh: eval: line 0: syntax error: unexpected end of file (expecting ")")\n2'],
  ['echo hi |& cat', 'sh: syntax error: unexpected "&"\n2'],
  ['select x in a; do echo $x; done', 'sh: syntax error: unexpected "do"\n2'],
  ['a-b() { echo hi; }', 'sh: syntax error: bad function name\n2'],
  ['f() echo hi; f', 'hi\n0'],
  ['a+=b; a[0]=1; echo $[1] $"x"', 'sh: a+=b: not found\nsh: a[0]=1: not found\n$[1] $x\n0'],
  ['cat <(echo hi)', 'hi\n0'],
  ['x=$(case a in a) echo case;; esac); echo $x', 'case\n0'],
  ['x=a/b/c; echo ${x//\\//-} "${x//\\//\\/}" ${x////}', 'a-b-c a/b/c abc\n0'],
  ['x=\'a"b\'; echo "${x#*\\"}" ${x%\\"*} "${x#*\'"\'}"', 'b a b\n0'],
  ['set -- "a b" c; for i in "x$@y"; do echo "[$i]"; done', '[xa b]\n[cy]\n0'],
  ['echo $((9223372036854775807+1)) $((0xff)) $((1,2))', '-9223372036854775808 255 2\n0'],
  ['f() { break; }; for i in 1 2; do f; echo $i; done', '0'],
  ['sleep 5 & kill $!; wait $!; echo $?', 'Terminated\n143\n0'],
  ['timeout 1 sleep 5; echo $?', 'Terminated\n143\n0'],
  ['set -x; X=1 true; echo "a b" c', "+ X=1 true\n+ echo 'a b' c\na b c\n0"],
  ['umask 077; echo > /tmp/f; stat -c %a /tmp/f', '600\n0'],
  ['awk \'BEGIN { split("a,b", p, ","); for (i = 1; i <= 2; i++) s = s p[i]; print s, length(s) }\'', 'ab 2\n0'],
  ["printf 'a\\nb\\nc\\n' | sed -n '2,$p;/c/q'", 'b\nc\n0'],
  ['echo hi | md5sum; echo hi | sha256sum | cut -c1-8', '764efa883dda1e11db47671c4a3bbd9e  -\n98ea6e4f\n0'],
  ['date -u -d @86400 +%FT%TZ; seq 1 0.5 2 | xargs', '1970-01-02T00:00:00Z\n1.0 1.5 2.0\n0'],
])('%s', (script, expected) => {
  expect(run(script)).toBe(expected);
});

test.each<[Base, string, string, string]>([
  ['debian', 'bash', 'nosuch; echo $?', 'bash: line 1: nosuch: command not found\n127\n0'],
  ['debian', 'bash', 'cat < /nosuch', 'bash: line 1: /nosuch: No such file or directory\n1'],
  ['debian', 'bash', 'echo a)', "bash: line 1: syntax error near unexpected token `)'\n2"],
  ['debian', 'sh', 'nosuch', 'sh: 1: nosuch: not found\n127'],
  [
    'debian',
    'sh',
    'cat /nosuch; ls /nosuch',
    "cat: /nosuch: No such file or directory\nls: cannot access '/nosuch': No such file or directory\n2",
  ],
  ['debian', 'sh', 'curl -s x || ps || echo none', 'sh: 1: curl: not found\nsh: 1: ps: not found\nnone\n0'],
  ['centos', 'sh', 'curl -s http://10.0.0.1:81/; echo $?; curl nosuch; echo $?', '7\ncurl: (6) Could not resolve host: nosuch\n6\n0'],
  ['alpine', 'sh', 'wget -qO- 10.0.0.1:81; echo $?', "wget: can't connect to remote host (10.0.0.1): Connection refused\n1\n0"],
])('%s %s: %s', (base, shell, script, expected) => {
  expect(run(script, base, shell)).toBe(expected);
});
