import { DomainError, type FieldError } from '@platform/kernel';
import { ValidationPipe } from '@nestjs/common';
import { ValidateBy, type ValidationError } from 'class-validator';

/** A message of a DTO is a key of the catalogue; class-validator's own English is not for people. */
const keyOf = (message: string): string => (/^[a-z-]+:[\w.]+$/.test(message) ? message : 'common:error.field');

function flatten(errors: ValidationError[], prefix = ''): FieldError[] {
  return errors.flatMap((error) => {
    const field = prefix + error.property;
    const [message] = Object.values(error.constraints ?? {});
    const own = message ? [{ field, key: error.constraints?.['whitelistValidation'] ? 'common:error.unknownField' : keyOf(message) }] : [];
    return [...own, ...flatten(error.children ?? [], `${field}.`)];
  });
}

/** Unknown fields are refused, not dropped: who sends `tenantId` is told so. */
export const validation = new ValidationPipe({
  transform: true,
  whitelist: true,
  forbidNonWhitelisted: true,
  stopAtFirstError: true,
  exceptionFactory: (errors) => DomainError.invalid('common:error.validation', flatten(errors)),
});

/** A file of a multipart form, and not JSON that looks like one; each of a list, where asked. `message` is a key of the catalogue. */
export const IsUploadedFile = (message: string, each = false): PropertyDecorator => ValidateBy({
  name: 'isUploadedFile',
  validator: {
    validate: (value: unknown) => {
      const { filename, data } = (value ?? {}) as { filename?: unknown; data?: unknown };
      return typeof filename === 'string' && Buffer.isBuffer(data);
    },
  },
}, { message, each });
