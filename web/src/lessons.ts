/**
 * The lessons: predict, reveal, explain, try. The facilitator's sheets, in the page and as Markdown, are made from the
 * same words; every figure in them is asked of the engine when the page is built, none is written here.
 */
import type { Changes } from "./model";

/** A number to be found by running designs: a metric of one programme, perhaps over another's. */
export interface Measure {
  metric: string;
  programme?: number;
  /** Of this design instead of the lesson's own. */
  of?: number;
  over?: Measure;
  plus?: Measure;
  /** What is taken off at last: 1 of a ratio leaves how much more it is. */
  less?: number;
}
export interface Choice {
  says: string;
  /** True where the measured number lies from `low` (included) to `high`. */
  low: number;
  high: number;
}
export interface Trial {
  label: string;
  does: Changes;
  ask: string;
}
export interface Step {
  minutes: number;
  who: string;
  what: string;
}
export interface Lesson {
  id: string;
  code: string;
  scenario: string;
  title: string;
  about: string;
  /** Which programme is followed. */
  programme: number;
  question: string;
  measure: Measure;
  choices: Choice[];
  draw: string;
  explain: string[];
  trials: Trial[];
  discuss: string[];
  evidence: string[];
  plans: { 15: Step[]; 60: Step[]; 90: Step[] };
}

const set = (...changes: [string, number][]): Changes => ({ changes: changes.map(([path, value]) => [path, String(value)]) });
const GAIN = "net_gain_at_end";
const LATER = "net_gain_24_months_after";
const THIRDS: [number, number, number, number] = [-Infinity, 1 / 3, 2 / 3, Infinity];
const thirds = (says: [string, string, string]): Choice[] =>
  says.map((text, place) => ({ says: text, low: THIRDS[place], high: THIRDS[place + 1] }));

/** A quarter of an hour is the same for every lesson: one question, one look, one talk. */
const short = (look: string, talk: string): Step[] => [
  { minutes: 3, who: "Facilitator", what: "Read the story aloud. Nobody touches the page. Everybody writes down one prediction." },
  { minutes: 3, who: "All", what: "Choose an answer and draw the curve on the one shared screen." },
  { minutes: 4, who: "Facilitator", what: `Reveal. ${look}` },
  { minutes: 5, who: "All", what: talk },
];
const long = (minutes: 60 | 90, look: string, trial: string, talk: string): Step[] => {
  const more = minutes === 90;
  return [
    { minutes: 5, who: "Facilitator", what: "Read the story aloud. Explain the marks: shape is the profession, fill is the practice, ring is the fatigue." },
    { minutes: 10, who: "Tables of 3 to 5", what: "Predict: choose an answer, draw the curve, say why. One person speaks for the one who is tired, one for the one who pays." },
    { minutes: more ? 15 : 10, who: "All", what: `Reveal and watch the ward. ${look}` },
    { minutes: more ? 15 : 10, who: "Tables", what: `Explain. ${talk}` },
    { minutes: more ? 20 : 15, who: "Tables", what: `Try. ${trial} Hand in one plan a table under the common code.` },
    { minutes: more ? 15 : 5, who: "Facilitator", what: "Rank the plans; show luck apart by playing each under 200 other seeds. Ask the winner what was luck." },
    { minutes: more ? 10 : 5, who: "All", what: "Each person says one thing to do differently in a programme they know." },
  ];
};

