// How names, label keys and label values may look; each rule answers the texts of what is wrong, none where the value is good.
// Models k8s.io/apimachinery/pkg/util/validation and pkg/api/validate/content.

/** A rule about a text. */
export type TextRule = (value: string) => string[];

const LABEL = '[a-z0-9]([-a-z0-9]*[a-z0-9])?';
const SUBDOMAIN = `${LABEL}(\\.${LABEL})*`;
const LABEL_1035 = '[a-z]([-a-z0-9]*[a-z0-9])?';
const QUALIFIED = '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]';
const LABEL_VALUE = `(${QUALIFIED})?`;

const whole = (pattern: string): RegExp => new RegExp(`^${pattern}$`);
const LABEL_TEST = whole(LABEL);
const SUBDOMAIN_TEST = whole(SUBDOMAIN);
const LABEL_1035_TEST = whole(LABEL_1035);
const QUALIFIED_TEST = whole(QUALIFIED);
const LABEL_VALUE_TEST = whole(LABEL_VALUE);

/** `<message> (e.g. 'a',  or 'b', regex used for validation is '...')`. Models validation.RegexError. */
export function regexError(message: string, pattern: string, ...examples: readonly string[]): string {
  const shown = examples.map((example) => `'${example}', `).join(' or ');
  return `${message} (${examples.length > 0 ? `e.g. ${shown}` : ''}regex used for validation is '${pattern}')`;
}

/** How many bytes a text takes in UTF-8. */
export function byteLength(text: string): number {
  let bytes = 0;
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    bytes += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
  }
  return bytes;
}

const tooManyCharacters = (most: number): string => `must be no more than ${most} characters`;
const tooManyBytes = (most: number): string => `must be no more than ${most} bytes`;

const LABEL_TEXT = regexError(
  "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an alphanumeric character",
  LABEL,
  'my-name',
  '123-abc',
);
const SUBDOMAIN_TEXT = regexError(
  "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character",
  SUBDOMAIN,
  'example.com',
);
const LABEL_1035_TEXT = regexError(
  "a DNS-1035 label must consist of lower case alphanumeric characters or '-', start with an alphabetic character, and end with an alphanumeric character",
  LABEL_1035,
  'my-name',
  'abc-123',
);
const QUALIFIED_TEXT = regexError(
  "must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character",
  QUALIFIED,
  'MyName',
  'my.name',
  '123-abc',
);
const LABEL_VALUE_TEXT = regexError(
  "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character",
  LABEL_VALUE,
  'MyValue',
  'my_value',
  '12345',
);

/** Names of containers, volumes and namespaces. Models IsDNS1123Label. */
export const dns1123Label: TextRule = (value) => {
  const found: string[] = [];
  if (byteLength(value) > 63) found.push(tooManyCharacters(63));
  if (!LABEL_TEST.test(value)) found.push(SUBDOMAIN_TEST.test(value) ? 'must not contain dots' : LABEL_TEXT);
  return found;
};

/** Names of most objects. Models IsDNS1123Subdomain. */
export const dns1123Subdomain: TextRule = (value) => {
  const found: string[] = [];
  if (byteLength(value) > 253) found.push(tooManyCharacters(253));
  if (!SUBDOMAIN_TEST.test(value)) found.push(SUBDOMAIN_TEXT);
  return found;
};

/** Names of Services. Models IsDNS1035Label. */
export const dns1035Label: TextRule = (value) => {
  const found: string[] = [];
  if (byteLength(value) > 63) found.push(tooManyCharacters(63));
  if (!LABEL_1035_TEST.test(value)) found.push(LABEL_1035_TEXT);
  return found;
};

/** Keys of labels and annotations: `[prefix/]name`. Models content.IsLabelKey. */
export const qualifiedKey: TextRule = (value) => {
  const parts = value.split('/');
  if (parts.length > 2) {
    const text = regexError(
      "a valid label key must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character",
      QUALIFIED,
      'MyName',
      'my.name',
      '123-abc',
    );
    return [`${text} with an optional DNS subdomain prefix and '/' (e.g. 'example.com/MyName')`];
  }
  const found: string[] = [];
  const [prefix, name = ''] = parts.length === 2 ? parts : [undefined, parts[0]];
  if (prefix === '') found.push('prefix part must be non-empty');
  else if (prefix !== undefined) found.push(...dns1123Subdomain(prefix).map((text) => `prefix part ${text}`));
  if (name === '') found.push('name part must be non-empty');
  else if (byteLength(name) > 63) found.push(`name part ${tooManyBytes(63)}`);
  if (!QUALIFIED_TEST.test(name)) found.push(`name part ${QUALIFIED_TEXT}`);
  return found;
};

