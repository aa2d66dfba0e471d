/** In which order a lesson goes, in a quarter of an hour, in an hour, in an hour and a half; its words are those of the sheets. */
import { BUDGET, GOAL, type Step } from "./asks";

/** A quarter of an hour is the same for every lesson: one question, one look, one talk. */
export const short = (look: string, talk: string): Step[] => [
  { minutes: 3, who: "Facilitator", what: ["Read the story aloud. Nobody touches the page. Everybody writes down one prediction."], at: "wait" },
  { minutes: 3, who: "All", what: ["Choose an answer and draw the curve on the one shared screen."], at: "predict" },
  { minutes: 4, who: "Facilitator", what: ["Reveal.", look], at: "reveal" },
  { minutes: 5, who: "All", what: [talk], at: "explain" },
];
/** An hour as it was walked through with the sheet in hand, 28 people at seven tables: docs/classroom.md has the reckoning. */
export const long = (minutes: 60 | 90, look: string, talk: string): Step[] => {
  const more = minutes === 90;
  return [
    { minutes: 5, who: "Facilitator", what: ["Read the story aloud."], at: "wait" },
    { minutes: more ? 10 : 8, who: "Tables of 3 to 5", what: ["Predict: choose an answer, draw the curve, say why. One person speaks for the one who is tired, one for the one who pays."], at: "predict" },
    { minutes: more ? 15 : 6, who: "All", what: ["Reveal and watch the ward: shape is the profession, fill is the practice, ring is the fatigue.", look], at: "reveal" },
    { minutes: more ? 15 : 10, who: "Tables", what: ["Explain.", talk], at: "explain" },
    { minutes: more ? 20 : 17, who: "Tables", what: ["Try.", GOAL, BUDGET, "Hand in one plan a table."], at: "try" },
    { minutes: more ? 15 : 6, who: "Facilitator", what: ["Rank the plans; show luck apart by playing each under 200 other lucks. Ask the winner what was luck."], at: "rank" },
    { minutes: more ? 10 : 8, who: "All", what: ["Each person says one thing to do differently in a programme they know."], at: "debrief" },
  ];
};
