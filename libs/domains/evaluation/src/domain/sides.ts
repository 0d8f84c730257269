/** Who is heard in a campaign: the department that carries the policy out, the authority of the trade, enterprises, the public, experts. */
export const CAMPAIGN_SIDES = ['department', 'authority', 'enterprises', 'public', 'expert'] as const;
export type CampaignSide = (typeof CAMPAIGN_SIDES)[number];

/** All but the first stand outside the department whose policy is judged. */
export const isOutside = (side: CampaignSide): boolean => side !== 'department';

/** What each side counts in the total, in hundredths. A side with nought is not heard. */
export type SideWeights = Readonly<Record<CampaignSide, number>>;
