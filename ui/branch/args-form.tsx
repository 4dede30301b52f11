import { useState, type ReactNode } from 'react';
import type { Args, ArgSchema, ArgsSchema } from './branch-types.ts';

interface FormProps {
  readonly name: string;
  readonly schema: ArgsSchema;
  readonly action: string;
  readonly testId: string;
  readonly onSubmit: (args: Args) => void;
}

/** A gesture or fault as text: its sentence, a field for each argument its schema names, and one button. */
export function ArgsForm({ name, schema, action, testId, onSubmit }: FormProps): ReactNode {
  const fields = Object.entries(schema.properties ?? {}).filter(([, field]) => isSimple(field));
  const [typed, setTyped] = useState<Readonly<Record<string, string>>>(() =>
    Object.fromEntries(fields.map(([key, field]) => [key, startValue(field, schema.required?.includes(key) ?? false)])),
  );
  const submit = (): void =>
    onSubmit(
      Object.fromEntries(
        fields.flatMap(([key, field]) => (typed[key] === '' || typed[key] === undefined ? [] : [[key, valueOf(field, typed[key])]])),
      ),
    );
  return (
    <span className="args-form">
      <span>{name}</span>
      {fields.map(([key, field]) => (
        <Field
          key={key}
          name={`${name} ${key}`}
          label={key}
          field={field}
          value={typed[key] ?? ''}
          onChange={(value) => setTyped({ ...typed, [key]: value })}
        />
      ))}
      <button type="button" onClick={submit} data-testid={testId} aria-label={`${action}: ${name}`}>
        {action}
      </button>
    </span>
  );
}

interface FieldProps {
  readonly name: string;
  readonly label: string;
  readonly field: ArgSchema;
  readonly value: string;
  readonly onChange: (value: string) => void;
}

function Field({ name, label, field, value, onChange }: FieldProps): ReactNode {
  const choices = field.enum ?? (field.type === 'boolean' ? ['true', 'false'] : undefined);
  if (choices !== undefined) {
    return (
      <select aria-label={name} value={value} onChange={(event) => onChange(event.target.value)}>
        <option value="">{label}</option>
        {choices.map((choice) => (
          <option key={choice}>{choice}</option>
        ))}
      </select>
    );
  }
  return (
    <input
      aria-label={name}
      placeholder={label}
      value={value}
      size={field.type === 'string' ? 12 : 6}
      onChange={(event) => onChange(event.target.value)}
    />
  );
}

const isSimple = (field: ArgSchema): boolean =>
  field.enum !== undefined || ['string', 'number', 'integer', 'boolean', 'array'].includes(field.type ?? '');

function startValue(field: ArgSchema, isRequired: boolean): string {
  if (!isRequired) return '';
  if (field.enum !== undefined) return field.enum[0] ?? '';
  if (field.type === 'array') return field.items?.enum?.[0] ?? '';
  if (field.type === 'boolean') return 'true';
  if (field.type === 'number' && field.maximum === 1) return '0.05';
  return field.type === 'integer' || field.type === 'number'
    ? String(field.maximum !== undefined && field.maximum >= 1000 ? 500 : (field.minimum ?? 1))
    : '';
}

function valueOf(field: ArgSchema, text: string): unknown {
  if (field.type === 'integer' || field.type === 'number') return Number(text);
  if (field.type === 'boolean') return text === 'true';
  return field.type === 'array' ? text.split(/[ ,]+/).filter((part) => part !== '') : text;
}
