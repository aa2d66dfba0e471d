/**
 * The lessons: predict, reveal, explain, try. Each declares its question, what is taken away to explain the answer, and its
 * picture. The facilitator's sheets, in the page and as Markdown, are made from the same words; every figure in them is asked
 * of the engine when the page is built, none is written here. Every sentence that explains says which numbers must show it:
 * the page is not built where they do not.
 */
import type { Choice, Lesson } from "./asks";
import type { Changes } from "./model";
import { long, short } from "./order";

const set = (...changes: [string, number][]): Changes => ({ changes: changes.map(([path, value]) => [path, String(value)]) });
export const GAIN = "net_gain_at_end";
export const LATER = "net_gain_24_months_after";
const EXCESS = "reported_minus_true_at_end";
const MOTIVATION = "motivation_difference_at_end";
const CARE = "other_care_difference_active";
const CYNICISM = "cynicism_difference_at_end";
const FATIGUE = "fatigue_difference_active";
/** One metric of one design, less the same of the lesson's own. */
const more = (metric: string, of: string) => ({ metric, of, minus: { metric } });
const THIRDS: [number, number, number, number] = [-Infinity, 1 / 3, 2 / 3, Infinity];
const thirds = (says: [string, string, string]): Choice[] =>
  says.map((text, place) => ({ says: text, low: THIRDS[place], high: THIRDS[place + 1] }));

