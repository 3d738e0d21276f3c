/**
 * Colours of our own, which a theme may change: in some themes the editor's colour for warnings in lists is a green, which
 * reads as safe. Each stands out by at least 4.5 to 1 from a list in the editor's own themes.
 */
export const COLORS = [
  {
    id: 'countersign.stopForeground',
    description: 'A request with a finding at "stop".',
    defaults: { light: '#a1260d', dark: '#f48771', highContrast: '#ff9d8a', highContrastLight: '#8e1600' },
  },
  {
    id: 'countersign.cautionForeground',
    description: 'A request with a finding at "caution".',
    defaults: { light: '#8a4b00', dark: '#e5ba7d', highContrast: '#ffd48a', highContrastLight: '#6f3d00' },
  },
] as const;
