import type { Control, Option } from '../src/review/messages.ts';
import { button, el } from './dom.ts';

export interface Hands {
  /** Something was chosen or typed. */
  readonly change: (control: Control, value: string) => void;
  readonly search: () => void;
}

/** A control without its value, which `setValue` gives it. */
export function drawControl(control: Control, hands: Hands): HTMLElement {
  switch (control.kind) {
    case 'radio':
      return drawRadios(control, hands);
    case 'select': {
      const options = control.options.map(({ value, label, off }) =>
        el('option', { value, disabled: off !== null }, label),
      );
      const select = el('select', { id: idOf(control), ...described(control) }, ...options);
      select.addEventListener('change', () => hands.change(control, select.value));
      return field(control, select);
    }
    case 'area': {
      const area = el('textarea', { id: idOf(control), rows: 3, maxlength: control.max, ...described(control) });
      area.addEventListener('input', () => hands.change(control, area.value));
      return field(control, area);
    }
    case 'line':
      return field(control, input(control, { type: 'text', maxlength: control.max }, hands));
    case 'number':
      return field(control, input(control, { type: 'number', min: control.min, max: control.max }, hands));
    case 'instant':
      return field(control, input(control, { type: 'datetime-local' }, hands));
    case 'search': {
      const box = input(control, { type: 'search', maxlength: control.max }, hands);
      box.addEventListener('keydown', (event) => {
        if (event.key === 'Enter') hands.search();
      });
      const go = button(control.action, hands.search, { id: `${idOf(control)}-go` });
      return field(control, el('div', { class: 'search' }, box, go));
    }
    default:
      return control satisfies never;
  }
}

/** Shows a value that is not the one that stands there. */
export function setValue(control: Control, value: string): void {
  if (control.kind === 'radio') {
    control.options.forEach((option, index) => {
      const radio = document.getElementById(`${idOf(control)}-${index}`);
      if (radio instanceof HTMLInputElement) radio.checked = option.value === value;
    });
    return;
  }
  const element = document.getElementById(idOf(control));
  const isField =
    element instanceof HTMLInputElement ||
    element instanceof HTMLSelectElement ||
    element instanceof HTMLTextAreaElement;
  const text = control.kind === 'instant' ? localTime(value) : value;
  if (isField && element.value !== text) element.value = text;
}

/** Where the focus goes that is to mend it. */
export function focusOf(control: Control): HTMLElement | null {
  if (control.kind !== 'radio') return document.getElementById(idOf(control));
  const open = control.options.findIndex(({ off }) => off === null);
  return document.getElementById(`${idOf(control)}-${Math.max(0, open)}`);
}

function input(control: Control, attributes: Parameters<typeof el>[1], hands: Hands): HTMLInputElement {
  const made = el('input', { id: idOf(control), ...attributes, ...described(control) });
  made.addEventListener('input', () => {
    hands.change(control, control.kind === 'instant' ? instantOf(made.value) : made.value);
  });
  return made;
}

function drawRadios(control: Extract<Control, { kind: 'radio' }>, hands: Hands): HTMLElement {
  const { label, options, isRequired } = control;
  const legend = `${idOf(control)}-legend`;
  return el(
    'fieldset',
    {
      id: idOf(control),
      role: 'radiogroup',
      'aria-required': isRequired,
      'aria-labelledby': legend,
      ...described(control),
    },
    el('legend', { id: legend }, label),
    ...notes(control),
    ...options.map((option, index) => drawRadio(control, option, index, hands)),
  );
}

function drawRadio(control: Control, { value, label, note, off }: Option, index: number, hands: Hands): HTMLElement {
  const id = `${idOf(control)}-${index}`;
  const texts = [note, off].filter((text) => text !== null);
  const radio = el('input', {
    id,
    type: 'radio',
    name: control.name,
    value,
    disabled: off !== null,
    ...(texts.length === 0 ? {} : { 'aria-describedby': `${id}-note` }),
  });
  radio.addEventListener('change', () => hands.change(control, value));
  return el(
    'div',
    { class: off === null ? 'option' : 'option off' },
    radio,
    el(
      'div',
      {},
      el('label', { for: id }, label),
      texts.length === 0 ? null : el('p', { id: `${id}-note`, class: 'hint' }, texts.join(' ')),
    ),
  );
}

function field(control: Control, element: HTMLElement): HTMLElement {
  return el('div', { class: 'field' }, el('label', { for: idOf(control) }, control.label), ...notes(control), element);
}

function notes(control: Control): readonly HTMLElement[] {
  const { hint, problem } = control;
  return [
    ...(hint === null ? [] : [el('p', { id: `${idOf(control)}-hint`, class: 'hint' }, hint)]),
    ...(problem === null ? [] : [el('p', { id: `${idOf(control)}-problem`, class: 'problem' }, problem)]),
  ];
}

function described(control: Control) {
  const { hint, problem } = control;
  const id = idOf(control);
  const by = [...(hint === null ? [] : [`${id}-hint`]), ...(problem === null ? [] : [`${id}-problem`])];
  return { ...(by.length === 0 ? {} : { 'aria-describedby': by.join(' ') }), 'aria-invalid': problem !== null };
}

function idOf({ name }: Control): string {
  return `f-${name}`;
}

/** The person's own clock is this page's, wherever the extension runs. @returns '' while it is no whole time */
function instantOf(local: string): string {
  const time = local === '' ? Number.NaN : new Date(local).getTime();
  return Number.isNaN(time) ? '' : new Date(time).toISOString();
}

function localTime(instant: string): string {
  const time = new Date(instant);
  if (instant === '' || Number.isNaN(time.getTime())) return '';
  const two = (number: number) => String(number).padStart(2, '0');
  const day = [time.getFullYear(), two(time.getMonth() + 1), two(time.getDate())].join('-');
  return `${day}T${two(time.getHours())}:${two(time.getMinutes())}`;
}
