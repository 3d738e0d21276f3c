/** Names in which something may have to be undone; most have nothing. */
const MARKED = /[^ -~]|[. ]$|::\$|\(|cop[iy]|kopi|\.(\w{2,4})\.\1[. ]*$/i;
/** No room, no sign, and no letter of any script. */
const INVISIBLE = /[\p{Cf}\u115f\u1160\u3164\uffa0]|\u034f|[\u17b4\u17b5]|[\u180b-\u180f]|[\ufe00-\ufe0f]/gu;
const ENDING = /\.[^.\s]{1,10}$/u;
const COPY = 'copy|kopie|copie|copia|cópia|kopia|kopi|másolat|копия|копія|副本|复制|複製|コピー|복사본';
/** " (1)", " - Copy", "_copy2", " (Kopie)" */
const COPIED = new RegExp(
  `(?<![\\s_-])[\\s_-]*(?:\\(\\d{1,3}\\)|\\((?:another )?(?:${COPY})(?: \\d{1,3})?\\)|[\\s_-](?:${COPY})(?:[\\s_-]*\\d{1,3})?)$`,
  'iu',
);
/** "Copy of", "Kopie von" */
const COPY_OF = /^(?:copy of|kopie von|copie de|copia de|copia di|cópia de|kopia|kopi av|kopi af|копия)[\s_-]+/iu;
const MOST = 8;

/**
 * A file's name in the spelling that a system or a browser started from: without what Windows itself drops (dots and
 * spaces at the end, the name of the main stream), without invisible letters and the marks of copies, an ending once.
 */
export function undisguised(name: string): string {
  if (!MARKED.test(name)) return name;
  const shown = name
    .normalize('NFKC')
    .replace(INVISIBLE, '')
    .replace(/::\$data$/i, '')
    .replace(/(?<![. ])[. ]+$/, '');
  const ending = ENDING.exec(shown)?.[0] ?? '';
  let stem = shown.slice(0, shown.length - ending.length).replace(COPY_OF, '');
  for (let round = 0; round < MOST; round += 1) {
    const shorter = (
      ending !== '' && stem.toLowerCase().endsWith(ending.toLowerCase()) ? stem.slice(0, -ending.length) : stem
    ).replace(COPIED, '');
    if (shorter === stem || shorter === '') break;
    stem = shorter;
  }
  return `${stem}${ending}`;
}
