interface Choice {
  value: string;
  label: string;
  chosen: boolean;
}

export interface Control {
  name: string;
  kind: 'text' | 'hidden' | 'file' | 'radio' | 'checkbox' | 'select' | 'button';
  value: string;
  /** What may be chosen; one for each box of a group of the same name. */
  choices: Choice[];
}

export interface HtmlForm {
  action: string;
  method: string;
  multipart: boolean;
  controls: Control[];
}

export interface Upload {
  filename: string;
  data: Buffer;
}

/** Chooses by the words beside the box or in the list, as a person does. */
export interface ByLabel {
  label: string;
}
export type Filling = Record<string, string | ByLabel | Upload | (string | ByLabel)[]>;

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', '#x27': "'", '#x3D': '=', '#x60': '`', '#39': "'", nbsp: ' ' };

export const textOf = (html: string): string =>
  html.replace(/<(script|style)\b[\s\S]*?<\/\1>/g, '').replace(/<[^>]*>/g, ' ').replace(/&([#\w]+);/g, (all, name: string) => ENTITIES[name] ?? all).replace(/\s+/g, ' ').trim();

function attributesOf(source: string): Record<string, string> {
  const found: Record<string, string> = {};
  for (const [, name = '', value] of source.matchAll(/([\w:-]+)(?:="([^"]*)")?/g)) found[name] = textOf(value ?? '');
  return found;
}

/** The forms of a page as a browser without JavaScript knows them. Our templates close what they open and quote every attribute. */
export function formsOf(html: string): HtmlForm[] {
  return [...html.matchAll(/<form\b([^>]*)>([\s\S]*?)<\/form>/g)].map(([, head = '', body = '']) => {
    const { action = '', method = 'get', enctype } = attributesOf(head);
    return { action, method: method.toLowerCase(), multipart: enctype === 'multipart/form-data', controls: controlsOf(body) };
  });
}

function controlsOf(body: string): Control[] {
  const controls: Control[] = [];
  const labels = new Map([...body.matchAll(/<label\b[^>]*\bfor="([^"]*)"[^>]*>([\s\S]*?)<\/label>/g)].map(([, id = '', words = '']) => [id, textOf(words)]));
  for (const [, tag = '', head = '', inner = ''] of body.matchAll(/<(input|textarea|select|button)\b([^>]*)>(?:(?<=<(?:textarea|select)[^>]*>)([\s\S]*?)<\/(?:textarea|select)>)?/g)) {
    const attributes = attributesOf(head);
    const { name = '', value = '', type = 'text', id = '' } = attributes;
    if (!name || 'disabled' in attributes) continue;
    const choice = { value: value || 'on', label: labels.get(id) ?? '', chosen: 'checked' in attributes };
    const group = controls.find((control) => control.name === name && control.kind === type);
    if (tag === 'button') controls.push({ name, kind: 'button', value, choices: [] });
    else if (tag === 'textarea') controls.push({ name, kind: 'text', value: decode(inner.replace(/^\n/, '')), choices: [] });
    else if (tag === 'select') controls.push({ name, kind: 'select', value: '', choices: optionsOf(inner) });
    else if (type === 'radio' || type === 'checkbox') {
      if (group) group.choices.push(choice);
      else controls.push({ name, kind: type, value: '', choices: [choice] });
    } else controls.push({ name, kind: type === 'file' || type === 'hidden' ? type : 'text', value, choices: [] });
  }
  return controls;
}

const decode = (text: string): string => text.replace(/&([#\w]+);/g, (all, name: string) => ENTITIES[name] ?? all);

const optionsOf = (inner: string): Choice[] => [...inner.matchAll(/<option\b([^>]*)>([\s\S]*?)<\/option>/g)].map(([, head = '', words = '']) => {
  const attributes = attributesOf(head);
  return { value: attributes['value'] ?? textOf(words), label: textOf(words), chosen: 'selected' in attributes };
});

/** What the browser would send of this form, filled like this. @throws Error where the form has no such field or choice. */
export function fill(form: HtmlForm, filling: Filling): { fields: [string, string][]; uploads: [string, Upload][] } {
  const fields: [string, string][] = [];
  const uploads: [string, Upload][] = [];
  for (const name of Object.keys(filling)) {
    if (!form.controls.some((control) => control.name === name && control.kind !== 'hidden')) throw new Error(`${form.action} has no field ${name}`);
  }
  const taken = new Map<string, number>();
  for (const control of form.controls) {
    const given = filling[control.name];
    if (control.kind === 'button') {
      if (given === control.value) fields.push([control.name, control.value]);
    } else if (control.kind === 'file') {
      if (given !== undefined) uploads.push([control.name, given as Upload]);
      else uploads.push([control.name, { filename: '', data: Buffer.alloc(0) }]);
    } else if (control.choices.length > 0 || control.kind === 'select') {
      for (const value of chosenOf(form, control, given)) fields.push([control.name, value]);
    } else {
      // Several fields of one name are filled in their order.
      const at = taken.get(control.name) ?? 0;
      taken.set(control.name, at + 1);
      const value = Array.isArray(given) ? given[at] : given;
      fields.push([control.name, typeof value === 'string' && control.kind !== 'hidden' ? value : control.value]);
    }
  }
  return { fields, uploads };
}

export function chosenOf(form: HtmlForm, control: Control, given: Filling[string] | undefined): string[] {
  if (given === undefined) {
    const chosen = control.choices.filter((choice) => choice.chosen).map((choice) => choice.value);
    return chosen.length === 0 && control.kind === 'select' ? control.choices.slice(0, 1).map((choice) => choice.value) : chosen;
  }
  return (Array.isArray(given) ? given : [given]).map((one) => {
    const found = control.choices.find((choice) => (typeof one === 'string' ? choice.value === one : choice.label.includes((one as ByLabel).label)));
    if (!found) throw new Error(`${form.action}: ${control.name} has no choice ${JSON.stringify(one)}, only ${control.choices.map((choice) => `${choice.value} ${choice.label}`).join(' | ')}`);
    return found.value;
  });
}

/** Whether every field and every named button that a person wants to use is in this form. */
export const fits = (form: HtmlForm, filling: Filling): boolean => Object.entries(filling).every(([name, value]) => {
  const same = form.controls.filter((control) => control.name === name && control.kind !== 'hidden');
  const buttons = same.filter((control) => control.kind === 'button');
  return same.length > 0 && (buttons.length === 0 || buttons.some((button) => button.value === value));
});

/** The words of what a page refuses, at its top; of the whole page where it is nothing but a refusal. */
export function refusalOf(html: string): string {
  const start = html.indexOf('<div class="error-summary"');
  if (start < 0) return textOf(html.slice(html.indexOf('<main')));
  let depth = 0;
  for (const { 0: tag, index } of html.slice(start).matchAll(/<\/?div\b/g)) {
    depth += tag === '<div' ? 1 : -1;
    if (depth === 0) return textOf(html.slice(start, start + index));
  }
  return '';
}
