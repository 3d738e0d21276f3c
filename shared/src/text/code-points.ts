const isHigh = (unit: number) => unit >= 0xd800 && unit <= 0xdbff;
const isLow = (unit: number) => unit >= 0xdc00 && unit <= 0xdfff;

/** The number of code points from the UTF-16 offset `from` on; a lone surrogate counts as one. Linear, no allocation. */
export function countCodePoints(text: string, from = 0): number {
  let count = 0;
  for (let i = from; i < text.length; i++) {
    if (isHigh(text.charCodeAt(i)) && isLow(text.charCodeAt(i + 1))) i++;
    count++;
  }
  return count;
}

/** The UTF-16 offset behind the first `count` code points, or the text's length if it has fewer. */
export function offsetOfCodePoint(text: string, count: number): number {
  let offset = 0;
  for (let seen = 0; seen < count && offset < text.length; seen++) {
    offset += isHigh(text.charCodeAt(offset)) && isLow(text.charCodeAt(offset + 1)) ? 2 : 1;
  }
  return offset;
}

/** The nearest offset at or before `offset` that doesn't split a surrogate pair. */
export function wholeOffset(text: string, offset: number): number {
  const splits = offset > 0 && isHigh(text.charCodeAt(offset - 1)) && isLow(text.charCodeAt(offset));
  return splits ? offset - 1 : offset;
}
