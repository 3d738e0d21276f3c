import { expect, test } from 'vitest';
import { places, SettingsError } from '../../../shared/src/account/index.ts';

test('Linux', () => {
  const elsewhere = { XDG_STATE_HOME: '/elsewhere', XDG_CONFIG_HOME: '/elsewhere', COUNTERSIGN_STATE_DIR: '' };
  for (const env of [{}, elsewhere]) {
    expect(places('linux', env, '/home/kim')).toEqual({
      configFile: '/home/kim/.config/countersign/accounts.json',
      stateDir: '/home/kim/.local/state/countersign',
    });
  }
});

test('macOS', () => {
  expect(places('darwin', {}, '/Users/kim')).toEqual({
    configFile: '/Users/kim/Library/Application Support/Countersign/accounts.json',
    stateDir: '/Users/kim/Library/Application Support/Countersign',
  });
});

test('Windows', () => {
  expect(places('win32', { LOCALAPPDATA: 'D:\\Local' }, 'C:\\Users\\kim')).toEqual({
    configFile: 'D:\\Local\\Countersign\\accounts.json',
    stateDir: 'D:\\Local\\Countersign',
  });
  expect(places('win32', {}, 'C:\\Users\\kim').stateDir).toBe('C:\\Users\\kim\\AppData\\Local\\Countersign');
});

test('the state can be put elsewhere, but to one place for every process', () => {
  expect(places('linux', { COUNTERSIGN_STATE_DIR: '/srv/state' }, '/home/kim')).toEqual({
    configFile: '/home/kim/.config/countersign/accounts.json',
    stateDir: '/srv/state',
  });
  expect(places('win32', { COUNTERSIGN_STATE_DIR: 'E:\\state' }, 'C:\\Users\\kim').stateDir).toBe('E:\\state');
  expect(() => places('linux', { COUNTERSIGN_STATE_DIR: 'state' }, '/home/kim')).toThrow(SettingsError);
});
