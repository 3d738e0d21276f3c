/** What texts to read are for the editor, so that it breaks their lines: what stands beyond its edge nobody reads before they confirm. */
export const TEXT_LANGUAGE = {
  /** Also their scheme. */
  id: 'countersign-text',
  name: 'Countersign',
  /** Where their addresses lie. */
  folder: '/countersign-text',
  defaults: { 'editor.wordWrap': 'on', 'editor.wrappingIndent': 'indent', 'editor.lineNumbers': 'off' },
} as const;