export const LESSONS: Lesson[] = [
  {
    id: "evaporating-ward",
    code: "EVA",
    scenario: "evaporating_ward",
    title: "The evaporating ward",
    about: "A ward improves while the project team is there. Two years later somebody asks where it went.",
    programme: 0,
    question: "Of the gain at the end of support, how much is still there two years later?",
    measure: { metric: LATER, over: { metric: GAIN } },
    choices: thirds(["Less than a third", "A third to two thirds", "Most of it"]),
    draw: "Draw how reliably the ward will do it, from the start to three years after support ends.",
    explain: [
      "Nothing in the model says that gains fade. The helpers from outside go. Time to do it goes. People leave, and who comes learns what is to be seen.",
      "What was habit lasts a little longer than what was effort. What was written into standards and roles stays, but here nothing was.",
      "Watch the joiners: they start at what is usual on the ward. After a year many of those who carried the change are no longer there.",
    ],
    trials: [
      { label: "Write it into standards and roles", does: set(["programme.0.sustain.embedding", 0.8]), ask: "What does it cost? How much more is kept?" },
      { label: "Teach newcomers", does: set(["programme.0.sustain.induction", 0.8]), ask: "Who teaches them when the project team is gone?" },
      { label: "Keep a third of the support", does: set(["programme.0.sustain.continuation", 0.3]), ask: "Would your hospital pay this for good?" },
    ],
    discuss: [
      "Where in the curve would a report to the board have been written?",
      "Who still knew how to do it in year three? How do you know?",
      "Is it the programme that failed, or its ending?",
    ],
    evidence: [
      "The review found that gains carried by people rather than by standards, roles and induction seldom outlast those people (challenge 9).",
      "When feedback was withdrawn in a trial, all of the gain was lost within 18 months (Gerber 2014).",
    ],
    plans: {
      15: short("Let it play to the end once, at middle speed, without a word.", "Ask: where did it go? Collect causes on a flip chart, then compare with the steps that the page shows under Explain."),
      60: long(60, "Stop at the end of support and ask who wants to change the prediction.", "Change two things at most.", "Each table takes one step of the picture and finds a person on the ward whom it befell."),
      90: long(90, "Stop at the end of support and ask who wants to change the prediction. Then click two people and compare both worlds.", "Change two things at most, then spend no more money than before.", "Each table takes one step of the picture, finds a person on the ward whom it befell and tells that person's story."),
    },
  },
  {
    id: "change-fatigue",
    code: "FAT",
    scenario: "change_fatigue",
    title: "Change fatigue",
    about: "Three programmes in a row ask the same tired people for the same enthusiasm.",
    programme: 2,
    question: "What does the third programme gain, measured by what the first one gained?",
    measure: { metric: GAIN, programme: 2, over: { metric: GAIN, programme: 0 } },
    choices: [
      { says: "More: they have learned how to change", low: 1.05, high: Infinity },
      { says: "A good part of it, but not all", low: 0.5, high: 1.05 },
      { says: "Less than half", low: -Infinity, high: 0.5 },
    ],
    draw: "Draw how reliably the third programme's practice will be done.",
    explain: [
      "Each programme is a reasonable one. They share the people: the same fatigue, the same motivation, the same patience.",
      "When support ends and little stays, people draw a conclusion. Cynicism rises with each ending and takes years to fall.",
      "The winter falls into the third programme; a part of the difference is weather.",
    ],
    trials: [
      { label: "Leave the second one out", does: { without: [1] }, ask: "Which of the three would your hospital not have started?" },
      { label: "Take the winter away", does: { remove: ["third_winter"] }, ask: "How much was fatigue, how much was weather?" },
      { label: "Less paperwork in all three", does: set(["programme.0.measurement.burden", 0.2], ["programme.1.measurement.burden", 0.2], ["programme.2.measurement.burden", 0.2]), ask: "What would you no longer count?" },
    ],
    discuss: [
      "Who decides how many programmes run at once where you work? Does anybody count them?",
      "What did the staff learn from how the first one ended?",
      "Is cynicism a fault of staff, or their memory?",
    ],
    evidence: [
      "In the review a second programme did worse after an over-stretched or failed first one, better after a modest success (challenges 4 and 5).",
      "About one third of NHS staff say that they feel burnt out because of work (NHS Staff Survey 2022).",
    ],
    plans: {
      15: short("Watch the rings (fatigue) grow while the fill (practice) does not.", "Ask: which programme would you not have started? Then leave the second one out and look again."),
      60: long(60, "Follow the small chart of cynicism through all three.", "You may take away, move or lighten programmes, but not make people stronger.", "Say what one nurse saw happen three times."),
      90: long(90, "Follow the small chart of cynicism through all three. Click a nurse who was there from the start and one who came in year two.", "You may take away, move or lighten programmes, but not make people stronger.", "Say what one nurse saw happen three times, and what a newcomer saw."),
    },
  },
  {
    id: "carrots-and-sticks",
    code: "CAR",
    scenario: "carrots_and_sticks",
    title: "Carrots and sticks",
    about: "A manager is told to get results and reaches for a stick and a purse.",
    programme: 0,
    question: "Put the stick and the purse away, change nothing else. What happens to the gain at the end?",
    measure: { metric: GAIN, of: 0, over: { metric: GAIN } },
    choices: [
      { says: "Nearly all of it is still reached", low: 0.8, high: Infinity },
      { says: "Roughly half of it", low: 0.3, high: 0.8 },
      { says: "Hardly anything is left", low: -Infinity, high: 0.3 },
    ],
    draw: "Draw what will really be done while the stick is out, and after it is put away.",
    explain: [
      "A stick works as long as somebody looks. It also takes over: people who did it because it mattered now do it because they must.",
      "Some of the effort goes into the number and not into the care. The gap between reported and true is that effort.",
      "What is chased is done; what is not chased suffers. Look at motivation, and at other care.",
      "More stick is not more care. Some stick beats none and beats the hardest; beyond that, fear goes into the number, and which stick is best depends on how much people care by themselves.",
      "A stick that is put away leaves less than none would have, since it has driven motivation out. A payment that ends leaves about what none would have. Before peers who look, the same stick moves people further and harms less.",
    ],
    trials: [
      { label: "No stick, no purse", does: set(["programme.0.incentives.sanction", 0], ["programme.0.incentives.payment", 0], ["programme.0.sustain.sanction_after", 0]), ask: "What is lost, what is spared?" },
      { label: "Stick alone, at full strength", does: set(["programme.0.incentives.sanction", 1], ["programme.0.incentives.payment", 0], ["programme.0.incentives.peer_audit", 0]), ask: "Who would still tell you the truth?" },
      { label: "A little of everything, before peers", does: set(["programme.0.incentives.sanction", 0.2], ["programme.0.incentives.payment", 0.2], ["programme.0.incentives.peer_audit", 0.7]), ask: "Why do colleagues' eyes work differently from a manager's?" },
    ],
    discuss: [
      "What would you have to know to tell a good number from a good ward?",
      "Whose motivation did you see fall first? Look at the shapes.",
      "When is a stick fair?",
    ],
    evidence: [
      "Rewards that control take away from the motivation that people bring along (Deci, Koestner & Ryan 1999, a summary of 128 experiments).",
      "Pay for performance in general practice was followed by large gains in what was paid for (Sutton 2010); the review found soft with a hard edge better than either alone (challenge 8).",
    ],
    plans: {
      15: short("Keep an eye on the gap between the orange line (reported) and the blue one (true).", "Ask: would the board have noticed? What would they have had to look at?"),
      60: long(60, "Keep an eye on the gap between reported and true.", "Reach the same true gain with less harm to motivation.", "Name what the stick bought and who paid."),
      90: long(90, "Keep an eye on the gap between reported and true, and on the small chart of motivation.", "Reach the same true gain with less harm to motivation and for no more money.", "Name what the stick bought and who paid; then defend the stick as the manager who was told to get results."),
    },
  },
  {
    id: "who-leaves",
    code: "WHO",
    scenario: "who_leaves",
    title: "Who leaves?",
    about: "The people who carried the work leave: first the project team, then the ward leaders, then the staff.",
    programme: 0,
    question: "Take the loss of the ward leaders away, and leave the others. How much bigger is the gain at the end?",
    measure: { metric: GAIN, of: 1, over: { metric: GAIN }, less: 1 },
    choices: [
      { says: "Hardly: the staff do the work", low: -Infinity, high: 0.1 },
      { says: "A tenth to a half bigger", low: 0.1, high: 0.5 },
      { says: "More than half as big again", low: 0.5, high: Infinity },
    ],
    draw: "Draw how reliably it will be done. The marks show when who leaves.",
    explain: [
      "What is new on a ward needs its leader's leave and example. Where the post is empty, or the new leader does not back it, less of it gets done.",
      "People on the team know how. When they go they take it along, unless somebody was prepared.",
      "An exodus of staff brings newcomers who start at what is usual, and agency staff who do not know the place.",
    ],
    trials: [
      { label: "The team stays", does: { remove: ["team"] }, ask: "What did the team know that was written nowhere?" },
      { label: "The ward leaders stay", does: { remove: ["ward_leaders"] }, ask: "They are so few: why does their loss weigh as much as that of many?" },
      { label: "The staff stay", does: { remove: ["staff"] }, ask: "What is the difference between one who leaves and one in four?" },
      { label: "A deputy is ready", does: set(["programme.0.sustain.succession", 0.8]), ask: "What does preparing a deputy cost against losing a leader?" },
      { label: "Newcomers are taught", does: set(["programme.0.sustain.induction", 0.8]), ask: "Who has time to teach in an exodus?" },
    ],
    discuss: [
      "Who are the three people without whom your last improvement would have ended?",
      "What do you do today so that it would not?",
      "Which of the three losses can a hospital foresee?",
    ],
    evidence: [
      "The review tells of programmes that stalled when a leader or a sponsor left without a successor (challenge 5).",
      "Where staff turn over, practice falls away from how it was meant to be done (Woltmann 2008); half of all NHS chief executives have left after three years (Anandaciva 2018).",
    ],
    plans: {
      15: short("Stop at each of the three marks and ask what happens next.", "Ask: which of the three could have been foreseen?"),
      60: long(60, "Stop at each of the three marks and ask what happens next.", "Spend as little as possible so that no single loss costs more than a quarter.", "Each table takes one loss and follows it to one patient."),
      90: long(90, "Stop at each of the three marks and ask what happens next. Press one more shock together.", "Spend as little as possible so that no single loss costs more than a quarter.", "Each table takes one loss, finds the person whose leaving mattered most and writes the handover that was never written."),
    },
  },
  {
    id: "measure-what-matters",
    code: "MEA",
    scenario: "measure_what_matters",
    title: "Measure what matters",
    about: "The number that counts for the board gets better and better. The care that is not counted does not.",
    programme: 0,
    question: "Of the rise that the ward reports at the end, how much is true?",
    measure: {
      metric: GAIN,
      over: { metric: GAIN, plus: { metric: "reported_minus_true_at_end" } },
    },
    choices: [
      { says: "Less than half", low: -Infinity, high: 0.5 },
      { says: "Half to nine tenths", low: 0.5, high: 0.9 },
      { says: "All of it, or nearly", low: 0.9, high: Infinity },
    ],
    draw: "Draw what will really be done (not what will be reported).",
    explain: [
      "The stick is strong, the system that counts is weak, and nobody compares notes: the cheapest way to a good number is the number.",
      "Filling in forms takes hours from care. That is the fatigue you see, and the other care that suffers.",
      "The ward that reports well sees no problem any more, so it has no reason to get better.",
    ],
    trials: [
      { label: "Less stick, and a clerk", does: set(["programme.0.incentives.sanction", 0.2], ["programme.0.resources.administration", 0.8]), ask: "What does a clerk cost, and what does she save?" },
      { label: "A system that counts", does: set(["programme.0.measurement.capability", 0.8]), ask: "Does better counting help while jobs are at stake?" },
      { label: "Watch all other care", does: set(["programme.0.safeguards.vigilance", 0.8]), ask: "What is saved, and what is not?" },
    ],
    discuss: [
      "Which of your numbers would look the same if nothing had changed for patients?",
      "Who reads your numbers, and what happens to who brings bad ones?",
      "What would you stop counting tomorrow?",
    ],
    evidence: [
      "The review found data that looked better because it was collected differently, and effort that went into the target rather than the aim (challenges 3 and 8).",
      "Physicians in the United States spend some 15 hours a week, with their staff, on reporting quality measures (Casalino 2016).",
    ],
    plans: {
      15: short("Cover the blue line with your hand first: show the board's view, then take the hand away.", "Ask: which of our own numbers could be like this?"),
      60: long(60, "Cover the blue line with your hand first: show the board's view, then take the hand away.", "Bring reported and true together without losing the gain.", "One person is the board, one the ward sister: tell each other what you see."),
      90: long(90, "Cover the blue line with your hand first: show the board's view, then take the hand away.", "Bring reported and true together without losing the gain or other care.", "One person is the board, one the ward sister, one the clerk: tell each other what you see, then swap."),
    },
  },
];

