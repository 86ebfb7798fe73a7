import { expect, test } from 'vitest'
import { hypertension } from '../fixtures/good-assessments.ts'
import type { NeedsAssessment } from '../needs.ts'
import { review } from '../review.ts'

const today = '2026-11-23'

/** Sound sentences that come close to what a rule looks for. A false alarm costs a newcomer more trust than a miss. */
const SOUND: Partial<NeedsAssessment>[] = [
  { gap: 'In the 2025 evaluation learners asked for a session on titration, but only 52 % of patients are at goal.' },
  { gap: 'Clinicians rarely intensify treatment at the first raised reading.' },
  { gap: 'Treatment is not intensified where the guideline asks for it.' },
  { gap: 'In der Hälfte der Fälle wird die Behandlung trotz erhöhter Werte unverändert fortgeführt.' },
  {
    need: 'Patients need a rehabilitation course; clinicians need practice in referring them, with a strategy for titration.',
  },
  { need: 'Clinicians need to refer smokers to cessation workshops as part of treatment decisions.' },
  { need: 'Clinicians need feedback on their own charts and a strategy for titration.' },
  { need: 'DEA registrants have to complete eight hours of training; beyond that they need a strategy for titration.' },
  { datum: 'Fewer than half of the patients' },
  { datum: '', current: 'Of 100 patients, 48 out of 100 were at goal.' },
  { currentDate: '2021' },
  { currentDate: '2021-11-23' },
  { currentDate: '2026-11-23' },
  { sourceKinds: ['experts', 'records'] },
  { sourceKinds: ['learners'] },
  { sourceKinds: undefined, source: 'Expert opinion, supported by the dashboard report of 2025' },
  { source: 'TB surveillance report 2025, tables 1 to 3' },
  { population: 'Adults with tick-borne disease (TBD) and hypertension in the eight clinics' },
  { causes: ['competence', 'performance', 'system'] },
  {
    causes: ['performance', 'competence'],
    need: 'Clinicians know the goal; they need to rehearse decisions with cases.',
  },
  { change: 'Clinicians will know the goal and prescribe the next drug at the visit.' },
  { change: 'More patients reach the goal.' },
  { measure: 'HbA1c and blood pressure of the panel, from the record', baseline: '52 %' },
  { measure: 'Share of patients at goal (registry), plus satisfaction of learners and a post-test' },
  { measure: 'Patient satisfaction with communication, from the clinic survey', baseline: '3.9 of 5' },
  { measure: 'Follow-up survey at 90 days: self-reported change in practice', baseline: '39 %' },
  { measure: 'ED attendance rate of patients with hypertensive urgency' },
  { measure: 'Intention-to-treat analysis of control rates in the clinics' },
  { level: '6', measure: 'Share of patients with controlled blood pressure, chart audit' },
  { level: '7', measure: 'Stroke incidence in the county, public-health data', baseline: '61 per 100,000 a year' },
  {
    level: '4',
    measure: 'Case vignettes before and after',
    baseline: '54 % correct',
    baselineSource: 'Vignettes at registration',
  },
  {
    level: '4',
    measure: 'Intent to change and commitment to change',
    baseline: '3 of 5',
    baselineSource: 'Survey at the door',
  },
  { level: '5', measure: 'Audit of assessment of charts' },
  { baselineTiming: 'retrospective', baseline: '39 %, asked after the activity about the time before it' },
  { baseline: '39 % before the activity; to be repeated after the activity', baselineTiming: undefined },
  { baseline: 'Control 52 %', baselineSource: 'Participation in the registry, 2025' },
  { causeEvidence: 'The topic was not suggested by a company; dosing followed what the manufacturer recommended.' },
  { causeEvidence: 'A device maker supplies the cuffs recommended by the manufacturer association.' },
  { causeEvidence: 'The course material recommended by the manufacturer of the cuff was outdated.' },
  { formatReason: 'Cases with C1 esterase inhibitor and a fracture at C5 to C7 are discussed.' },
  { formatReason: 'Relationships are mitigated before faculty begin; the joint providership agreement is signed.' },
  { evaluation: 'Participants may claim AMA PRA Category 1 Credit after the feedback form.' },
  { evaluation: 'An ACCME-accredited provider reviews the data; EACCME criterion 22 is met.' },
  { evaluation: 'Conflicts between systolic and diastolic readings are resolved by a third reading.' },
  { evaluation: 'Planned by the Category 1 trauma team; the karyotype XX group is reported apart.' },
  { evaluation: 'Patients earn a credit card statement.' },
  { source: 'Standards for Commercial Support (superseded), cited in the dashboard report 2025' },
]
test.each(SOUND)('%j', (change) => {
  expect(review({ ...hypertension, ...change }, today)).toEqual([])
})

test.each([
  'Explain to patients why they need to know their numbers before treatment',
  'Recognize a raised reading and decide on treatment',
  'At the end, participants will be able to list three steps of titration and understand their limits',
  'Interpret ambulatory readings in patients on treatment',
  'Counsel patients to be aware of symptoms of low blood pressure',
  'Improve the treatment decision with a titration protocol',
  'Titrate',
  'Differentiate true resistance from non-adherence',
  'Recommend lifestyle measures by evidence',
])('an objective one can observe: %s', (text) => {
  expect(review({ ...hypertension, objectives: [{ text, serves: 'competence' }] }, today)).toEqual([])
})
