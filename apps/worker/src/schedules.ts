import { Injectable } from '@nestjs/common';

/** Something that is due by the clock. Running it twice, or in two workers at once, must do it once. */
export interface Schedule {
  name: string;
  run(cityId: string): Promise<unknown>;
}

/** What the worker does by itself, city by city. */
@Injectable()
export class Schedules {
  readonly all: Schedule[] = [];
}
