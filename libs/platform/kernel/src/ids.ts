import { v7, validate } from 'uuid';

/** A new row id: UUID version 7 (RFC 9562), which sorts by time of making. */
export const newId = (): string => v7();

/** Whether a string from outside is an id at all; anything else is "not found" before the database sees it. */
export const isId = (text: unknown): text is string => typeof text === 'string' && validate(text);
