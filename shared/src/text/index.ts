export { formatAge } from './age.ts';
export { asData } from './as-data.ts';
export { type Cleaned, cleanBlock, cleanLine, examineBlock, examineLine, shortLine } from './clean.ts';
export { escapeMarkdown } from './markdown.ts';
export { quoted } from './quoted.ts';
export { formatSize } from './size.ts';
export { slug } from './slug.ts';
export { visibleJson } from './visible-json.ts';
