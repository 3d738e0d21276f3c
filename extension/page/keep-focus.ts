/**
 * When the page gets the focus again, after a dialog or another page, it goes to what had it last. A button that decides never gets
 * it so: whoever types at that moment meant something else, and a space would press it.
 */
export function keepFocus(): void {
  let last = '';
  document.addEventListener('focusin', ({ target }) => {
    if (target instanceof HTMLElement && target.id !== '') last = decides(target) ? 'h-decide' : target.id;
  });
  window.addEventListener('focus', () => {
    const { activeElement: active } = document;
    // Whoever clicked somewhere else in the page is not to be moved away from there.
    const isLeft = active === document.body || (active instanceof HTMLElement && decides(active));
    if (isLeft) document.getElementById(last)?.focus({ preventScroll: true });
  });
  document.addEventListener('keydown', ({ target, key, ctrlKey, altKey, metaKey }) => {
    const isTyped = key.length === 1 && key !== ' ' && !ctrlKey && !altKey && !metaKey;
    // A text that lands on a button was meant for somewhere else, and its next space is no press.
    if (isTyped && target instanceof HTMLElement && decides(target)) document.getElementById('h-decide')?.focus();
  });
}

function decides(element: HTMLElement): boolean {
  return element.classList.contains('decide') && element instanceof HTMLButtonElement;
}
