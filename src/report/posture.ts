/** What the letters of posture mean, whatever the policy allows, in a line: `judge/posture.ts` has the rule. */
export const POSTURE_LEGEND = 'A only web · B SSH too · C low · D medium · E high · F critical service open'
