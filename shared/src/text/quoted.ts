import { cleanLine } from './clean.ts';

/** Double quotation marks, and what Unicode's list of confusables or the eye takes for one. */
const QUOTATION_MARKS = /["“”„‟″‶＂〝〞〟〃ʺ˝˶ˮ״᳓⹂❝❞❠🙶🙷🙸]/gu;

/**
 * A text that others wrote, cleaned as by `cleanLine`, in double quotes that it can't close: its own become single ones, so
 * that nothing it holds can pass for words of ours.
 */
export function quoted(text: string, max?: number): string {
  return `"${cleanLine(text, max).replace(QUOTATION_MARKS, "'")}"`;
}
