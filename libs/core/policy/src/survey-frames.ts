import type { TenantTx } from '@platform/persistence';
import { Injectable } from '@nestjs/common';

/**
 * What is known of an enterprise beforehand, by which a sample can be stratified: its trade, its size by employees, the division that registered it (six digits of
 * GB/T 2260, from its credit code), and whether it is recognised as high-tech.
 */
export const PROFILE_FIELDS = ['industry', 'size', 'division', 'highTech'] as const;
export type ProfileField = (typeof PROFILE_FIELDS)[number];

/** One enterprise of a frame. What is not known of it is null. */
export interface FrameUnit {
  enterpriseId: string;
  profile: Readonly<Record<ProfileField, string | null>>;
}

/** A list from which a sample can be drawn. It only reads. */
export interface SurveyFrame {
  /** Its words are `survey:frame.<key>`. */
  key: string;
  /** Every enterprise of it once, in the order of the ids; `policyIds` are the policies that the survey is about. */
  units(tx: TenantTx, policyIds: readonly string[]): Promise<FrameUnit[]>;
}

/** Where samples of enterprises are drawn from. The room that knows the enterprises registers its lists when it starts; the one that surveys them asks here. */
@Injectable()
export class SurveyFrames {
  private readonly frames = new Map<string, SurveyFrame>();

  register(frame: SurveyFrame): void {
    if (this.frames.has(frame.key)) throw new Error(`two frames are called ${frame.key}`);
    this.frames.set(frame.key, frame);
  }

  /** In their order of registration; the first is the widest. */
  keys(): string[] {
    return [...this.frames.keys()];
  }

  /** The units of a frame; none for one that no room knows. */
  async units(tx: TenantTx, key: string, policyIds: readonly string[]): Promise<FrameUnit[]> {
    return (await this.frames.get(key)?.units(tx, policyIds)) ?? [];
  }
}
