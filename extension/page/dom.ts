/** What an element of ours may have; nothing that runs, loads or styles. */
interface Attributes {
  readonly id?: string;
  readonly class?: string;
  readonly role?: 'status' | 'alert' | 'radiogroup' | 'list';
  readonly for?: string;
  readonly type?: 'button' | 'radio' | 'text' | 'search' | 'number' | 'datetime-local';
  readonly name?: string;
  readonly value?: string;
  readonly maxlength?: number;
  readonly min?: number;
  readonly max?: number;
  readonly rows?: number;
  readonly tabindex?: 0 | -1;
  readonly disabled?: boolean;
  readonly 'aria-label'?: string;
  readonly 'aria-labelledby'?: string;
  readonly 'aria-describedby'?: string;
  readonly 'aria-disabled'?: boolean;
  readonly 'aria-required'?: boolean;
  readonly 'aria-invalid'?: boolean;
  readonly 'aria-busy'?: boolean;
  readonly 'aria-live'?: 'polite' | 'assertive';
}

export type Child = Node | string | null;

/** An element with its children; a string is text, whatever stands in it. */
export function el<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  attributes: Attributes = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[Tag] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === undefined || value === false) continue;
    element.setAttribute(name, value === true ? (name.startsWith('aria-') ? 'true' : '') : String(value));
  }
  element.append(...children.filter((child) => child !== null));
  return element;
}

export function button(label: string, press: () => void, attributes: Attributes = {}): HTMLButtonElement {
  const made = el('button', { type: 'button', ...attributes }, label);
  made.addEventListener('click', () => {
    if (made.getAttribute('aria-disabled') !== 'true') press();
  });
  return made;
}

/** A child that is known by its key, and drawn anew only when what it is drawn from has changed. */
export interface Keyed {
  readonly key: string;
  readonly from: unknown;
  readonly draw: () => HTMLElement;
}

const keys = new WeakMap<Element, string>();
const drawnFrom = new WeakMap<Element, string>();

/** Makes these the children, in this order. Whatever has the focus keeps it, also where it was drawn anew. */
export function place(parent: HTMLElement, wanted: readonly Keyed[]): void {
  const held = heldFocus(parent);
  const known = new Map([...parent.children].map((child) => [keys.get(child), child]));
  let next = parent.firstElementChild;
  for (const { key, from, draw } of wanted) {
    const text = JSON.stringify(from) ?? '';
    const before = known.get(key);
    if (before && drawnFrom.get(before) === text) {
      if (before === next) next = next.nextElementSibling;
      else parent.insertBefore(before, next);
      continue;
    }
    const made = draw();
    keys.set(made, key);
    drawnFrom.set(made, text);
    if (before === next && before) {
      next = before.nextElementSibling;
      before.replaceWith(made);
    } else {
      before?.remove();
      parent.insertBefore(made, next);
    }
  }
  while (next) {
    const gone = next;
    next = next.nextElementSibling;
    gone.remove();
  }
  held();
}

/** @returns what gives the focus back to what has it now, or to what has its id then; where that is gone, to the page */
function heldFocus(parent: HTMLElement): () => void {
  const active = document.activeElement;
  if (!active || active === parent || !parent.contains(active)) return () => undefined;
  return () => {
    if (document.activeElement === active && active.isConnected) return;
    const again = active.id === '' ? null : document.getElementById(active.id);
    (again ?? document.getElementById('page'))?.focus();
  };
}
