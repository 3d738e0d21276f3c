import { cleanBlock } from './clean.ts';

/** Opens, closes or separates something wherever it stands: code, emphasis, links, HTML, references, tables, maths. */
const EVERYWHERE = /[\\`*_[\]{}<>#!|~&@$^]/g;

/** Begins a list, a heading's underline, a rule or a definition, at the start of a line alone. */
const LINE_START = /^(\d+(?=[.)]))?([-+=.):])/gm;

/** What GitHub's Markdown makes a link without brackets. An e-mail address has lost its at sign to `EVERYWHERE`. */
const SLASHES = /:?\/{2,}/g;
const BARE_HOST = /www\./gi;

/**
 * A text that others wrote, cleaned as by `cleanBlock` and escaped so that no Markdown renderer makes anything of it: it
 * reads as it was written. Its lines stay lines.
 *
 * @param max code points of the text that are kept, before escaping
 */
export function escapeMarkdown(text: string, max?: number): string {
  return cleanBlock(text, max)
    .replace(EVERYWHERE, '\\$&')
    .replace(SLASHES, (slashes) => slashes.replace(/./g, '\\$&'))
    .replace(BARE_HOST, (host) => `${host.slice(0, -1)}\\.`)
    .replace(LINE_START, (_, digits: string | undefined, mark: string) => `${digits ?? ''}\\${mark}`)
    .replace(/(?<!\n)\n(?!\n)/g, '  \n');
}