/** Every design whose numbers a lesson needs: its own, then its trials. */
export function designs(lesson: Lesson): Changes[] {
  return [{}, ...lesson.trials.map((trial) => trial.does)];
}

/** A measure from means: `mean(design, programme, metric)`. */
export function measured(measure: Measure, lesson: Lesson, mean: (design: number, programme: number, metric: string) => number): number {
  const design = measure.of === undefined ? 0 : measure.of + 1;
  let value = mean(design, measure.programme ?? lesson.programme, measure.metric);
  if (measure.plus) value += measured(measure.plus, lesson, mean);
  if (measure.over) value /= measured(measure.over, lesson, mean);
  return value - (measure.less ?? 0);
}

/** Which designs a measure looks at. */
export function designsOf(measure: Measure): number[] {
  const own = [measure.of === undefined ? 0 : measure.of + 1];
  return [...own, ...(measure.over ? designsOf(measure.over) : []), ...(measure.plus ? designsOf(measure.plus) : [])];
}

/** The first story: a role, a goal, four steps. */
export const FIRST_STORY = {
  scenario: "evaporating_ward",
  says: "You lead a project that for a year helps four hospital wards to do their safety rounds more reliably: how much of it will last when you have gone?",
  steps: ["a year of help", "how much will be left", "what two years do to it", "to make more of it last"],
  watch: "Blue is how reliably the wards do their safety rounds, grey the same people without your project. On the wards every mark is a person; the fuller, the more often that person does it.",
  guess: "Two years from now, how much of that will still be there?",
  why: "What you had brought along went with you: the help and the time to do it. Nothing was left to hold the gain, since nothing had been made part of the usual work.",
  goal: { says: "two years after you have gone at least six tenths of the gain are still there, for no more than 15 % more money.", kept: 0.6, money: 0.15 },
  choices: [
    { label: "Teach newcomers", does: set(["programme.0.sustain.induction", 0.8]) },
    { label: "Write it into standards and roles", does: set(["programme.0.sustain.embedding", 0.8]) },
    { label: "Go on paying for a third of the support", does: set(["programme.0.sustain.continuation", 0.3]) },
    { label: "Redesign the work so that what supports it pays for itself", does: set(["programme.0.sustain.redesign", 0.8]) },
    { label: "Get a deputy ready for every ward leader", does: set(["programme.0.sustain.succession", 0.8]) },
  ],
};
