/** What kind of refusal it is; the doors map it to 401, 403, 404, 409 and 422. */
export type Problem = 'unauthenticated' | 'forbidden' | 'not_found' | 'conflict' | 'invalid' | 'too_many';

/** A refusal that belongs to one field of a form. `key` names a message in the catalogue. */
export interface FieldError {
  field: string;
  key: string;
  params?: Record<string, unknown>;
}

/** A gate that was not met, with the article that it comes from. */
export interface UnmetGate {
  gate: string;
  key: string;
  params?: Record<string, unknown>;
  article: string;
}

/**
 * A refusal by a rule of the domain. `key` names a message in the catalogue (`locales/<language>/<namespace>.json`, key `namespace:path`),
 * so that the same refusal reads well on a page and in the API, in each language.
 */
export class DomainError extends Error {
  constructor(
    readonly problem: Problem,
    readonly key: string,
    readonly details: {
      params?: Record<string, unknown>;
      fields?: FieldError[];
      gates?: UnmetGate[];
      /** The article that forbids it, where one does. */
      article?: string;
      /** With `too_many`: after how many seconds it may be tried again. */
      retryAfterSeconds?: number;
    } = {},
  ) {
    super(key);
    this.name = 'DomainError';
  }

  static notFound(key = 'common:error.notFound'): DomainError {
    return new DomainError('not_found', key);
  }

  static forbidden(key = 'common:error.forbidden', article?: string): DomainError {
    return new DomainError('forbidden', key, article ? { article } : {});
  }

  static conflict(key: string, params?: Record<string, unknown>): DomainError {
    return new DomainError('conflict', key, params ? { params } : {});
  }

  static invalid(key: string, fields: FieldError[] = [], params?: Record<string, unknown>): DomainError {
    return new DomainError('invalid', key, { fields, ...(params ? { params } : {}) });
  }
}
