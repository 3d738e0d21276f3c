import type { Control, DecideView, Draft, Form, PageWords } from '../src/review/messages.ts';
import type { Post } from './blocks.ts';
import { drawControl, focusOf, type Hands, setValue } from './controls.ts';
import { button, el, type Keyed, place } from './dom.ts';
import { drawFailure } from './sections.ts';

/** What can be decided, with what is chosen and typed for it. */
export interface DecideRegion {
  readonly element: HTMLElement;
  show(decide: DecideView): void;
}

export function createDecideRegion(words: PageWords, post: Post): DecideRegion {
  const heading = el('h2', { id: 'h-decide', tabindex: -1 });
  const notes = el('div', { class: 'notes' });
  const forms = el('div', { class: 'forms' });
  const element = el('section', { id: 'decide', 'aria-labelledby': 'h-decide' }, heading, notes, forms);
  let draft: Draft | null = null;
  /** Raised with every change, so that an answer to an older one changes nothing that was typed since. */
  let revision = -1;

  const hands: Hands = {
    change: ({ name }, value) => {
      if (!draft) return;
      draft = { ...draft, [name]: value };
      revision += 1;
      post({ type: 'choose', draft, changed: name, revision });
    },
    search: () => {
      if (draft) post({ type: 'search', draft, revision });
    },
  };

  const drawForm = ({ verdict, title }: Form): HTMLElement => {
    const id = `h-${verdict}`;
    return el(
      'section',
      { class: `form ${verdict}`, 'aria-labelledby': id },
      el('h3', { id }, title),
      el('div', { class: 'state' }),
      el('div', { class: 'controls' }),
      el('div', { class: 'more' }),
      el('p', { class: 'reach', role: 'status' }),
      el('div', { class: 'act' }),
    );
  };

  const fillForm = (form: Form) => {
    const { verdict, state, controls, more, reach, off } = form;
    const own = forms.querySelector<HTMLElement>(`.form.${verdict}`);
    const inner = (name: string) => own?.querySelector<HTMLElement>(`.${name}`) ?? null;
    const [stateBox, controlBox, moreBox] = [inner('state'), inner('controls'), inner('more')];
    const [reachLine, act] = [inner('reach'), inner('act')];
    if (!stateBox || !controlBox || !moreBox || !reachLine || !act) return;
    place(stateBox, state.kind === 'read' ? [] : [{ key: 'state', from: state, draw: () => drawState(state) }]);
    placeControls(controlBox, controls);
    place(moreBox, more ? [{ key: 'more', from: more.title, draw: () => drawMore(more.title) }] : []);
    const further = moreBox.querySelector<HTMLElement>('.further');
    if (further && more) placeControls(further, more.controls);
    if (reachLine.textContent !== (reach?.text ?? '')) reachLine.textContent = reach?.text ?? '';
    reachLine.className = `reach ${reach?.tone ?? 'none'}`;
    place(act, [
      { key: 'button', from: [form.button, off], draw: () => drawAct(form) },
      ...(off === null
        ? []
        : [{ key: 'off', from: off, draw: () => el('p', { id: `off-${verdict}`, class: 'hint' }, off) }]),
    ]);
  };

  const placeControls = (box: HTMLElement, controls: readonly Control[]) =>
    place(
      box,
      controls.map((control): Keyed => ({ key: control.name, from: control, draw: () => drawControl(control, hands) })),
    );

  const drawState = (state: Exclude<Form['state'], { kind: 'read' }>): HTMLElement =>
    state.kind === 'loading'
      ? el('p', { class: 'note loading' }, words.loading)
      : el(
          'div',
          {},
          ...drawFailure(state.message, words, () => post({ type: 'read', part: 'options' }), { id: 'b-read-options' }),
        );

  const drawAct = ({ verdict, button: label, off }: Form): HTMLElement =>
    button(
      label,
      () => {
        if (draft) post({ type: 'decide', verdict, draft, revision });
      },
      {
        id: `b-decide-${verdict}`,
        class: `decide ${verdict}`,
        'aria-disabled': off !== null,
        ...(off === null ? {} : { 'aria-describedby': `off-${verdict}` }),
      },
    );

  return {
    element,
    show: (decide) => {
      if (heading.textContent !== decide.title) heading.textContent = decide.title;
      place(
        notes,
        decide.notes.map(({ text, tone }) => ({
          key: text,
          from: tone,
          draw: () => el('p', { class: `note ${tone}` }, text),
        })),
      );
      place(
        forms,
        decide.forms.map((form): Keyed => ({ key: form.verdict, from: form.title, draw: () => drawForm(form) })),
      );
      decide.forms.forEach(fillForm);
      if (decide.revision >= revision) ({ values: draft, revision } = decide);
      const shown = decide.forms.flatMap(({ controls, more }) => [...controls, ...(more?.controls ?? [])]);
      for (const control of shown) setValue(control, draft?.[control.name] ?? '');
      const wrong = shown.find(({ name }) => name === decide.focus);
      const field = wrong ? focusOf(wrong) : null;
      // What is closed can't be focused.
      field?.closest('details')?.setAttribute('open', '');
      field?.focus();
    },
  };
}

function drawMore(title: string): HTMLElement {
  return el('details', {}, el('summary', { id: 'b-more' }, title), el('div', { class: 'further' }));
}
