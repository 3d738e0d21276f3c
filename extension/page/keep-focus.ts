/** When the page gets the focus again, after a dialog or another page, it goes to what had it last. */
export function keepFocus(): void {
  let last = '';
  document.addEventListener('focusin', ({ target }) => {
    if (target instanceof HTMLElement && target.id !== '') last = target.id;
  });
  window.addEventListener('focus', () => {
    // Whoever clicked somewhere else in the page is not to be moved away from there.
    if (document.activeElement === document.body) document.getElementById(last)?.focus({ preventScroll: true });
  });
}
