/** What posture is: an A beside a failed check would else mislead. */
export const POSTURE = 'exposure, whatever the policy allows'

/** What its letters mean, in a line: `judge/posture.ts` has the rule. */
export const POSTURE_LEGEND = 'A only web · B SSH too · C low · D medium · E high · F critical service open'