/** Values of labels. Models content.IsLabelValue. */
export const labelValue: TextRule = (value) => {
  const found: string[] = [];
  if (byteLength(value) > 63) found.push(tooManyBytes(63));
  if (!LABEL_VALUE_TEST.test(value)) found.push(LABEL_VALUE_TEXT);
  return found;
};

/** Names of ports. Models IsValidPortName. */
export const portName: TextRule = (value) => {
  const found: string[] = [];
  if (byteLength(value) > 15) found.push(tooManyCharacters(15));
  if (!/^[-a-z0-9]+$/.test(value)) found.push('must contain only alpha-numeric characters (a-z, 0-9), and hyphens (-)');
  if (!/[a-z]/.test(value)) found.push('must contain at least one letter (a-z)');
  if (value.includes('--')) found.push('must not contain consecutive hyphens');
  if (value.startsWith('-') || value.endsWith('-')) found.push('must not begin or end with a hyphen');
  return found;
};

/** Names of environment variables: anything printable but `=`. Models IsRelaxedEnvVarName. */
export const envName: TextRule = (value) => {
  if (/^[\x20-\x3c\x3e-\x7e]+$/.test(value)) return [];
  return ["a valid environment variable name must consist only of printable ASCII characters other than '='"];
};

/** Keys of ConfigMaps and Secrets. Models IsConfigMapKey. */
export const configKey: TextRule = (value) => {
  const found: string[] = [];
  if (byteLength(value) > 253) found.push(tooManyCharacters(253));
  if (!/^[-._a-zA-Z0-9]+$/.test(value)) {
    const text = "a valid config key must consist of alphanumeric characters, '-', '_' or '.'";
    found.push(regexError(text, '[-._a-zA-Z0-9]+', 'key.name', 'KEY_NAME', 'key-name'));
  }
  if (value === '.') found.push(`must not be '.'`);
  if (value === '..') found.push(`must not be '..'`);
  else if (value.startsWith('..')) found.push(`must not start with '..'`);
  return found;
};

/** Names of HTTP headers. Models IsHTTPHeaderName. */
export const headerName: TextRule = (value) =>
  /^[-A-Za-z0-9]+$/.test(value)
    ? []
    : [regexError("a valid HTTP header must consist of alphanumeric characters or '-'", '[-A-Za-z0-9]+', 'X-Header-Name')];

/** Port numbers. Models IsValidPortNum. */
export const portNumber = (port: number): string[] => (port >= 1 && port <= 65_535 ? [] : [inRange(1, 65_535)]);

/** `must be between 1 and 65535, inclusive`. */
export const inRange = (low: number, high: number): string => `must be between ${low} and ${high}, inclusive`;

/** A rule for what a name begins with (generateName): what is drawn after it may follow a hyphen or a dot. */
export const asPrefix =
  (rule: TextRule): TextRule =>
  (value) =>
    rule(value.length > 1 && value.endsWith('-') ? `${value.slice(0, -2)}a` : value);

/** IPv4 or IPv6 addresses. Models IsValidIP with Go's legacy parser. */
export function isAddress(value: string): boolean {
  return isIPv4(value) || isIPv6(value);
}

/** IPv4 addresses in dotted form. */
export const isIPv4 = (value: string): boolean =>
  /^\d{1,3}(\.\d{1,3}){3}$/.test(value) && value.split('.').every((part) => Number(part) <= 255 && String(Number(part)) === part);

/** IPv6 addresses. */
export function isIPv6(value: string): boolean {
  const embedded = /^(.*:)(\d+\.\d+\.\d+\.\d+)$/.exec(value);
  if (embedded && !isIPv4(embedded[2] ?? '')) return false;
  const text = embedded ? `${embedded[1]}0:0` : value;
  const halves = text.split('::');
  if (halves.length > 2 || !/^[0-9a-fA-F:]*$/.test(text)) return false;
  const groups = halves.flatMap((half) => (half === '' ? [] : half.split(':')));
  if (!groups.every((group) => /^[0-9a-fA-F]{1,4}$/.test(group))) return false;
  return halves.length === 2 ? groups.length < 8 : groups.length === 8;
}

/** What drawn parts of names are made of: no vowels, no look-alikes. Models k8s.io/apimachinery/pkg/util/rand. */
export const NAME_ALPHABET = 'bcdfghjklmnpqrstvwxz2456789';