export const LESSONS: Lesson[] = [
  {
    id: "evaporating-ward",
    code: "EVA",
    scenario: "evaporating_ward",
    title: "The evaporating ward",
    about: "A ward improves while a project team is there. Then the project ends, as projects do.",
    programme: 0,
    question: "Of the gain at the end of support, how much is still there two years later?",
    measure: { metric: LATER, over: { metric: GAIN } },
    answer: "{value} of the gain at the end of support is still there two years later.",
    besides: "What is left of the money is not ranked: look all the same at what each thing that you buy keeps.",
    choices: thirds(["Less than a third", "A third to two thirds", "Most of it"]),
    draw: "Draw how reliably the ward will do it, from the start to three years after support ends.",
    picture: { kind: "lost" },
    knockouts: [
      { label: "All the support goes on", does: set(["programme.0.sustain.continuation", 1]) },
      { label: "Hardly anybody leaves", does: set(["setting.turnover", 0.1]) },
    ],
    explain: [
      {
        says: "Nothing in the model says that gains fade. What was paid for stops: the helpers from outside go, and so does the time to do it. Where all of that goes on, the gain stays and goes on growing.",
        shown: [
          { of: { metric: LATER, over: { metric: GAIN } }, high: 0.15 },
          { of: { metric: LATER, of: "All the support goes on", over: { metric: GAIN, of: "All the support goes on" } }, low: 1.2 },
        ],
      },
      {
        says: "What was written into standards and roles stays, but here nothing was: with it a part of the gain is kept, for little money.",
        shown: [{ of: more(LATER, "Write it into standards and roles"), low: 0.005 }],
      },
      {
        says: "People come and go, and newcomers learn what is to be seen. That is the smaller part: where hardly anybody leaves, most of the gain is lost all the same.",
        shown: [{ of: { metric: LATER, of: "Hardly anybody leaves", over: { metric: GAIN, of: "Hardly anybody leaves" } }, high: 0.4 }],
      },
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
    beside: [
      { review: "Gains in quality and safety tend to shrink once a project is over; how they are to be kept has to be planned from the beginning.", where: "chapter 3, theme 3 and challenge 9", claim: 0 },
      { review: "What has become part of standards, guidelines and daily work had more hold than what was done besides it.", where: "chapter 3, challenge 9 (EWQI, SPI)", claim: 1 },
      { review: "Programmes leaned too much on single people, and lost what those carried when they moved on.", where: "chapter 3, challenge 9 (EWQI)", claim: 2 },
    ],
    cannot: [
      "How long a gain lasts in a real ward: the review's own evidence on that is thin, since most evaluations ended with their programmes (chapter 3, theme 3).",
      "What one ward should choose: the wards here are made up, and their size, staff and turnover are those of nobody.",
    ],
    plans: {
      15: short("Let it play to the end once, at middle speed, without a word.", "Ask: where did it go? Collect causes on a flip chart, then compare with the steps that the page shows under Explain."),
      60: long(60, "Stop at the end of support and ask who would predict something else by now.", "Each table takes one step of the picture and finds a person on the ward whom it befell."),
      90: long(90, "Stop at the end of support and ask who would predict something else by now. Then click two people and compare both worlds.", "Each table takes one step of the picture, finds a person on the ward whom it befell and tells that person's story."),
    },
    best: set(["programme.0.engagement.coalition", 1], ["programme.0.engagement.facilitative", 1], ["programme.0.engagement.leader_training", 0.75], ["programme.0.engagement.participation", 0.5], ["programme.0.incentives.development_credit", 0], ["programme.0.incentives.peer_audit", 0.5], ["programme.0.incentives.recognition", 0.25], ["programme.0.measurement.burden", 0], ["programme.0.measurement.capability", 0.25], ["programme.0.measurement.feedback", 1], ["programme.0.persuasion.hard_data", 1], ["programme.0.persuasion.opinion_leaders", 0], ["programme.0.persuasion.patient_stories", 1], ["programme.0.persuasion.pilot", 1], ["programme.0.persuasion.service_users", 0.5], ["programme.0.resources.external_support", 0.25], ["programme.0.resources.prompts", 0.75], ["programme.0.resources.protected_time", 0.5], ["programme.0.resources.training", 0.5], ["programme.0.sustain.apply_duty", 1], ["programme.0.sustain.embedding", 1], ["programme.0.sustain.induction", 1], ["programme.0.sustain.redesign", 1], ["programme.0.sustain.succession", 1]),
  },
  {
    id: "change-fatigue",
    code: "FAT",
    scenario: "change_fatigue",
    title: "Change fatigue",
    about: "Three programmes in a row, each of them a reasonable one, on the same wards and with the same people.",
    programme: 2,
    question: "What does the third programme gain, measured by what the first one gained?",
    measure: { metric: GAIN, programme: 2, over: { metric: GAIN, programme: 0 } },
    answer: "The third programme gains {value} of what the first one gained. Below 0 % less is done than without it.",
    besides: "What is ranked is the third programme's gain; you may lighten or move the first two as well. How tired and how cynical people are is not ranked: look at it all the same.",
    choices: [
      { says: "More: they have learned how to change", low: 1.05, high: Infinity },
      { says: "A good part of it, but not all", low: 0.5, high: 1.05 },
      { says: "Less than half", low: -Infinity, high: 0.5 },
    ],
    draw: "Draw how reliably the third programme's practice will be done.",
    picture: { kind: "bars", title: "What the third programme gains", of: { metric: GAIN }, unit: "points", designs: ["Without the second", "With nothing before it", "Take the winter away", "Endings leave hardly a mark"] },
    knockouts: [
      { label: "Without the second", does: set(["programme.1.reach.share", 0]) },
      { label: "With nothing before it", does: set(["programme.0.reach.share", 0], ["programme.1.reach.share", 0]) },
      { label: "Endings leave hardly a mark", does: set(["parameters.cynicism.abandonment", 0.1], ["parameters.cynicism.disappointment", 0.1]) },
    ],
    explain: [
      {
        says: "Each programme is a reasonable one, and none gains much on these wards. They share the people: the same fatigue, the same motivation, the same patience. With nothing before it, the third gains a little under the same winter; after the other two, less is done than without it.",
        shown: [
          { of: { metric: GAIN, programme: 0 }, high: 0.02 },
          { of: { metric: GAIN, programme: 1 }, high: 0.02 },
          { of: { metric: GAIN, of: "With nothing before it" }, low: 0, high: 0.02 },
          { of: { metric: GAIN }, high: 0 },
        ],
      },
      {
        says: "When support ends and little stays, people draw a conclusion: they are more cynical at the end of the second than at the end of the first. Where endings and broken promises leave hardly a mark, the third does better.",
        shown: [
          { of: { metric: CYNICISM, programme: 1, minus: { metric: CYNICISM, programme: 0 } }, low: 0.01 },
          { of: more(GAIN, "Endings leave hardly a mark"), low: 0.001 },
        ],
      },
      {
        says: "The winter falls into the third programme: a part of the difference is weather. Without it the third still gains less than the first.",
        shown: [
          { of: more(GAIN, "Take the winter away"), low: 0.001 },
          { of: { metric: GAIN, programme: 2, of: "Take the winter away", minus: { metric: GAIN, programme: 0, of: "Take the winter away" } }, high: 0 },
        ],
      },
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
    beside: [
      { review: "Earlier programmes can make ready for the next, or wear people out where they do not fit together.", where: "chapter 3, challenge 5 (Journey to safety)", claim: 0 },
      { review: "Whoever works at improvement where there are neither means nor goodwill is exhausted by it, and the support melts away.", where: "chapter 3, challenge 5", claim: 1 },
      { review: "What comes from outside, from targets to inspections, takes energy and attention from improvement.", where: "chapter 3, challenge 5, outer contexts", claim: 2 },
    ],
    cannot: [
      "How many programmes are too many: the story has three, and they are of its making.",
      "What another order or a longer pause would do: try it, but the story itself has one order only.",
    ],
    plans: {
      15: short("Watch the rings (fatigue) grow while the fill (practice) does not.", "Ask: which programme would you not have started? Then leave the second one out and look again."),
      60: long(60, "Follow the small chart of cynicism through all three.", "Say what one nurse saw happen three times."),
      90: long(90, "Follow the small chart of cynicism through all three. Click a nurse who was there from the start and one who came in year two.", "Say what one nurse saw happen three times, and what a newcomer saw."),
    },
    best: set(["programme.2.engagement.coalition", 1], ["programme.2.engagement.cross_professional", 0], ["programme.2.engagement.leader_training", 1], ["programme.2.engagement.middle_managers", 1], ["programme.2.engagement.participation", 0], ["programme.2.incentives.recognition", 0], ["programme.2.measurement.burden", 0], ["programme.2.measurement.capability", 0.25], ["programme.2.measurement.feedback", 1], ["programme.2.persuasion.hard_data", 1], ["programme.2.persuasion.opinion_leaders", 0], ["programme.2.persuasion.patient_stories", 1], ["programme.2.persuasion.peer_debate", 0.25], ["programme.2.persuasion.pilot", 1], ["programme.2.persuasion.service_users", 0], ["programme.2.resources.administration", 1], ["programme.2.resources.prompts", 1], ["programme.2.resources.protected_time", 1], ["programme.2.resources.training", 0], ["programme.2.safeguards.vigilance", 0.5], ["programme.2.sustain.apply_duty", 1], ["programme.2.sustain.embedding", 1], ["programme.2.sustain.induction", 1], ["programme.2.sustain.redesign", 1], ["programme.2.sustain.succession", 0.75]),
  },
  {
    id: "carrots-and-sticks",
    code: "CAR",
    scenario: "carrots_and_sticks",
    title: "Carrots and sticks",
    about: "A manager is told to get results and reaches for a stick and a purse.",
    programme: 0,
    question: "Put the stick and the purse away, change nothing else. What happens to the gain at the end?",
    measure: { metric: GAIN, of: "No stick, no purse", over: { metric: GAIN } },
    answer: "With stick and purse put away {value} of the gain at the end is still reached.",
    besides: "Harm to motivation and to other care is not ranked: look at it all the same, somebody pays for it.",
    choices: [
      { says: "Nearly all of it is still reached", low: 0.75, high: Infinity },
      { says: "Between a quarter and three quarters of it", low: 0.25, high: 0.75 },
      { says: "Hardly anything is left", low: -Infinity, high: 0.25 },
    ],
    draw: "Draw what will really be done while the stick is out, and after it is put away.",
    picture: { kind: "bars", title: "The gain when support ends", of: { metric: GAIN }, unit: "points", designs: ["No stick, no purse", "The stick put away", "The purse put away", "No peers who look"] },
    knockouts: [
      { label: "The stick put away", does: set(["programme.0.incentives.sanction", 0], ["programme.0.sustain.sanction_after", 0]) },
      { label: "The purse put away", does: set(["programme.0.incentives.payment", 0]) },
      { label: "No peers who look", does: set(["programme.0.incentives.peer_audit", 0]) },
    ],
    explain: [
      {
        says: "A stick works as long as somebody looks, and in this story somebody looks: with stick and purse put away a good part of the gain is not reached.",
        shown: [{ of: { metric: GAIN, of: "No stick, no purse", over: { metric: GAIN } }, high: 0.8 }],
      },
      {
        says: "Some of the effort goes into the number and not into the care. The gap between reported and true is that effort; without the stick there is hardly a gap.",
        shown: [
          { of: { metric: EXCESS }, low: 0.03 },
          { of: { metric: EXCESS, of: "The stick put away", over: { metric: EXCESS } }, high: 0.5 },
        ],
      },
      {
        says: "What is chased is done; what is not chased suffers. Look at motivation, and at other care: without the stick both are harmed less.",
        shown: [
          { of: { metric: CARE }, high: -0.02 },
          { of: { metric: MOTIVATION }, high: -0.02 },
          { of: more(CARE, "The stick put away"), low: 0.01 },
          { of: more(MOTIVATION, "The stick put away"), low: 0.01 },
        ],
      },
      {
        says: "More stick is not more care: at full strength, with no purse and no peers who look, it gains less than this mix and harms more.",
        shown: [
          { of: more(GAIN, "Stick alone, at full strength"), high: -0.01 },
          { of: more(MOTIVATION, "Stick alone, at full strength"), high: -0.01 },
        ],
      },
      {
        says: "Before peers who look, less stick gains a little more and harms less. Two years after support hardly anything is left, there as here: it is in what is gained at the end, and in the harm, that they differ.",
        shown: [
          { of: { metric: GAIN, of: "A little of everything, before peers", over: { metric: GAIN } }, low: 1.02, high: 1.3 },
          { of: more(MOTIVATION, "A little of everything, before peers"), low: 0.01 },
          { of: more(CARE, "A little of everything, before peers"), low: 0.01 },
          { of: { metric: LATER, of: "A little of everything, before peers" }, high: 0.01 },
          { of: { metric: LATER }, high: 0.01 },
        ],
      },
    ],
    trials: [
      { label: "No stick, no purse", does: set(["programme.0.incentives.sanction", 0], ["programme.0.incentives.payment", 0], ["programme.0.sustain.sanction_after", 0]), ask: "What is lost, what is spared?" },
      { label: "Stick alone, at full strength", does: set(["programme.0.incentives.sanction", 1], ["programme.0.incentives.payment", 0], ["programme.0.incentives.peer_audit", 0]), ask: "Who would still tell you the truth?" },
      { label: "A little of everything, before peers", does: set(["programme.0.incentives.sanction", 0.2], ["programme.0.incentives.payment", 0.2], ["programme.0.incentives.peer_audit", 0.7]), ask: "Why do colleagues' eyes work differently from a manager's?" },
    ],
    discuss: [
      "What would you have to know to tell a good number from a good ward?",
      "When did motivation fall, and whose would you expect to fall first? Look at the small chart, then at people on the ward.",
      "When is a stick fair?",
    ],
    evidence: [
      "Rewards that control take away from the motivation that people bring along (Deci, Koestner & Ryan 1999, a summary of 128 experiments).",
      "Pay for performance in general practice was followed by large gains in what was paid for (Sutton 2010); the review found soft with a hard edge better than either alone (challenge 8).",
    ],
    beside: [
      { review: "What professionals want by themselves carries far, but not everywhere; some projects added harder edges early and did well with both.", where: "chapter 3, challenge 8 (EWQI)", claim: 0 },
      { review: "Where measures do not catch what matters, people can reach the number without the change.", where: "chapter 3, challenge 3", claim: 1 },
      { review: "Harder ways must not spoil the will that people bring along.", where: "chapter 3, challenge 8", claim: 2 },
      { review: "Review by peers both helped the sites and reminded them that somebody looks.", where: "chapter 3, challenge 8 (EWQI)", claim: 4 },
    ],
    cannot: [
      "How strong a stick may be in your hospital: what a sanction is there, the model does not know.",
      "What the review says of support from professional bodies: it is in the model, but not in this lesson.",
    ],
    plans: {
      15: short("Keep an eye on the gap between the orange line (reported) and the blue one (true).", "Ask: would the board have noticed? What would they have had to look at?"),
      60: long(60, "Keep an eye on the gap between reported and true.", "Name what the stick bought and who paid."),
      90: long(90, "Keep an eye on the gap between reported and true, and on the small chart of motivation.", "Name what the stick bought and who paid; then defend the stick as the manager who was told to get results."),
    },
    best: set(["programme.0.engagement.clinician_led", 0.5], ["programme.0.engagement.coalition", 1], ["programme.0.engagement.cross_professional", 0], ["programme.0.engagement.executives", 0], ["programme.0.engagement.facilitative", 0.5], ["programme.0.engagement.heed", 1], ["programme.0.engagement.leader_training", 1], ["programme.0.engagement.middle_managers", 0], ["programme.0.engagement.participation", 0.5], ["programme.0.engagement.professional_bodies", 1], ["programme.0.incentives.payment", 0], ["programme.0.incentives.peer_audit", 1], ["programme.0.incentives.sanction", 1], ["programme.0.measurement.burden", 0], ["programme.0.measurement.capability", 0.25], ["programme.0.measurement.feedback", 1], ["programme.0.persuasion.hard_data", 0.75], ["programme.0.persuasion.patient_stories", 0.5], ["programme.0.persuasion.peer_debate", 1], ["programme.0.persuasion.pilot", 1], ["programme.0.resources.administration", 1], ["programme.0.resources.prompts", 1], ["programme.0.resources.training", 0], ["programme.0.sustain.apply_duty", 1], ["programme.0.sustain.embedding", 1], ["programme.0.sustain.redesign", 1], ["programme.0.sustain.sanction_after", 1], ["programme.0.sustain.succession", 1]),
  },
  {
    id: "who-leaves",
    code: "WHO",
    scenario: "who_leaves",
    title: "Who leaves?",
    about: "The people who carried the work leave: first the project team, then the ward leaders, then the staff.",
    programme: 0,
    question: "Take the loss of the ward leaders away, and leave the others. How much bigger is the gain at the end?",
    measure: { metric: GAIN, of: "The ward leaders stay", over: { metric: GAIN }, less: 1 },
    answer: "With the ward leaders kept, the gain at the end is {value} bigger.",
    besides: "All three losses come, whatever you do. What each of them costs is not ranked: look at it all the same.",
    choices: [
      { says: "Hardly: the staff do the work", low: -Infinity, high: 0.05 },
      { says: "Some, but not by a third", low: 0.05, high: 1 / 3 },
      { says: "By a third, or more", low: 1 / 3, high: Infinity },
    ],
    draw: "Draw how reliably it will be done. The marks show when who leaves.",
    picture: { kind: "bars", title: "The gain when support ends", of: { metric: GAIN }, unit: "points", designs: ["The team stays", "The ward leaders stay", "The staff stay", "Nobody of them leaves"] },
    knockouts: [{ label: "Nobody of them leaves", does: { remove: ["team", "ward_leaders", "staff"] } }],
    explain: [
      {
        says: "What is new on a ward needs its leader's leave and example. Where the post is empty, or the new leader does not back it, less of it gets done: with the leaders kept, more is gained.",
        shown: [{ of: more(GAIN, "The ward leaders stay"), low: 0.0005 }],
      },
      {
        says: "People on the team know how. When they go they take it along: with the team kept, more is gained.",
        shown: [{ of: more(GAIN, "The team stays"), low: 0.002 }],
      },
      {
        says: "An exodus of staff brings newcomers who start at what is usual, and agency staff who do not know the place. Without it more is gained.",
        shown: [{ of: more(GAIN, "The staff stay"), low: 0.002 }],
      },
      {
        says: "A deputy who is ready makes up for the loss of a leader and for more: leaders go all the time, announced or not.",
        shown: [{ of: { metric: GAIN, of: "A deputy is ready", minus: { metric: GAIN, of: "The ward leaders stay" } }, low: 0 }],
      },
      {
        says: "Two years later a deputy who is ready and newcomers who are taught cannot be told apart: next to nothing is left with either.",
        shown: [
          { of: { metric: LATER, of: "Newcomers are taught", minus: { metric: LATER, of: "A deputy is ready" } }, low: -0.002, high: 0.002 },
          { of: { metric: LATER, of: "A deputy is ready" }, high: 0.005 },
          { of: { metric: LATER, of: "Newcomers are taught" }, high: 0.005 },
        ],
      },
    ],
    trials: [
      { label: "The team stays", does: { remove: ["team"] }, ask: "What did the team know that was written nowhere?" },
      { label: "The ward leaders stay", does: { remove: ["ward_leaders"] }, ask: "They are so few: how much of the gain hangs on each of them?" },
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
      "Where staff turn over, practice falls away from how it was meant to be done (Woltmann 2008); chief executives of NHS trusts had been in post for a median of three years (Anandaciva 2018).",
    ],
    beside: [
      { review: "Teams came to a halt when their leader left and nobody had been made ready.", where: "chapter 3, challenge 5 (Shared Leadership)", claim: 0 },
      { review: "Programmes leaned too much on single people, and lost what those carried when they moved on.", where: "chapter 3, challenge 9 (EWQI)", claim: 1 },
      { review: "Staff who rotate, work in shifts or come from agencies make it hard to keep in common what has been learned.", where: "chapter 3, challenge 5 (SPI I, Safer Systems)", claim: 2 },
    ],
    cannot: [
      "Who in your team is hard to replace: here only roles and what people have learned differ, not persons.",
      "Which of the three losses is likely: when they come, and how many go, is written into the story.",
    ],
    plans: {
      15: short("Stop at each of the three marks and ask what happens next.", "Ask: which of the three could have been foreseen?"),
      60: long(60, "Stop at each of the three marks and ask what happens next.", "Each table takes one loss and follows it to one patient."),
      90: long(90, "Stop at each of the three marks and ask what happens next. Press one more shock together.", "Each table takes one loss, finds the person whose leaving mattered most and writes the handover that was never written."),
    },
    best: set(["programme.0.engagement.coalition", 1], ["programme.0.engagement.cross_professional", 1], ["programme.0.engagement.facilitative", 1], ["programme.0.engagement.leader_training", 0.75], ["programme.0.engagement.middle_managers", 0.5], ["programme.0.engagement.participation", 0.25], ["programme.0.incentives.recognition", 0], ["programme.0.measurement.burden", 0], ["programme.0.measurement.feedback", 0.25], ["programme.0.persuasion.hard_data", 0], ["programme.0.persuasion.opinion_leaders", 0], ["programme.0.persuasion.patient_stories", 1], ["programme.0.persuasion.peer_debate", 1], ["programme.0.persuasion.pilot", 1], ["programme.0.resources.administration", 0], ["programme.0.resources.prompts", 1], ["programme.0.resources.protected_time", 0], ["programme.0.resources.training", 0.25], ["programme.0.sustain.apply_duty", 1], ["programme.0.sustain.embedding", 1], ["programme.0.sustain.induction", 0.5], ["programme.0.sustain.redesign", 1], ["programme.0.sustain.succession", 1]),
  },
  {
    id: "measure-what-matters",
    code: "MEA",
    scenario: "measure_what_matters",
    title: "Measure what matters",
    about: "The board wants one number to rise, and lets everybody know that jobs hang on it.",
    programme: 0,
    question: "Of the rise that the ward reports at the end, how much is true?",
    measure: {
      metric: GAIN,
      over: { metric: GAIN, plus: { metric: EXCESS } },
    },
    answer: "{value} of the rise that is reported at the end is true.",
    besides: "The gap between reported and true is not ranked, nor is other care: look at both all the same.",
    choices: [
      { says: "Less than half", low: -Infinity, high: 0.5 },
      { says: "Half to nine tenths", low: 0.5, high: 0.9 },
      { says: "All of it, or nearly", low: 0.9, high: Infinity },
    ],
    draw: "Draw what will really be done (not what will be reported).",
    picture: {
      kind: "bars",
      title: "How much of what is reported is true",
      of: { metric: GAIN, over: { metric: GAIN, plus: { metric: EXCESS } } },
      unit: "share",
      designs: ["The stick put away", "Peers compare notes", "A system that counts", "No forms"],
    },
    knockouts: [
      { label: "The stick put away", does: set(["programme.0.incentives.sanction", 0]) },
      { label: "Peers compare notes", does: set(["programme.0.incentives.peer_audit", 0.6]) },
      { label: "No forms", does: set(["programme.0.measurement.burden", 0]) },
    ],
    explain: [
      {
        says: "The stick is strong, the system that counts is weak, and nobody compares notes: the cheapest way to a good number is the number. Without the stick most of what is reported is true; with peers who compare notes, somewhat less than half.",
        shown: [
          { of: { metric: GAIN, of: "The stick put away", over: { metric: GAIN, of: "The stick put away", plus: { metric: EXCESS, of: "The stick put away" } } }, low: 0.6 },
          { of: { metric: GAIN, of: "Peers compare notes", over: { metric: GAIN, of: "Peers compare notes", plus: { metric: EXCESS, of: "Peers compare notes" } } }, low: 0.35, high: 0.5 },
        ],
      },
      {
        says: "Filling in forms takes hours from care. That is a part of the fatigue that you see, and of the other care that suffers: without the forms there is less of both, and more is truly gained.",
        shown: [
          { of: more(FATIGUE, "No forms"), high: -0.01 },
          { of: more(CARE, "No forms"), low: 0.01 },
          { of: more(GAIN, "No forms"), low: 0.005 },
        ],
      },
      {
        says: "A ward that believes its own number sees no problem any more. With a system that counts, the true gain is more than twice as large; the number stays as false as it was while jobs are at stake.",
        shown: [
          { of: { metric: GAIN, of: "A system that counts", over: { metric: GAIN } }, low: 2 },
          { of: { metric: EXCESS, of: "A system that counts", over: { metric: EXCESS } }, low: 0.8 },
        ],
      },
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
    beside: [
      { review: "Measures have to catch what matters, or people are led to the number instead of the change.", where: "chapter 3, challenge 3", claim: 0 },
      { review: "Measuring that is too much work puts clinicians off; in places it set them against the whole effort.", where: "chapter 3, challenge 3", claim: 1 },
      { review: "Measurement systems were often unstable and short of money; to build them was a task of its own.", where: "chapter 3, challenge 3 (EWQI 2007, SPI)", claim: 2 },
    ],
    cannot: [
      "Whether anybody cheats where you work: how far the number leaves the truth hangs on how strong the stick is and how weak the counting, and the story sets both.",
      "How good your own numbers are: `dewpoint chart` can draw them, but it cannot see how they were collected.",
    ],
    plans: {
      15: short("Cover the blue line with your hand first: show the board's view, then take the hand away.", "Ask: which of our own numbers could be like this?"),
      60: long(60, "Cover the blue line with your hand first: show the board's view, then take the hand away.", "One person is the board, one the ward sister: tell each other what you see."),
      90: long(90, "Cover the blue line with your hand first: show the board's view, then take the hand away.", "One person is the board, one the ward sister, one the clerk: tell each other what you see, then swap."),
    },
    best: set(["programme.0.engagement.coalition", 1], ["programme.0.engagement.executives", 0.25], ["programme.0.engagement.facilitative", 1], ["programme.0.engagement.heed", 1], ["programme.0.engagement.participation", 0], ["programme.0.incentives.development_credit", 0.5], ["programme.0.incentives.recognition", 0.25], ["programme.0.incentives.sanction", 0], ["programme.0.measurement.burden", 0], ["programme.0.measurement.capability", 0], ["programme.0.measurement.feedback", 0], ["programme.0.persuasion.disclosure", 1], ["programme.0.persuasion.hard_data", 0], ["programme.0.persuasion.opinion_leaders", 1], ["programme.0.persuasion.patient_stories", 1], ["programme.0.persuasion.pilot", 1], ["programme.0.resources.administration", 0], ["programme.0.resources.prompts", 0.75], ["programme.0.resources.training", 0], ["programme.0.sustain.apply_duty", 1], ["programme.0.sustain.continuation", 1], ["programme.0.sustain.embedding", 1], ["programme.0.sustain.induction", 0], ["programme.0.sustain.succession", 0]),
  },
];

/** Themes that a game gives: what the programme is about and whom it is for. What they ask costs nothing, and so is no choice. */
export const GIVEN = ["design", "reach"];

export const CODES = LESSONS.map((lesson) => lesson.code);
export const lessonOf = (code: string) => LESSONS.find((lesson) => lesson.code === code)!;

/** The first story: a role, a goal, four steps. */
export const FIRST_STORY = {
  scenario: "evaporating_ward",
  says: "You lead a project that for a year helps four hospital wards to do their safety rounds more reliably: how much of it will last when you have gone?",
  steps: ["a year of help", "how much will be left", "what two years do to it", "to make more of it last"],
  watch: "Blue is how reliably the wards do their safety rounds, grey the same people without your project. On the wards every mark is a person; the fuller, the more often that person does it.",
  guess: "Two years from now, how much of that will still be there?",
  why: "What you had brought along went with you: the help and the time to do it. Nothing was left to hold the gain, since nothing had been made part of the usual work.",
  goal: { says: "two years after you have gone at least nine tenths of the gain are still there, for no more than 15 % more money.", kept: 0.9, money: 0.15 },
  choices: [
    { label: "Teach newcomers", does: set(["programme.0.sustain.induction", 0.8]) },
    { label: "Write it into standards and roles", does: set(["programme.0.sustain.embedding", 0.8]) },
    { label: "Go on paying for a third of the support", does: set(["programme.0.sustain.continuation", 0.3]) },
    { label: "Redesign the work so that what supports it pays for itself", does: set(["programme.0.sustain.redesign", 0.8]) },
    { label: "Get a deputy ready for every ward leader", does: set(["programme.0.sustain.succession", 0.8]) },
  ],
};
