// The forms in which a moment is given to others.

/** What a page says of the moment that it links to. */
export interface Shown {
  readonly address: string;
  /** The same, for an iframe. */
  readonly embedded: string;
  readonly title: string;
}

const escapeHtml = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

/** A link for Markdown. */
export const markdownOf = ({ address, title }: Shown): string => `[${title.replace(/[[\]\\`*_<>]/g, '\\$&')}](${address})`;

/** An iframe for a page of one's own. Before a click into it, it fetches no simulation. */
export const iframeOf = ({ embedded, title }: Shown): string =>
  `<iframe src="${escapeHtml(embedded)}" title="${escapeHtml(title)}" width="100%" height="520" style="border:0" loading="lazy"></iframe>`;
